-- Databricks notebook source
USE CATALOG sales;

-- COMMAND ----------

GRANT SELECT ON SCHEMA gold TO `analysts`;
GRANT USE SCHEMA ON SCHEMA gold TO `analysts`;
