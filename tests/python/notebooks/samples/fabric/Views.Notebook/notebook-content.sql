-- Fabric notebook source

-- METADATA ********************

-- META {
-- META   "kernel_info": {
-- META     "name": "synapse_pyspark"
-- META   },
-- META   "dependencies": {}
-- META }

-- MARKDOWN ********************

-- ## Views

-- CELL ********************

CREATE OR REPLACE VIEW gold.weeks AS
SELECT * FROM silver.orders -- all of them

-- METADATA ********************

-- META {
-- META   "language": "sparksql",
-- META   "language_group": "synapse_pyspark"
-- META }
