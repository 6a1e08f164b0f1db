-- %% [markdown]
-- # Queries

-- %% Orders
SELECT * FROM orders -- all

-- %% language="python"
-- print(1)
