-- Rows of one key and time are aggregated in the order of tie_break, else of all right columns; never as they come.
-- matrix: codegen aqe ansi state strategy

given l | t int
  5
given r | t int, seq int, v int
  5 | 2 | 10
  5 | 1 | 30
  5 | 3 | 20
  4 | 9 | 40

-- the column that nobody asks for decides too
call window_join(l, r, on => 't', lower => -1, upper => 0, aggs => map('all', 'collect_list(v)', 'l', 'last(v)'))
expect | t int, all array<int>, l int
  5 | array(40, 30, 10, 20) | 20

call window_join(l, r, on => 't', lower => -1, upper => 0, tie_break => 'v', aggs => map('all', 'collect_list(v)', 'f', 'first(v)', 'l', 'last(v)'))
expect | t int, all array<int>, f int, l int
  5 | array(40, 10, 20, 30) | 40 | 30
