-- Keys interleaved in time: what one key sees never depends on another, whatever they are called.
-- matrix: codegen aqe state strategy

given l | k string, t int
  'a' | 2
  'b' | 2
  'c' | 2
  'a' | 4
  'b' | 4
  'c' | 4
given r | k string, t int, v string
  'a' | 1 | 'a1'
  'b' | 2 | 'b2'
  'a' | 3 | 'a3'
  'c' | 3 | 'c3'
  'b' | 5 | 'b5'
  '' | 2 | 'none'

call asof_join(l, r, on => 't', by => 'k')
then SELECT k, t, v FROM result
expect | k string, t int, v string
  'a' | 2 | 'a1'
  'b' | 2 | 'b2'
  'c' | 2 | null
  'a' | 4 | 'a3'
  'b' | 4 | 'b2'
  'c' | 4 | 'c3'

call asof_join(l, r, on => 't', by => 'k', direction => 'forward')
then SELECT k, t, v FROM result
expect | k string, t int, v string
  'a' | 2 | 'a3'
  'b' | 2 | 'b2'
  'c' | 2 | 'c3'
  'a' | 4 | null
  'b' | 4 | 'b5'
  'c' | 4 | null
