-- skip_nulls among tied rows: each column takes the last (forward: first) non-null value in the order of the ties.
-- matrix: codegen state strategy

given l | t int
  10
given r | t int, seq int, x int, y string
  10 | 1 | 100 | 'one'
  10 | 2 | 200 | null
  10 | 3 | null | null
  9 | 9 | 900 | 'nine'

call asof_join(l, r, on => 't', tie_break => 'seq', skip_nulls => true)
expect | t int, t_right int, seq int, x int, y string
  10 | 10 | 3 | 200 | 'one'

call asof_join(l, r, on => 't', tie_break => 'seq', skip_nulls => true, direction => 'forward')
expect | t int, t_right int, seq int, x int, y string
  10 | 10 | 1 | 100 | 'one'

call asof_join(l, r, on => 't', skip_nulls => true)
expect | t int, t_right int, seq int, x int, y string
  10 | 10 | 3 | 200 | 'one'

-- how: a row matches if there is a nearest row, whatever its values
given empty_values | t int, x int, y string
  9 | null | null
call asof_join(l, empty_values, on => 't', skip_nulls => true, how => 'inner')
expect | t int, t_right int, x int, y string
  10 | 9 | null | null
