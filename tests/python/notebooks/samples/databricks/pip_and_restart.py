# Databricks notebook source
# MAGIC %pip install --quiet great-tables==0.10.0 'polars[pandas]>=1.0'

# COMMAND ----------

dbutils.library.restartPython()

# COMMAND ----------

# MAGIC %load_ext autoreload
# MAGIC %autoreload 2

# COMMAND ----------

import polars as pl

frame = pl.DataFrame({"a": [1, 2]})


# COMMAND ----------

# MAGIC %scala
# MAGIC val n = spark.table("sales.silver.orders").count()
# MAGIC println(s"$n rows")

# COMMAND ----------

# MAGIC %r
# MAGIC library(SparkR)
# MAGIC head(sql("SELECT 1"))
