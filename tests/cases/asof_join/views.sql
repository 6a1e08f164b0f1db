-- Tables may be views, views over views, subqueries and queries with their own CTE.

given base | k int, t int, v int
  1 | 1 | 10
  1 | 5 | 50
  2 | 5 | 51
view evens as SELECT * FROM base WHERE v % 2 = 0
view named as WITH x AS (SELECT k, t + 1 AS t, v FROM evens) SELECT * FROM x

call asof_join(base, named, on => 't', by => 'k')
expect | k int, t int, v int, t_right int, v_right int
  1 | 1 | 10 | null | null
  1 | 5 | 50 | 2 | 10
  2 | 5 | 51 | null | null

call asof_join((SELECT k, t FROM base WHERE k = 1), (SELECT k, t, v AS w FROM base WHERE t < 5), on => 't', by => 'k')
expect | k int, t int, t_right int, w int
  1 | 1 | 1 | 10
  1 | 5 | 1 | 10

-- a grouped and a windowed input
call asof_join((SELECT k, max(t) AS t FROM base GROUP BY k), (SELECT *, row_number() OVER (PARTITION BY k ORDER BY t) AS n FROM base), on => 't', by => 'k')
then SELECT k, n FROM result
expect | k int, n int
  1 | 2
  2 | 1
