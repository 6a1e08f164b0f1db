# Databricks notebook source
# MAGIC %md
# MAGIC # Daily load
# MAGIC
# MAGIC Loads one day of orders into the silver table.
# MAGIC
# MAGIC - source: the landing volume
# MAGIC - target: `sales.silver.orders`

# COMMAND ----------
# DBTITLE 1,Widgets
dbutils.widgets.text("day", "2024-01-31", "Day to load")
dbutils.widgets.dropdown("mode", "append", ["append", "overwrite"])

# COMMAND ----------
# MAGIC %run ./shared/session

# COMMAND ----------
# DBTITLE 1,Read the landing files
from pyspark.sql import functions as F

day = dbutils.widgets.get("day")
orders = (
    spark.read.format("json")
    .load(f"/Volumes/sales/landing/orders/{day}")
    .withColumn("loaded_at", F.current_timestamp())
)

# COMMAND ----------
# MAGIC %sql
# MAGIC SELECT count(*) AS orders,
# MAGIC        sum(amount) AS amount
# MAGIC FROM   sales.silver.orders
# MAGIC WHERE  day = :day

# COMMAND ----------
dbutils.notebook.exit(str(orders.count()))
