-- Without tie_break all right columns decide, in schema order, ascending, nulls first: backward the last, forward the first.
-- matrix: codegen aqe ansi state strategy

given l | k int, t int
  1 | 5
  2 | 5
  3 | 5
  4 | 5
given r | k int, t int, x int, y double, z string
  1 | 5 | 1 | 9.0 | 'a'
  1 | 5 | 2 | 1.0 | 'a'
  1 | 5 | 2 | 1.0 | 'b'
  2 | 5 | null | 9.0 | 'c'
  2 | 5 | 0 | null | 'd'
  3 | 5 | 7 | 'NaN' | 'e'
  3 | 5 | 7 | 1e300 | 'f'
  3 | 5 | 7 | null | 'g'
  4 | 5 | 1 | 1.0 | 'same'
  4 | 5 | 1 | 1.0 | 'same'
-- the same rows the other way round
view turned as SELECT * FROM r ORDER BY k DESC, z DESC, y, x DESC

call asof_join(l, r, on => 't', by => 'k')
expect | k int, t int, t_right int, x int, y double, z string
  1 | 5 | 5 | 2 | 1.0 | 'b'
  2 | 5 | 5 | 0 | null | 'd'
  3 | 5 | 5 | 7 | 'NaN' | 'e'
  4 | 5 | 5 | 1 | 1.0 | 'same'

call asof_join(l, turned, on => 't', by => 'k')
expect | k int, t int, t_right int, x int, y double, z string
  1 | 5 | 5 | 2 | 1.0 | 'b'
  2 | 5 | 5 | 0 | null | 'd'
  3 | 5 | 5 | 7 | 'NaN' | 'e'
  4 | 5 | 5 | 1 | 1.0 | 'same'

call asof_join(l, r, on => 't', by => 'k', direction => 'forward')
expect | k int, t int, t_right int, x int, y double, z string
  1 | 5 | 5 | 1 | 9.0 | 'a'
  2 | 5 | 5 | null | 9.0 | 'c'
  3 | 5 | 5 | 7 | null | 'g'
  4 | 5 | 5 | 1 | 1.0 | 'same'

call asof_join(l, turned, on => 't', by => 'k', direction => 'forward')
expect | k int, t int, t_right int, x int, y double, z string
  1 | 5 | 5 | 1 | 9.0 | 'a'
  2 | 5 | 5 | null | 9.0 | 'c'
  3 | 5 | 5 | 7 | null | 'g'
  4 | 5 | 5 | 1 | 1.0 | 'same'
