-- Names with blanks, dots, quotes and reserved words are names like any other; a name is never parsed.

given plain | k int, t int, v int
  1 | 5 | 10
view l as SELECT k AS `the key`, t AS `a.time`, v AS `select` FROM plain
view r as SELECT k AS `the key`, t - 1 AS `a.time`, v AS `it's` FROM plain

call asof_join(l, r, on => 'a.time', by => 'the key', tie_break => 'it''s')
then SELECT `the key` AS k, `a.time` AS t, `select` AS s, `a.time_right` AS t_right, `it's` AS v FROM result
expect | k int, t int, s int, t_right int, v int
  1 | 5 | 10 | 4 | 10

call asof_join(l, r, on => 'a.time', by => 'the key', condition => 'right.`it''s` = left.`select`')
then SELECT `a.time_right` AS t_right FROM result
expect | t_right int
  4
