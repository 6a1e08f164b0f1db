# Databricks notebook source
# MAGIC %md ## Umsätze 日本 – Größe ≤ 10 µm

# COMMAND ----------

def größe(x):
	if x > 0:
		return "größer ✓"
	return None

# COMMAND ----------

text = """
# MAGIC inside a text is a text
  indented
"""
