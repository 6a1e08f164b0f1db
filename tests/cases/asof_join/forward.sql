-- forward: the least right time at or after the left time.
-- matrix: codegen aqe ansi state strategy

given trades | sym string, ts timestamp, qty int
  'A' | '2024-01-02 09:00:00' | 1
  'A' | '2024-01-02 09:00:05' | 2
  'A' | '2024-01-02 09:00:31' | 3
  'B' | '2024-01-02 09:00:05' | 4
given quotes | sym string, ts timestamp, bid double
  'A' | '2024-01-02 09:00:01' | 10.0
  'A' | '2024-01-02 09:00:05' | 11.0
  'A' | '2024-01-02 09:00:30' | 13.0
  'B' | '2024-01-02 09:00:06' | 20.0

call asof_join(trades, quotes, on => 'ts', by => 'sym', direction => 'forward')
expect | sym string, ts timestamp, qty int, ts_right timestamp, bid double
  'A' | '2024-01-02 09:00:00' | 1 | '2024-01-02 09:00:01' | 10.0
  'A' | '2024-01-02 09:00:05' | 2 | '2024-01-02 09:00:05' | 11.0
  'A' | '2024-01-02 09:00:31' | 3 | null | null
  'B' | '2024-01-02 09:00:05' | 4 | '2024-01-02 09:00:06' | 20.0
