-- condition filters the candidates before the choice: the next best row is taken; NULL is false.
-- matrix: codegen aqe ansi state strategy

given l | k int, t int, want int
  1 | 10 | 1
  2 | 10 | null
  3 | 10 | 9
given r | k int, t int, size int
  1 | 7 | 5
  1 | 8 | 0
  1 | 9 | null
  2 | 9 | 3
  3 | 9 | 3
  3 | 2 | 9

-- over the right side: 9 has a null size, 8 none, so 7
call asof_join(l, r, on => 't', by => 'k', condition => 'right.size > 0')
expect | k int, t int, want int, t_right int, size int
  1 | 10 | 1 | 7 | 5
  2 | 10 | null | 9 | 3
  3 | 10 | 9 | 9 | 3

-- over the left side: a left row that fails it is unmatched, and stays
call asof_join(l, r, on => 't', by => 'k', condition => 'left.want > 1')
expect | k int, t int, want int, t_right int, size int
  1 | 10 | 1 | null | null
  2 | 10 | null | null | null
  3 | 10 | 9 | 9 | 3

-- over both
call asof_join(l, r, on => 't', by => 'k', condition => 'right.size >= left.want')
expect | k int, t int, want int, t_right int, size int
  1 | 10 | 1 | 7 | 5
  2 | 10 | null | null | null
  3 | 10 | 9 | 2 | 9

-- bare names where only one side has them
call asof_join(l, r, on => 't', by => 'k', condition => 'size >= coalesce(want, 0)')
expect | k int, t int, want int, t_right int, size int
  1 | 10 | 1 | 7 | 5
  2 | 10 | null | 9 | 3
  3 | 10 | 9 | 2 | 9

call asof_join(l, r, on => 't', by => 'k', condition => 'size >= want', how => 'inner')
expect | k int, t int, want int, t_right int, size int
  1 | 10 | 1 | 7 | 5
  3 | 10 | 9 | 2 | 9

call asof_join(l, r, on => 't', by => 'k', condition => 'size >= want', how => 'left_anti')
expect | k int, t int, want int
  2 | 10 | null

-- constants
call asof_join(l, r, on => 't', by => 'k', condition => 'true')
then SELECT k, t_right FROM result
expect | k int, t_right int
  1 | 9
  2 | 9
  3 | 9

call asof_join(l, r, on => 't', by => 'k', condition => 'false')
then SELECT k, t_right FROM result
expect | k int, t_right int
  1 | null
  2 | null
  3 | null

call asof_join(l, r, on => 't', by => 'k', condition => 'CAST(null AS boolean)', how => 'inner')
then SELECT count(*) AS n FROM result
expect | n bigint
  0
