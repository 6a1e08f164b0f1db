# Fabric notebook source

# METADATA ********************

# META {
# META   "kernel_info": {
# META     "name": "synapse_pyspark"
# META   },
# META   "dependencies": {
# META     "lakehouse": {
# META       "default_lakehouse": "5b0c8d52-2c0f-4c1c-9a54-0d2b8f1f7a01",
# META       "default_lakehouse_name": "bronze",
# META       "default_lakehouse_workspace_id": "77e4b4f5-13a4-4d9b-8b0f-1c5e0f9d2a02",
# META       "known_lakehouses": [
# META         {
# META           "id": "5b0c8d52-2c0f-4c1c-9a54-0d2b8f1f7a01"
# META         }
# META       ]
# META     },
# META     "environment": {
# META       "environmentId": "3d1c2b77-5b4d-4f0e-8f55-6a1f0b3c9d03",
# META       "workspaceId": "00000000-0000-0000-0000-000000000000"
# META     }
# META   }
# META }

# MARKDOWN ********************

# # Orders of one day
# 
# From the landing folder to the bronze table.

# PARAMETERS CELL ********************

day = "2024-01-31"
full_load = False

# METADATA ********************

# META {"language": "python", "language_group": "synapse_pyspark"}

# CELL ********************

from pyspark.sql import functions as F

orders = spark.read.json(f"Files/orders/{day}")
orders = orders.withColumn("loaded_at", F.current_timestamp())


# METADATA ********************

# META {"language": "python", "language_group": "synapse_pyspark"}

# CELL ********************

# MAGIC %%sql
# MAGIC SELECT count(*) AS n
# MAGIC 
# MAGIC FROM bronze.orders

# METADATA ********************

# META {
# META   "language": "sparksql",
# META   "language_group": "synapse_pyspark"
# META }

# CELL ********************

notebookutils.notebook.exit(str(orders.count()))

# METADATA ********************

# META {
# META   "language": "python",
# META   "language_group": "synapse_pyspark",
# META   "frozen": true,
# META   "editable": false
# META }
