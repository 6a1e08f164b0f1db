-- allow_exact_matches => false: a right row at the left time itself is no candidate.

given l | t int
  1
  5
  9
given r | t int, b string
  1 | 'one'
  5 | 'five'
  6 | 'six'
  9 | 'nine'

call asof_join(l, r, on => 't', allow_exact_matches => false)
expect | t int, t_right int, b string
  1 | null | null
  5 | 1 | 'one'
  9 | 6 | 'six'

call asof_join(l, r, on => 't', allow_exact_matches => false, direction => 'forward')
expect | t int, t_right int, b string
  1 | 5 | 'five'
  5 | 6 | 'six'
  9 | null | null

call asof_join(l, r, on => 't', allow_exact_matches => false, direction => 'nearest')
expect | t int, t_right int, b string
  1 | 5 | 'five'
  5 | 6 | 'six'
  9 | 6 | 'six'

-- with tolerance 0 nothing is left to match
call asof_join(l, r, on => 't', allow_exact_matches => false, tolerance => 0, direction => 'nearest', how => 'inner')
expect | t int, t_right int, b string
