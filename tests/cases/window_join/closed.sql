-- Which ends belong to the window.
-- matrix: codegen aqe ansi state strategy

given l | t int
  10
given r | t int, v int
  8 | 1
  9 | 2
  10 | 4

call window_join(l, r, on => 't', lower => -2, upper => 0, aggs => map('s', 'sum(v)'))
expect | t int, s bigint
  10 | 7
call window_join(l, r, on => 't', lower => -2, upper => 0, closed => 'left', aggs => map('s', 'sum(v)'))
expect | t int, s bigint
  10 | 3
call window_join(l, r, on => 't', lower => -2, upper => 0, closed => 'right', aggs => map('s', 'sum(v)'))
expect | t int, s bigint
  10 | 6
call window_join(l, r, on => 't', lower => -2, upper => 0, closed => 'neither', aggs => map('s', 'sum(v)'))
expect | t int, s bigint
  10 | 2
