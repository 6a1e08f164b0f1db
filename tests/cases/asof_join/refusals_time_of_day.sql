-- TIME, which came with Spark 4.1, is a time of day and no time line.
-- since: 4.1
-- conf: spark.sql.timeType.enabled=true

view l as SELECT TIME'09:00:00' AS t, 1 AS k

call asof_join(l, l, on => 't')
refuse unsupported-type 't' 'TIME'
