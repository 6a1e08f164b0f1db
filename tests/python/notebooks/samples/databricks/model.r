# Databricks notebook source
# MAGIC %md
# MAGIC ## A linear model in R

# COMMAND ----------

library(sparklyr)
sc <- spark_connect(method = "databricks")

# COMMAND ----------

# DBTITLE 1,Fit
orders <- tbl(sc, "sales.gold.orders")
fit <- ml_linear_regression(orders, amount ~ weekday)
summary(fit)

# COMMAND ----------

# MAGIC %sql
# MAGIC SELECT * FROM sales.gold.orders LIMIT 10
