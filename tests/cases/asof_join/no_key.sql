-- No key at all: one timeline.
-- matrix: codegen aqe state strategy

given l | t int, a string
  1 | 'x'
  4 | 'y'
  null | 'z'
given r | t int, b string
  2 | 'p'
  3 | 'q'
  5 | 'r'

call asof_join(l, r, on => 't')
expect | t int, a string, t_right int, b string
  1 | 'x' | null | null
  4 | 'y' | 3 | 'q'
  null | 'z' | null | null

-- an empty list of keys is no key
call asof_join(l, r, on => 't', by => array(), direction => 'forward')
expect | t int, a string, t_right int, b string
  1 | 'x' | 2 | 'p'
  4 | 'y' | 5 | 'r'
  null | 'z' | null | null
