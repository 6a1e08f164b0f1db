# Databricks notebook source
# MAGIC %md 
# MAGIC
# MAGIC ## Customer churn
# MAGIC
# MAGIC An export of some years ago: a blank after `MAGIC` on empty lines.

# COMMAND ----------

# DBTITLE 0,Hidden title
# MAGIC %sql --the list of tables
# MAGIC show tables in churn

# COMMAND ----------

# MAGIC %fs ls /databricks-datasets/

# COMMAND ----------

# MAGIC %sh
# MAGIC pip list | grep spark
# MAGIC
# MAGIC df -h

# COMMAND ----------

# MAGIC %md-sandbox
# MAGIC <div style="text-align: center">
# MAGIC   <b>Note</b>
# MAGIC </div>

# COMMAND ----------

display(spark.table("churn.customers"))
