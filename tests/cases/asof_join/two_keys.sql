-- Two keys of two types: both must be equal; null in either matches nothing, or null on the same key.
-- matrix: codegen aqe state strategy

given l | venue string, id int, t int
  'X' | 1 | 9
  'X' | 2 | 9
  'Y' | 1 | 9
  'X' | null | 9
  null | 1 | 9
  null | null | 9
given r | id int, venue string, t int, b string
  1 | 'X' | 1 | 'X1'
  2 | 'X' | 2 | 'X2'
  1 | null | 3 | '-1'
  null | 'X' | 4 | 'X-'
  null | null | 5 | '--'

call asof_join(l, r, on => 't', by => array('venue', 'id'))
expect | venue string, id int, t int, t_right int, b string
  'X' | 1 | 9 | 1 | 'X1'
  'X' | 2 | 9 | 2 | 'X2'
  'Y' | 1 | 9 | null | null
  'X' | null | 9 | null | null
  null | 1 | 9 | null | null
  null | null | 9 | null | null

call asof_join(l, r, on => 't', by => array('id', 'venue'), nulls_equal => true)
expect | venue string, id int, t int, t_right int, b string
  'X' | 1 | 9 | 1 | 'X1'
  'X' | 2 | 9 | 2 | 'X2'
  'Y' | 1 | 9 | null | null
  'X' | null | 9 | 4 | 'X-'
  null | 1 | 9 | 3 | '-1'
  null | null | 9 | 5 | '--'
