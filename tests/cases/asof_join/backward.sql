-- backward, the default: the greatest right time at or before the left time, per key; every left row stays.
-- matrix: codegen aqe ansi state strategy

given trades | sym string, ts timestamp, qty int
  'A' | '2024-01-02 09:00:00' | 1
  'A' | '2024-01-02 09:00:05' | 2
  'A' | '2024-01-02 09:00:09' | 3
  'B' | '2024-01-02 09:00:05' | 4
  'C' | '2024-01-02 09:00:05' | 5
given quotes | sym string, ts timestamp, bid double
  'A' | '2024-01-02 09:00:01' | 10.0
  'A' | '2024-01-02 09:00:05' | 11.0
  'A' | '2024-01-02 09:00:07' | 12.0
  'A' | '2024-01-02 09:00:30' | 13.0
  'B' | '2024-01-02 09:00:04' | 20.0

-- the first trade has no quote yet, C has none at all
call asof_join(trades, quotes, on => 'ts', by => 'sym')
expect | sym string, ts timestamp, qty int, ts_right timestamp, bid double
  'A' | '2024-01-02 09:00:00' | 1 | null | null
  'A' | '2024-01-02 09:00:05' | 2 | '2024-01-02 09:00:05' | 11.0
  'A' | '2024-01-02 09:00:09' | 3 | '2024-01-02 09:00:07' | 12.0
  'B' | '2024-01-02 09:00:05' | 4 | '2024-01-02 09:00:04' | 20.0
  'C' | '2024-01-02 09:00:05' | 5 | null | null

-- staleness is computed from the right time that is kept
call asof_join(trades, quotes, on => 'ts', by => 'sym', direction => 'backward')
then SELECT qty, unix_micros(ts) - unix_micros(ts_right) AS stale FROM result
expect | qty int, stale bigint
  1 | null
  2 | 0
  3 | 2000000
  4 | 1000000
  5 | null
