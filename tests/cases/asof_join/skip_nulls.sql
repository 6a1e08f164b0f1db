-- skip_nulls: each right value column takes its own nearest non-null value; the right time is the nearest row's.
-- matrix: codegen aqe ansi state strategy

given l | k int, t int
  1 | 10
  1 | 6
  2 | 10
given r | k int, t int, x int, y string, z int
  1 | 5 | 1 | 'five' | null
  1 | 7 | null | 'seven' | null
  1 | 9 | 3 | null | null
  1 | 10 | null | null | null
  1 | 12 | 4 | 'twelve' | 8

-- without it, a matched row is taken whole, nulls included
call asof_join(l, r, on => 't', by => 'k')
expect | k int, t int, t_right int, x int, y string, z int
  1 | 10 | 10 | null | null | null
  1 | 6 | 5 | 1 | 'five' | null
  2 | 10 | null | null | null | null

call asof_join(l, r, on => 't', by => 'k', skip_nulls => true)
expect | k int, t int, t_right int, x int, y string, z int
  1 | 10 | 10 | 3 | 'seven' | null
  1 | 6 | 5 | 1 | 'five' | null
  2 | 10 | null | null | null | null

-- the tolerance holds for each value
call asof_join(l, r, on => 't', by => 'k', skip_nulls => true, tolerance => 2)
expect | k int, t int, t_right int, x int, y string, z int
  1 | 10 | 10 | 3 | null | null
  1 | 6 | 5 | 1 | 'five' | null
  2 | 10 | null | null | null | null

call asof_join(l, r, on => 't', by => 'k', skip_nulls => true, direction => 'forward')
expect | k int, t int, t_right int, x int, y string, z int
  1 | 10 | 10 | 4 | 'twelve' | 8
  1 | 6 | 7 | 3 | 'seven' | 8
  2 | 10 | null | null | null | null

-- nearest to 10: x is 3 at 9, y is 'twelve' at 12 rather than 'seven' at 7
call asof_join(l, r, on => 't', by => 'k', skip_nulls => true, direction => 'nearest')
expect | k int, t int, t_right int, x int, y string, z int
  1 | 10 | 10 | 3 | 'twelve' | 8
  1 | 6 | 5 | 1 | 'five' | 8
  2 | 10 | null | null | null | null

-- allow_exact_matches => false, and a condition, hold for each value too
call asof_join(l, r, on => 't', by => 'k', skip_nulls => true, allow_exact_matches => false, condition => 'right.t <> 9')
expect | k int, t int, t_right int, x int, y string, z int
  1 | 10 | 7 | 1 | 'seven' | null
  1 | 6 | 5 | 1 | 'five' | null
  2 | 10 | null | null | null | null

-- only what the query keeps
call asof_join(l, r, on => 't', by => 'k', skip_nulls => true)
then SELECT t, y FROM result WHERE k = 1
expect | t int, y string
  10 | 'seven'
  6 | 'five'
