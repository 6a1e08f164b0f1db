-- Floating point times: -0.0 equals 0.0, NaN is greatest and never matches under nearest or a tolerance.
-- matrix: codegen ansi state strategy

given l | id int, t double
  1 | 0.0
  2 | -0.0D
  3 | 'NaN'
  4 | 'Infinity'
  5 | '-Infinity'
  6 | 2.5
given r | t double, b string
  -0.0D | 'zero'
  2.0 | 'two'
  'NaN' | 'nan'
view finite as SELECT * FROM r WHERE NOT isnan(t)

call asof_join(l, r, on => 't')
expect | id int, t double, t_right double, b string
  1 | 0.0 | -0.0D | 'zero'
  2 | -0.0D | -0.0D | 'zero'
  3 | 'NaN' | 'NaN' | 'nan'
  4 | 'Infinity' | 2.0 | 'two'
  5 | '-Infinity' | null | null
  6 | 2.5 | 2.0 | 'two'

-- NaN on the left is after everything
call asof_join(l, finite, on => 't')
then SELECT id, b FROM result WHERE id = 3
expect | id int, b string
  3 | 'two'

call asof_join(l, r, on => 't', direction => 'forward')
expect | id int, t double, t_right double, b string
  1 | 0.0 | -0.0D | 'zero'
  2 | -0.0D | -0.0D | 'zero'
  3 | 'NaN' | 'NaN' | 'nan'
  4 | 'Infinity' | 'NaN' | 'nan'
  5 | '-Infinity' | -0.0D | 'zero'
  6 | 2.5 | 'NaN' | 'nan'

call asof_join(l, r, on => 't', direction => 'nearest')
then SELECT id, b FROM result WHERE id IN (1, 2, 3, 6)
expect | id int, b string
  1 | 'zero'
  2 | 'zero'
  3 | null
  6 | 'two'

call asof_join(l, r, on => 't', tolerance => 0.5D, direction => 'nearest')
expect | id int, t double, t_right double, b string
  1 | 0.0 | -0.0D | 'zero'
  2 | -0.0D | -0.0D | 'zero'
  3 | 'NaN' | null | null
  4 | 'Infinity' | null | null
  5 | '-Infinity' | null | null
  6 | 2.5 | 2.0 | 'two'

call asof_join(l, r, on => 't', tolerance => 1e9)
then SELECT id, b FROM result WHERE id IN (3, 4, 6)
expect | id int, b string
  3 | null
  4 | null
  6 | 'two'

call asof_join(l, r, on => 't', allow_exact_matches => false)
then SELECT id, b FROM result WHERE id IN (1, 2, 3)
expect | id int, b string
  1 | null
  2 | null
  3 | 'two'
