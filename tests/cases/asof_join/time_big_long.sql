-- Nanoseconds since 1970 as BIGINT: a double would lose the last three digits.

given l | t bigint
  1608129000134000123
  1608129000134000125
given r | t bigint, b string
  1608129000134000122 | 'before'
  1608129000134000124 | 'between'

call asof_join(l, r, on => 't')
expect | t bigint, t_right bigint, b string
  1608129000134000123 | 1608129000134000122 | 'before'
  1608129000134000125 | 1608129000134000124 | 'between'

call asof_join(l, r, on => 't', direction => 'forward')
expect | t bigint, t_right bigint, b string
  1608129000134000123 | 1608129000134000124 | 'between'
  1608129000134000125 | null | null

call asof_join(l, r, on => 't', direction => 'nearest', nearest_tie => 'later', tolerance => 1)
expect | t bigint, t_right bigint, b string
  1608129000134000123 | 1608129000134000124 | 'between'
  1608129000134000125 | 1608129000134000124 | 'between'

-- a tolerance of this size is exact too
given origin | t bigint
  0
call asof_join(l, origin, on => 't', tolerance => 1608129000134000124)
expect | t bigint, t_right bigint
  1608129000134000123 | 0
  1608129000134000125 | null
