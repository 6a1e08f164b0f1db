-- nearest: the least distance either way; of two equal distances the earlier one, or the later one if asked.
-- matrix: codegen aqe ansi state strategy

given l | t bigint, a int
  0 | 1
  4 | 2
  5 | 3
  6 | 4
  20 | 5
given r | t bigint, b string
  2 | 'two'
  8 | 'eight'

call asof_join(l, r, on => 't', direction => 'nearest')
expect | t bigint, a int, t_right bigint, b string
  0 | 1 | 2 | 'two'
  4 | 2 | 2 | 'two'
  5 | 3 | 2 | 'two'
  6 | 4 | 8 | 'eight'
  20 | 5 | 8 | 'eight'

-- only the row at equal distance changes
call asof_join(l, r, on => 't', direction => 'nearest', nearest_tie => 'later')
expect | t bigint, a int, t_right bigint, b string
  0 | 1 | 2 | 'two'
  4 | 2 | 2 | 'two'
  5 | 3 | 8 | 'eight'
  6 | 4 | 8 | 'eight'
  20 | 5 | 8 | 'eight'

-- a tolerance cuts both ways, inclusive
call asof_join(l, r, on => 't', direction => 'nearest', tolerance => 2)
expect | t bigint, a int, t_right bigint, b string
  0 | 1 | 2 | 'two'
  4 | 2 | 2 | 'two'
  5 | 3 | null | null
  6 | 4 | 8 | 'eight'
  20 | 5 | null | null
