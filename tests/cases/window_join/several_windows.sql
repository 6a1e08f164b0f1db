-- Several windows in one pass: an aggregate's name gets the window's suffix, window by window.
-- matrix: codegen aqe ansi state strategy

given l | k string, t timestamp
  'a' | '2024-01-02 10:00:00'
  'a' | '2024-01-02 10:30:00'
given r | k string, t timestamp, v int
  'a' | '2024-01-02 09:00:00' | 1
  'a' | '2024-01-02 09:55:00' | 2
  'a' | '2024-01-02 10:00:00' | 4
  'a' | '2024-01-02 10:29:00' | 8
  'a' | '2024-01-02 10:31:00' | 16

call window_join(l, r, on => 't', by => 'k', windows => map('5m', array('-5 minutes', '0'), '1h', array('-1 hour', '0'), 'next', array('PT0S', '10 minutes')), aggs => map('v', 'sum(v)', 'n', 'count(*)'))
expect | k string, t timestamp, v_5m bigint, n_5m bigint, v_1h bigint, n_1h bigint, v_next bigint, n_next bigint
  'a' | '2024-01-02 10:00:00' | 6 | 2 | 7 | 3 | 4 | 1
  'a' | '2024-01-02 10:30:00' | 8 | 1 | 14 | 3 | 16 | 1

-- the order of many aggregates is that of the map
call window_join(l, r, on => 't', by => 'k', lower => '-1 hour', upper => '0', aggs => map('z', 'sum(v)', 'y', 'count(v)', 'x', 'min(v)', 'w', 'max(v)', 'v', 'avg(v)', 'u', 'count(*)'))
expect | k string, t timestamp, z bigint, y bigint, x int, w int, v double, u bigint
  'a' | '2024-01-02 10:00:00' | 7 | 3 | 1 | 4 | 2.3333333333333335D | 3
  'a' | '2024-01-02 10:30:00' | 14 | 3 | 2 | 8 | 4.666666666666667D | 3
