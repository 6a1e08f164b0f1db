-- Infinite times: equal ones are at no distance from each other, so a tolerance lets them match.

given l | t double
  'Infinity'
  '-Infinity'
given r | t double, b string
  'Infinity' | 'end'
  '-Infinity' | 'start'
  1.0 | 'one'

call asof_join(l, r, on => 't', tolerance => 1.0D)
expect | t double, t_right double, b string
  'Infinity' | 'Infinity' | 'end'
  '-Infinity' | '-Infinity' | 'start'

call asof_join(l, r, on => 't', direction => 'nearest')
expect | t double, t_right double, b string
  'Infinity' | 'Infinity' | 'end'
  '-Infinity' | '-Infinity' | 'start'

-- not equal: infinitely far away, over any tolerance that is a number
call asof_join(l, r, on => 't', allow_exact_matches => false, tolerance => 1e308, direction => 'nearest')
expect | t double, t_right double, b string
  'Infinity' | null | null
  '-Infinity' | null | null
