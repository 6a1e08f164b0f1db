-- LIMIT, UNION, aggregates and joins above and below.

given l | k int, t int
  1 | 10
  1 | 11
  2 | 10
given r | k int, t int, b int
  1 | 9 | 1
  2 | 8 | 2
view first_two as SELECT * FROM l ORDER BY t, k LIMIT 2
view doubled as SELECT * FROM r UNION ALL SELECT k, t + 2, b * 10 FROM r

call asof_join(l, r, on => 't', by => 'k')
then SELECT count(*) AS n FROM (SELECT * FROM result LIMIT 2)
expect | n bigint
  2

call asof_join(l, r, on => 't', by => 'k')
then SELECT k, b FROM (SELECT * FROM result ORDER BY t DESC LIMIT 1)
expect | k int, b int
  1 | 1

call asof_join(first_two, r, on => 't', by => 'k')
expect | k int, t int, t_right int, b int
  1 | 10 | 9 | 1
  2 | 10 | 8 | 2

call asof_join(l, doubled, on => 't', by => 'k')
expect | k int, t int, t_right int, b int
  1 | 10 | 9 | 1
  1 | 11 | 11 | 10
  2 | 10 | 10 | 20

call asof_join(l, r, on => 't', by => 'k')
then SELECT k, b FROM result UNION ALL SELECT k, b FROM result
expect | k int, b int
  1 | 1
  1 | 1
  2 | 2
  1 | 1
  1 | 1
  2 | 2

call asof_join(l, r, on => 't', by => 'k')
then SELECT k, sum(b) AS total, count(*) AS n FROM result GROUP BY k
expect | k int, total bigint, n bigint
  1 | 2 | 2
  2 | 2 | 1
