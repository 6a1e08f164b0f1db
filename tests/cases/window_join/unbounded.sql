-- A window without a lower end begins with the key's first row, one without an upper end ends with its last.
-- matrix: codegen aqe ansi state strategy

given l | k string, t int
  'a' | 10
  'a' | 20
  'a' | 0
given r | k string, t int, v int, z string
  'a' | 5 | 1 | 'x'
  'a' | 10 | 2 | 'y'
  'a' | 12 | 4 | 'x'
  'a' | 30 | 8 | null

call window_join(l, r, on => 't', by => 'k', upper => 0, aggs => map('s', 'sum(v)', 'd', 'count(distinct z)', 'all', 'collect_list(v)', 'f', 'first(v)'))
expect | k string, t int, s bigint, d bigint, all array<int>, f int
  'a' | 0 | null | 0 | array() | null
  'a' | 10 | 3 | 2 | array(1, 2) | 1
  'a' | 20 | 7 | 2 | array(1, 2, 4) | 1

call window_join(l, r, on => 't', by => 'k', lower => 1, aggs => map('s', 'sum(v)', 'd', 'count(distinct z)', 'all', 'collect_list(v)', 'l', 'last(v)'))
expect | k string, t int, s bigint, d bigint, all array<int>, l int
  'a' | 0 | 15 | 2 | array(1, 2, 4, 8) | 8
  'a' | 10 | 12 | 1 | array(4, 8) | 8
  'a' | 20 | 8 | 0 | array(8) | 8

-- both: every row of the key
call window_join(l, r, on => 't', by => 'k', windows => map('all', array(null, null), 'here', array(0, 0)), aggs => map('s', 'sum(v)'))
expect | k string, t int, s_all bigint, s_here bigint
  'a' | 0 | 15 | null
  'a' | 10 | 15 | 2
  'a' | 20 | 15 | null
