// Fabric notebook source

// METADATA ********************

// META {
// META   "kernel_info": {
// META     "name": "synapse_pyspark"
// META   },
// META   "dependencies": {}
// META }

// CELL ********************

val rates = spark.read.option("header", true).csv("Files/rates")
rates.createOrReplaceTempView("rates")

// METADATA ********************

// META {
// META   "language": "scala",
// META   "language_group": "synapse_pyspark"
// META }

// CELL ********************

// MAGIC %%sql
// MAGIC SELECT * FROM rates

// METADATA ********************

// META {
// META   "language": "sparksql",
// META   "language_group": "synapse_pyspark"
// META }

// CELL ********************

// MAGIC %%pyspark
// MAGIC display(spark.table("rates"))

// METADATA ********************

// META {
// META   "language": "python",
// META   "language_group": "synapse_pyspark"
// META }
