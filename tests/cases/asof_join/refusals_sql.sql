-- What only SQL can get wrong: tables, constants and names of arguments.

given trades | sym string, ts timestamp
  'A' | '2024-01-02 09:00:00'
given quotes | sym string, ts timestamp
  'A' | '2024-01-02 09:00:00'

-- Spark ignores how a table argument is partitioned and ordered; by and on say it
query SELECT * FROM asof_join(TABLE(trades) PARTITION BY (sym), TABLE(quotes), on => 'ts')
refuse table-partitioning 'PARTITION BY' 'by'

query SELECT * FROM asof_join(TABLE(trades), TABLE(quotes) PARTITION BY (sym) ORDER BY (ts), on => 'ts')
refuse table-partitioning 'PARTITION BY'

query SELECT * FROM asof_join(TABLE(trades) WITH SINGLE PARTITION, TABLE(quotes), on => 'ts')
refuse table-partitioning 'SINGLE PARTITION'

-- a table is missing
query SELECT * FROM asof_join(TABLE(trades), on => 'ts')
refuse missing-parameter 'right'

query SELECT * FROM asof_join(on => 'ts')
refuse missing-parameter 'right' 'left'

-- a table too many
query SELECT * FROM asof_join(TABLE(trades), TABLE(quotes), TABLE(quotes), on => 'ts')
refuse sql-argument 'left, right'

-- a value where a table belongs
query SELECT * FROM asof_join('trades', 'quotes', on => 'ts')
refuse sql-argument 'left'

-- a value that is not constant
query SELECT * FROM asof_join(TABLE(trades), TABLE(quotes), on => concat('t', CAST(rand() AS string)))
refuse sql-argument 'on'

-- a table where a value belongs
query SELECT * FROM asof_join(TABLE(trades), TABLE(quotes), on => TABLE(quotes))
refuse sql-argument 'on'

-- a name twice
query SELECT * FROM asof_join(TABLE(trades), TABLE(quotes), on => 'ts', on => 'ts')
refuse sql-argument 'on'

-- an interval of months
query SELECT * FROM asof_join(TABLE(trades), TABLE(quotes), on => 'ts', tolerance => INTERVAL '1' MONTH)
refuse duration 'tolerance'

-- the other name says the same
query SELECT * FROM penstock_asof_join(TABLE(trades), TABLE(quotes), on => 'tss')
refuse column-not-found 'asof_join' '''tss'''
