-- A query that keeps few columns must not change who wins a tie: the columns that decide are not pruned.
-- matrix: codegen aqe state strategy

given l | t int
  5
given r | t int, first int, bid int, last int
  5 | 1 | 99 | 1
  5 | 2 | 10 | 2
  5 | 2 | 11 | 1

-- by all columns (first, then bid) the winner is 2, 11; bid alone would say 99
call asof_join(l, r, on => 't')
then SELECT bid FROM result
expect | bid int
  11

call asof_join(l, r, on => 't', direction => 'forward')
then SELECT last FROM result
expect | last int
  1

-- tie_break leaves one row: what the query keeps does not matter
call asof_join(l, r, on => 't', tie_break => array('first', 'last'))
then SELECT bid FROM result
expect | bid int
  10

call asof_join(l, r, on => 't')
then SELECT count(*) AS n FROM result
expect | n bigint
  1
