-- Names that differ in case only are the same name, unless spark.sql.caseSensitive says otherwise.

given l | Sym string, TS int, Bid int
  'A' | 5 | 1
given r | sym string, ts int, bid int, Ask int
  'A' | 4 | 2 | 3

-- columns are found whatever the case; Bid and bid clash
call asof_join(l, r, on => 'Ts', by => 'SYM')
expect | Sym string, TS int, Bid int, ts_right int, bid_right int, Ask int
  'A' | 5 | 1 | 4 | 2 | 3
