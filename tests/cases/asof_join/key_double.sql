-- Floating point keys: -0.0 is 0.0 and NaN is NaN; the row that comes out is as it went in.
-- matrix: codegen aqe ansi state strategy

given l | k double, t int
  0.0 | 5
  -0.0D | 6
  'NaN' | 5
  1.5 | 5
  'Infinity' | 5
given r | k double, t int, b string
  -0.0D | 4 | 'zero'
  'NaN' | 4 | 'nan'
  'Infinity' | 4 | 'inf'
  '-Infinity' | 4 | 'minus'

call asof_join(l, r, on => 't', by => 'k')
expect | k double, t int, t_right int, b string
  0.0 | 5 | 4 | 'zero'
  -0.0D | 6 | 4 | 'zero'
  'NaN' | 5 | 4 | 'nan'
  1.5 | 5 | null | null
  'Infinity' | 5 | 4 | 'inf'

-- FLOAT alike
view lf as SELECT CAST(k AS float) AS k, t FROM l
view rf as SELECT CAST(k AS float) AS k, t, b FROM r
call asof_join(lf, rf, on => 't', by => 'k', how => 'inner')
expect | k float, t int, t_right int, b string
  0.0 | 5 | 4 | 'zero'
  -0.0D | 6 | 4 | 'zero'
  'NaN' | 5 | 4 | 'nan'
  'Infinity' | 5 | 4 | 'inf'
