-- One interval over ten thousand others, and identical ones: every pair once.
-- doors: sql scala
-- matrix: aqe state strategy

view one as SELECT 0 AS n, 'x' AS k, CAST(null AS INT) AS s, 100000 AS e UNION ALL SELECT 1, 'x', 5, 7
view many as SELECT id AS m, 'x' AS k, CAST(id AS INT) AS s, CAST(id + 1 AS INT) AS e FROM range(10000)
view same as SELECT id AS n, 'x' AS k, 1 AS s, 2 AS e FROM range(60)

query SELECT n, count(*) AS c, sum(m) AS total FROM interval_join(TABLE(one), TABLE(many), start => 's', end => 'e', by => 'k') GROUP BY n
expect | n int, c bigint, total bigint
  0 | 10000 | 49995000
  1 | 2 | 11
query SELECT count(*) AS c, count(DISTINCT m) AS d FROM interval_join(TABLE(many), TABLE(one), start => 's', end => 'e', kind => 'within')
expect | c bigint, d bigint
  10002 | 10000
query SELECT count(*) AS c, count(DISTINCT n, n_right) AS d FROM interval_join(TABLE(same), TABLE(same), start => 's', end => 'e', by => 'k', kind => 'equal')
expect | c bigint, d bigint
  3600 | 3600
