-- FLOAT times: the tolerance is a floating point number or a whole one.

given l | t float
  10.5
given r | t float, b int
  10.25 | 1
  12.0 | 2

call asof_join(l, r, on => 't', tolerance => 0.25D)
expect | t float, t_right float, b int
  10.5 | 10.25 | 1

call asof_join(l, r, on => 't', tolerance => 0.125D)
expect | t float, t_right float, b int
  10.5 | null | null

call asof_join(l, r, on => 't', direction => 'nearest', tolerance => 1.5D, condition => 'right.b = 2')
expect | t float, t_right float, b int
  10.5 | 12.0 | 2
