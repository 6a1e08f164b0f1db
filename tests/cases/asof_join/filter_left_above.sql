-- Filters on left columns may go below; ones that draw or count rows may not change what matches.

given l | k int, t int
  1 | 10
  2 | 20
  3 | 30
given r | k int, t int, b int
  1 | 1 | 100
  2 | 2 | 200
  3 | 3 | 300

call asof_join(l, r, on => 't', by => 'k')
then SELECT k, b FROM result WHERE t >= 20
expect | k int, b int
  2 | 200
  3 | 300

call asof_join(l, r, on => 't')
then SELECT k, k_right FROM result WHERE t >= 20 AND k_right = 3
expect | k int, k_right int
  2 | 3
  3 | 3

call asof_join(l, r, on => 't', by => 'k')
then SELECT k FROM result WHERE rand(1) >= 0 AND t > 10
expect | k int
  2
  3

-- a filter on the left key must not reach the right side of an anti join as a match
call asof_join(l, r, on => 't', by => 'k', how => 'left_anti', tolerance => 9)
then SELECT k FROM result WHERE k <> 2
expect | k int
  3
