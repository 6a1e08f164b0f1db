-- BIGINT times out to both ends of the type: t - tolerance and t + tolerance saturate, they never wrap.
-- matrix: codegen ansi state strategy

given l | t bigint
  -9223372036854775808L
  -9223372036854775807
  0
  9223372036854775806
  9223372036854775807
given r | t bigint, b string
  -9223372036854775808L | 'min'
  9223372036854775807 | 'max'

call asof_join(l, r, on => 't')
expect | t bigint, t_right bigint, b string
  -9223372036854775808L | -9223372036854775808L | 'min'
  -9223372036854775807 | -9223372036854775808L | 'min'
  0 | -9223372036854775808L | 'min'
  9223372036854775806 | -9223372036854775808L | 'min'
  9223372036854775807 | 9223372036854775807 | 'max'

call asof_join(l, r, on => 't', tolerance => 10)
expect | t bigint, t_right bigint, b string
  -9223372036854775808L | -9223372036854775808L | 'min'
  -9223372036854775807 | -9223372036854775808L | 'min'
  0 | null | null
  9223372036854775806 | null | null
  9223372036854775807 | 9223372036854775807 | 'max'

call asof_join(l, r, on => 't', tolerance => 10, direction => 'forward')
expect | t bigint, t_right bigint, b string
  -9223372036854775808L | -9223372036854775808L | 'min'
  -9223372036854775807 | null | null
  0 | null | null
  9223372036854775806 | 9223372036854775807 | 'max'
  9223372036854775807 | 9223372036854775807 | 'max'

-- 0 is one nearer to max than to min; the distance between the ends does not fit a long
call asof_join(l, r, on => 't', direction => 'nearest')
expect | t bigint, t_right bigint, b string
  -9223372036854775808L | -9223372036854775808L | 'min'
  -9223372036854775807 | -9223372036854775808L | 'min'
  0 | 9223372036854775807 | 'max'
  9223372036854775806 | 9223372036854775807 | 'max'
  9223372036854775807 | 9223372036854775807 | 'max'

call asof_join(l, r, on => 't', tolerance => 9223372036854775807)
expect | t bigint, t_right bigint, b string
  -9223372036854775808L | -9223372036854775808L | 'min'
  -9223372036854775807 | -9223372036854775808L | 'min'
  0 | null | null
  9223372036854775806 | null | null
  9223372036854775807 | 9223372036854775807 | 'max'

-- from one end to the other is farther than any tolerance
given top | t bigint
  9223372036854775807
call asof_join(top, r, on => 't', tolerance => 9223372036854775807, condition => 'right.b = ''min''', direction => 'nearest')
expect | t bigint, t_right bigint, b string
  9223372036854775807 | null | null

call asof_join(top, r, on => 't', condition => 'right.b = ''min''', direction => 'nearest')
expect | t bigint, t_right bigint, b string
  9223372036854775807 | -9223372036854775808L | 'min'
