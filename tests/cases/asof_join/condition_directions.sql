-- A condition over both sides under forward and nearest, with ties and a tolerance.
-- matrix: codegen aqe state strategy

given l | id int, t int, lo int
  1 | 10 | 5
  2 | 10 | 7
  3 | 12 | 7
given r | t int, v int
  9 | 6
  10 | 4
  11 | 6
  11 | 8
  13 | 9
  13 | 5

call asof_join(l, r, on => 't', direction => 'forward', condition => 'right.v >= left.lo')
expect | id int, t int, lo int, t_right int, v int
  1 | 10 | 5 | 11 | 6
  2 | 10 | 7 | 11 | 8
  3 | 12 | 7 | 13 | 9

call asof_join(l, r, on => 't', direction => 'nearest', condition => 'right.v >= left.lo')
expect | id int, t int, lo int, t_right int, v int
  1 | 10 | 5 | 9 | 6
  2 | 10 | 7 | 11 | 8
  3 | 12 | 7 | 11 | 8

call asof_join(l, r, on => 't', direction => 'nearest', nearest_tie => 'later', condition => 'right.v >= left.lo')
expect | id int, t int, lo int, t_right int, v int
  1 | 10 | 5 | 11 | 6
  2 | 10 | 7 | 11 | 8
  3 | 12 | 7 | 13 | 9

call asof_join(l, r, on => 't', direction => 'backward', tolerance => 1, condition => 'right.v >= left.lo')
expect | id int, t int, lo int, t_right int, v int
  1 | 10 | 5 | 9 | 6
  2 | 10 | 7 | null | null
  3 | 12 | 7 | 11 | 8

-- times may be compared too
call asof_join(l, r, on => 't', direction => 'nearest', condition => 'right.t % 2 = 1 AND left.t <> right.t + 1')
then SELECT id, t_right FROM result
expect | id int, t_right int
  1 | 11
  2 | 11
  3 | 13
