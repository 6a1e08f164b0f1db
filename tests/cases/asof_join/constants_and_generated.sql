-- Inputs with constant, computed and generated columns, and a right side that is one constant row.

view l as SELECT 1 AS k, id AS t, 'x' AS c FROM range(3)
view r as SELECT 1 AS k, CAST(1 AS bigint) AS t, 'y' AS c

call asof_join(l, r, on => 't', by => 'k')
expect | k int, t bigint, c string, t_right bigint, c_right string
  1 | 0 | 'x' | null | null
  1 | 1 | 'x' | 1 | 'y'
  1 | 2 | 'x' | 1 | 'y'

-- an outer join's right columns are null where nothing matched, even if the right side never holds null
call asof_join(l, r, on => 't', by => 'k')
then SELECT count(*) AS n FROM result WHERE c_right IS NULL AND t_right IS NULL
expect | n bigint
  1

-- only right columns, only left columns, no column
call asof_join(l, r, on => 't', by => 'k')
then SELECT c_right FROM result
expect | c_right string
  null
  'y'
  'y'

call asof_join(l, r, on => 't', by => 'k')
then SELECT t FROM result
expect | t bigint
  0
  1
  2

call asof_join(l, r, on => 't', by => 'k', how => 'inner')
then SELECT count(*) AS n FROM result
expect | n bigint
  2
