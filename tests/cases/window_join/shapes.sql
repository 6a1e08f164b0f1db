-- Empty sides, one frame joined with itself, chained calls, and filters above: they change what leaves, never a window.
-- matrix: codegen aqe ansi state strategy

given l | k int, t int, v int
  1 | 1 | 10
  1 | 2 | 20
  1 | 3 | 30
given none | k int, t int, v int

call window_join(l, none, on => 't', by => 'k', lower => -1, upper => 0, aggs => map('n', 'count(*)', 's', 'sum(v)'))
expect | k int, t int, v int, n bigint, s bigint
  1 | 1 | 10 | 0 | null
  1 | 2 | 20 | 0 | null
  1 | 3 | 30 | 0 | null

call window_join(none, l, on => 't', by => 'k', lower => -1, upper => 0, aggs => map('n', 'count(*)'))
expect | k int, t int, v int, n bigint

-- itself
call window_join(l, l, on => 't', by => 'k', lower => -1, upper => 0, aggs => map('s', 'sum(v)'))
expect | k int, t int, v int, s bigint
  1 | 1 | 10 | 10
  1 | 2 | 20 | 30
  1 | 3 | 30 | 50

-- a chain of two
call window_join(l, l, on => 't', by => 'k', lower => -1, upper => 0, aggs => map('s', 'sum(v)')) as first
call window_join(first, l, on => 't', by => 'k', lower => 1, upper => 1, aggs => map('next', 'sum(v)'))
expect | k int, t int, v int, s bigint, next bigint
  1 | 1 | 10 | 10 | 20
  1 | 2 | 20 | 30 | 30
  1 | 3 | 30 | 50 | null

-- filters on left columns, on results, and a join of the result with itself
query SELECT t, s FROM window_join(TABLE(l), TABLE(l), on => 't', by => 'k', lower => -1, upper => 0, aggs => map('s', 'sum(v)')) WHERE t > 1 AND s < 50
expect | t int, s bigint
  2 | 30
query WITH j AS (SELECT * FROM window_join(TABLE(l), TABLE(l), on => 't', by => 'k', lower => -1, upper => 0, aggs => map('s', 'sum(v)'))) SELECT a.t, a.s, b.s AS other FROM j a JOIN j b ON a.t = b.t + 1
expect | t int, s bigint, other bigint
  2 | 30 | 10
  3 | 50 | 30
