-- Microsecond distances, times before 1970, and the ends of what a TIMESTAMP can hold.
-- matrix: codegen ansi strategy

given l | t timestamp
  '2024-01-02 09:00:00.000002'
  '1969-12-31 23:59:59.999999'
given r | t timestamp, b int
  '2024-01-02 09:00:00.000001' | 1
  '2024-01-02 09:00:00.000004' | 2
  '1969-12-31 23:59:59.999998' | 3
  '1970-01-01 00:00:00' | 4

call asof_join(l, r, on => 't')
then SELECT b FROM result
expect | b int
  1
  3

call asof_join(l, r, on => 't', direction => 'nearest', nearest_tie => 'later')
then SELECT b FROM result
expect | b int
  1
  4

call asof_join(l, r, on => 't', direction => 'forward', tolerance => '1 microsecond')
then SELECT b FROM result
expect | b int
  null
  4

given ends | t timestamp
  timestamp_micros(-9223372036854775808L)
  timestamp_micros(9223372036854775807)

call asof_join(ends, ends, on => 't', tolerance => '1 day')
then SELECT unix_micros(t) AS t, unix_micros(t_right) AS t_right FROM result
expect | t bigint, t_right bigint
  -9223372036854775808L | -9223372036854775808L
  9223372036854775807 | 9223372036854775807

call asof_join(ends, ends, on => 't', tolerance => '1 day', direction => 'forward', allow_exact_matches => false)
then SELECT unix_micros(t) AS t, unix_micros(t_right) AS t_right FROM result
expect | t bigint, t_right bigint
  -9223372036854775808L | null
  9223372036854775807 | null

call asof_join(ends, ends, on => 't', direction => 'nearest', allow_exact_matches => false)
then SELECT unix_micros(t) AS t, unix_micros(t_right) AS t_right FROM result
expect | t bigint, t_right bigint
  -9223372036854775808L | 9223372036854775807
  9223372036854775807 | -9223372036854775808L
