-- A filter on right columns of the result stays above the join: pushed below, it would bring an older row forward.
-- matrix: codegen aqe state strategy

given l | k int, t int
  1 | 10
  2 | 10
  3 | 10
given r | k int, t int, b int
  1 | 8 | 1
  1 | 9 | 2
  2 | 7 | 1

call asof_join(l, r, on => 't', by => 'k')
then SELECT * FROM result WHERE b = 1
expect | k int, t int, t_right int, b int
  2 | 10 | 7 | 1

call asof_join(l, r, on => 't', by => 'k')
then SELECT * FROM result WHERE t_right < 9
expect | k int, t int, t_right int, b int
  2 | 10 | 7 | 1

call asof_join(l, r, on => 't', by => 'k')
then SELECT k FROM result WHERE b IS NULL
expect | k int
  3

-- mixed and left-only filters
call asof_join(l, r, on => 't', by => 'k')
then SELECT k, b FROM result WHERE k + b = 3
expect | k int, b int
  1 | 2
  2 | 1

call asof_join(l, r, on => 't', by => 'k')
then SELECT k, b FROM result WHERE k > 1 AND t = 10
expect | k int, b int
  2 | 1
  3 | null

-- an inner join above, on a right column
call asof_join(l, r, on => 't', by => 'k')
then SELECT x.k, x.b FROM result x JOIN r y ON x.b = y.b AND y.t = 8
expect | k int, b int
  2 | 1

call asof_join(l, r, on => 't', by => 'k', how => 'inner')
then SELECT k, b FROM result WHERE b = 1
expect | k int, b int
  2 | 1
