-- The right side ends long before the left one begins, or begins after it ends: left rows are not lost.
-- matrix: codegen aqe state strategy

given l | k int, t int
  1 | 100
  1 | 200
  2 | 300
given early | k int, t int
  1 | 1
  1 | 2
given late | k int, t int
  1 | 1000

call asof_join(l, early, on => 't', by => 'k')
expect | k int, t int, t_right int
  1 | 100 | 2
  1 | 200 | 2
  2 | 300 | null

call asof_join(l, early, on => 't', by => 'k', direction => 'forward')
expect | k int, t int, t_right int
  1 | 100 | null
  1 | 200 | null
  2 | 300 | null

call asof_join(l, late, on => 't', by => 'k')
expect | k int, t int, t_right int
  1 | 100 | null
  1 | 200 | null
  2 | 300 | null

call asof_join(l, late, on => 't', by => 'k', direction => 'nearest')
expect | k int, t int, t_right int
  1 | 100 | 1000
  1 | 200 | 1000
  2 | 300 | null
