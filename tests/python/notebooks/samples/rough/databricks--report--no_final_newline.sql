-- Databricks notebook source
-- MAGIC %md
-- MAGIC # Revenue by week

-- COMMAND ----------

CREATE WIDGET TEXT since DEFAULT '2024-01-01';

-- COMMAND ----------

-- DBTITLE 1,By week
SELECT date_trunc('week', day) AS week,
       sum(amount)             AS revenue -- without tax
FROM   sales.gold.orders
WHERE  day >= getArgument('since')
GROUP BY ALL

-- COMMAND ----------

-- MAGIC %python
-- MAGIC weeks = _sqldf.toPandas()
-- MAGIC weeks.plot(x="week", y="revenue")