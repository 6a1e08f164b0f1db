# Databricks notebook source
# DBTITLE 1,Parameters
from datetime import date

day: date = date(2024, 1, 31)  # the day to load
limit: int = 100

# COMMAND ----------

# DBTITLE 1,Say it
print(day, limit)
