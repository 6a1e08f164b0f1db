-- One row out per left row, with the aggregates of the right rows in its window; bounds of any sign, both ends inside.
-- matrix: codegen aqe ansi state strategy

given l | k string, t int
  'a' | 10
  'a' | 20
  'b' | 10
  'c' | 10
given r | k string, t int, v int
  'a' | 5 | 1
  'a' | 8 | 2
  'a' | 10 | 4
  'a' | 12 | 8
  'a' | 20 | 16
  'b' | 9 | 32

-- before
call window_join(l, r, on => 't', by => 'k', lower => -2, upper => 0, aggs => map('n', 'count(*)', 's', 'sum(v)'))
expect | k string, t int, n bigint, s bigint
  'a' | 10 | 2 | 6
  'a' | 20 | 1 | 16
  'b' | 10 | 1 | 32
  'c' | 10 | 0 | null

-- after
call window_join(l, r, on => 't', by => 'k', lower => 1, upper => 2, aggs => map('s', 'sum(v)'))
expect | k string, t int, s bigint
  'a' | 10 | 8
  'a' | 20 | null
  'b' | 10 | null
  'c' | 10 | null

-- round, and away from the left row
call window_join(l, r, on => 't', by => 'k', lower => -5, upper => 2, aggs => map('s', 'sum(v)'))
expect | k string, t int, s bigint
  'a' | 10 | 15
  'a' | 20 | 16
  'b' | 10 | 32
  'c' | 10 | null
call window_join(l, r, on => 't', by => 'k', lower => -12, upper => -8, aggs => map('s', 'sum(v)'))
expect | k string, t int, s bigint
  'a' | 10 | null
  'a' | 20 | 14
  'b' | 10 | null
  'c' | 10 | null

-- of no length
call window_join(l, r, on => 't', by => 'k', lower => 0, upper => 0, aggs => map('s', 'sum(v)'))
expect | k string, t int, s bigint
  'a' | 10 | 4
  'a' | 20 | 16
  'b' | 10 | null
  'c' | 10 | null

-- no key: all rows are one sequence
call window_join(l, r, on => 't', lower => -2, upper => 0, aggs => map('s', 'sum(v)'))
expect | k string, t int, s bigint
  'a' | 10 | 38
  'a' | 20 | 16
  'b' | 10 | 38
  'c' | 10 | 38
