-- Empty sides, one frame joined with itself, chained calls, and filters above: they change what leaves, never a match.
-- matrix: codegen aqe ansi state strategy

given l | k int, s int, e int, v int
  1 | 1 | 4 | 10
  1 | 3 | 5 | 20
  1 | 9 | 9 | 30
given none | k int, s int, e int, v int

call interval_join(l, none, start => 's', end => 'e', by => 'k')
expect | k int, s int, e int, v int, s_right int, e_right int, v_right int
call interval_join(none, l, start => 's', end => 'e', by => 'k', how => 'left')
expect | k int, s int, e int, v int, s_right int, e_right int, v_right int
call interval_join(l, none, start => 's', end => 'e', how => 'left_anti')
expect | k int, s int, e int, v int
  1 | 1 | 4 | 10
  1 | 3 | 5 | 20
  1 | 9 | 9 | 30

-- itself: the flights in the air at the same time
call interval_join(l, l, start => 's', end => 'e', by => 'k', condition => 'left.v < right.v', suffixes => array('_a', '_b'))
expect | k int, s_a int, e_a int, v_a int, s_b int, e_b int, v_b int
  1 | 1 | 4 | 10 | 3 | 5 | 20

-- a chain of two
call interval_join(l, l, start => 's', end => 'e', by => 'k', condition => 'left.v <> right.v') as first
call interval_join(first, l, start => 's', end => 'e', by => 'k', suffixes => array('', '_third'), how => 'left_semi')
expect | k int, s int, e int, v int, s_right int, e_right int, v_right int
  1 | 1 | 4 | 10 | 3 | 5 | 20
  1 | 3 | 5 | 20 | 1 | 4 | 10

-- a filter on right columns stays above, one on left columns may move
query SELECT v, v_right FROM interval_join(TABLE(l), TABLE(l), start => 's', end => 'e', by => 'k', how => 'left') WHERE v_right IS NULL
expect | v int, v_right int
  30 | null
query SELECT v, v_right FROM interval_join(TABLE(l), TABLE(l), start => 's', end => 'e', by => 'k', how => 'left', mult => 'first') WHERE v > 10 AND coalesce(v_right, 0) < 15
expect | v int, v_right int
  20 | 10
  30 | null
query WITH j AS (SELECT * FROM interval_join(TABLE(l), TABLE(l), start => 's', end => 'e', by => 'k')) SELECT a.v, a.v_right, b.v AS other FROM j a JOIN j b ON a.v = b.v_right WHERE a.v <> a.v_right AND b.v <> a.v
expect | v int, v_right int, other int
  10 | 20 | 20
  20 | 10 | 10
query SELECT count(*) AS n FROM (SELECT v FROM interval_join(TABLE(l), TABLE(l), start => 's', end => 'e') UNION ALL SELECT v FROM l LIMIT 20)
expect | n bigint
  7
