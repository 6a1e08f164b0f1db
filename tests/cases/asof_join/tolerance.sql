-- tolerance is inclusive, 0 means exact only, and it has no default.
-- matrix: codegen ansi state strategy

given l | t int
  10
given r | k int, t int
  1 | 4
  2 | 5
  3 | 15
  4 | 16
  5 | 10
view probes as SELECT k, 10 AS t FROM r

-- the row at a distance of exactly 5 matches, 6 does not
call asof_join(probes, r, on => 't', by => 'k', tolerance => 5, direction => 'nearest')
expect | k int, t int, t_right int
  1 | 10 | null
  2 | 10 | 5
  3 | 10 | 15
  4 | 10 | null
  5 | 10 | 10

call asof_join(probes, r, on => 't', by => 'k', tolerance => 5)
expect | k int, t int, t_right int
  1 | 10 | null
  2 | 10 | 5
  3 | 10 | null
  4 | 10 | null
  5 | 10 | 10

call asof_join(probes, r, on => 't', by => 'k', tolerance => 5, direction => 'forward')
expect | k int, t int, t_right int
  1 | 10 | null
  2 | 10 | null
  3 | 10 | 15
  4 | 10 | null
  5 | 10 | 10

call asof_join(probes, r, on => 't', by => 'k', tolerance => 0, direction => 'nearest')
expect | k int, t int, t_right int
  1 | 10 | null
  2 | 10 | null
  3 | 10 | null
  4 | 10 | null
  5 | 10 | 10

-- not given: any distance
call asof_join(l, r, on => 't', tolerance => null)
then SELECT t_right FROM result
expect | t_right int
  10
