-- Fabric notebook source

-- METADATA ********************

-- META {
-- META   "kernel_info": {
-- META     "name": "sqldatawarehouse"
-- META   },
-- META   "dependencies": {
-- META     "warehouse": {
-- META       "default_warehouse": "6c1d9e63-3d10-4d2d-8a65-1e3c9f2f8b04",
-- META       "known_warehouses": [
-- META         {
-- META           "id": "6c1d9e63-3d10-4d2d-8a65-1e3c9f2f8b04",
-- META           "type": "Datawarehouse"
-- META         }
-- META       ]
-- META     }
-- META   }
-- META }

-- CELL ********************

SELECT TOP 10 * FROM dbo.orders

-- METADATA ********************

-- META {
-- META   "language": "sql",
-- META   "language_group": "sqldatawarehouse"
-- META }
