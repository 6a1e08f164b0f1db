# Databricks notebook source


# COMMAND ----------

x = 1

# COMMAND ----------



# COMMAND ----------

y = 2

# COMMAND ----------

