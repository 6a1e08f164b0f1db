-- A left row without a time or a key stays, with empty windows; a right row without a time is in none. NaN is no time.
-- matrix: codegen aqe ansi state strategy

given l | k string, t double
  'a' | 1.0
  'a' | null
  null | 1.0
  'a' | 'NaN'
given r | k string, t double, v int
  'a' | 1.0 | 1
  'a' | null | 2
  null | 1.0 | 4
  'a' | 'NaN' | 8

call window_join(l, r, on => 't', by => 'k', lower => -1, upper => 1, aggs => map('n', 'count(*)', 's', 'sum(v)'))
expect | k string, t double, n bigint, s bigint
  'a' | 1.0 | 1 | 1
  'a' | null | 0 | null
  null | 1.0 | 0 | null
  'a' | 'NaN' | 0 | null

call window_join(l, r, on => 't', by => 'k', upper => 1, nulls_equal => true, aggs => map('n', 'count(*)', 's', 'sum(v)'))
expect | k string, t double, n bigint, s bigint
  'a' | 1.0 | 1 | 1
  'a' | null | 0 | null
  null | 1.0 | 1 | 4
  'a' | 'NaN' | 0 | null
