-- What SQL allows around the call: both names, positional arguments, aliases, CTEs, subqueries, joins, temporary views.
-- doors: sql connect scala

given l | k int, t int
  1 | 5
  2 | 5
given r | k int, t int, b int
  1 | 4 | 40

query SELECT * FROM penstock_asof_join(TABLE(l), TABLE(r), on => 't', by => 'k')
expect | k int, t int, t_right int, b int
  1 | 5 | 4 | 40
  2 | 5 | null | null

-- the first scalar by position, tables by name, any order of names
query SELECT k, b FROM asof_join(TABLE(l), TABLE(r), 't', by => 'k')
expect | k int, b int
  1 | 40
  2 | null

query SELECT k, b FROM asof_join(by => 'k', on => 't', right => TABLE(r), left => TABLE(l))
expect | k int, b int
  1 | 40
  2 | null

query SELECT a.k, a.b + 1 AS b FROM asof_join(TABLE(l), TABLE(r), on => 't', by => 'k') AS a WHERE a.b IS NOT NULL
expect | k int, b int
  1 | 41

query WITH late AS (SELECT k, t + 100 AS t FROM l) SELECT * FROM asof_join(TABLE(late), TABLE(SELECT * FROM r WHERE b > 1), on => 't', by => 'k')
expect | k int, t int, t_right int, b int
  1 | 105 | 4 | 40
  2 | 105 | null | null

query SELECT x.k, y.k AS other FROM asof_join(TABLE(l), TABLE(r), on => 't', by => 'k') x JOIN asof_join(TABLE(l), TABLE(r), on => 't') y ON x.b = y.b AND x.k = y.k
expect | k int, other int
  1 | 1

query SELECT (SELECT max(b) FROM asof_join(TABLE(l), TABLE(r), on => 't')) AS top
expect | top int
  40

-- functions of constants are constants
query SELECT k, b FROM asof_join(TABLE(l), TABLE(r), on => lower('T'), by => array(concat('', 'k')), tolerance => 1 + 1)
expect | k int, b int
  1 | 40
  2 | null

-- null means not given
query SELECT k, b FROM asof_join(TABLE(l), TABLE(r), on => 't', by => 'k', tolerance => null, direction => null)
expect | k int, b int
  1 | 40
  2 | null
