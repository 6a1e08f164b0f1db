-- Duplicate right times before the nearest one must not stop the search: left 10, right 1, 1, 9 gives 9.
-- matrix: codegen aqe ansi state strategy

given l | t int
  10
given r | t int, b string
  1 | 'x'
  1 | 'y'
  9 | 'z'
given after | t int, b string
  19 | 'x'
  19 | 'y'
  11 | 'z'
  11 | 'a'

call asof_join(l, r, on => 't', direction => 'nearest')
expect | t int, t_right int, b string
  10 | 9 | 'z'

-- the same on the other side; of two at one later time, the first
call asof_join(l, after, on => 't', direction => 'nearest')
expect | t int, t_right int, b string
  10 | 11 | 'a'
