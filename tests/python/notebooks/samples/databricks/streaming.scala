// Databricks notebook source
// MAGIC %md
// MAGIC # Stream of events

// COMMAND ----------

import org.apache.spark.sql.functions._
import org.apache.spark.sql.streaming.Trigger

val source = dbutils.widgets.get("source")

// COMMAND ----------

// DBTITLE 1,Read and parse
val events = spark.readStream
  .format("cloudFiles")
  .option("cloudFiles.format", "json")
  .load(source)
  .withColumn("hour", date_trunc("hour", $"at")) // by the clock

// COMMAND ----------

// MAGIC %python
// MAGIC display(spark.table("events"))

// COMMAND ----------

// MAGIC %run ./setup $mode="fast" $limit="10"
