-- Under spark.sql.caseSensitive=true, Bid and bid are two columns and do not clash.
-- conf: spark.sql.caseSensitive=true

given l | sym string, ts int, Bid int
  'A' | 5 | 1
given r | sym string, ts int, bid int
  'A' | 4 | 2

call asof_join(l, r, on => 'ts', by => 'sym')
expect | sym string, ts int, Bid int, ts_right int, bid int
  'A' | 5 | 1 | 4 | 2

call asof_join(l, r, on => 'TS', by => 'sym')
refuse column-not-found 'TS' 'left has: sym, ts, Bid'
