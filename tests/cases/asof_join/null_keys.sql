-- A null key matches nothing, or null where nulls_equal => true.
-- matrix: codegen aqe ansi state strategy

given l | k string, t int
  null | 5
  'A' | 5
given r | k string, t int, b int
  null | 4 | 1
  null | 9 | 2
  'A' | 3 | 3

call asof_join(l, r, on => 't', by => 'k')
expect | k string, t int, t_right int, b int
  null | 5 | null | null
  'A' | 5 | 3 | 3

call asof_join(l, r, on => 't', by => 'k', nulls_equal => true)
expect | k string, t int, t_right int, b int
  null | 5 | 4 | 1
  'A' | 5 | 3 | 3

call asof_join(l, r, on => 't', by => 'k', nulls_equal => true, direction => 'forward', how => 'inner')
expect | k string, t int, t_right int, b int
  null | 5 | 9 | 2

call asof_join(l, r, on => 't', by => 'k', how => 'left_anti')
expect | k string, t int
  null | 5
