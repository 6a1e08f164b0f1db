-- One match of each left row: by start, then end, then tie_break or all right columns; never by the order of the input.
-- matrix: codegen aqe state strategy

given l | n int, s int, e int
  1 | 0 | 10
  2 | 20 | 30
given r | s int, e int, v int, w string
  4 | 6 | 1 | 'a'
  2 | 9 | 5 | 'b'
  2 | 3 | 7 | 'c'
  2 | 3 | 6 | 'd'
  4 | null | 2 | 'e'
  4 | 9 | 3 | 'f'
  null | 1 | 0 | 'g'
  null | -1 | 0 | 'apart'

-- an open start is the first of all
call interval_join(l, r, start => 's', end => 'e', mult => 'first', how => 'left')
then SELECT n, w FROM result
expect | n int, w string
  1 | 'g'
  2 | 'e'

call interval_join(l, r, start => 's', end => 'e', mult => 'first', condition => 'right.s > 0')
then SELECT n, w FROM result
expect | n int, w string
  1 | 'd'
  2 | 'e'
call interval_join(l, r, start => 's', end => 'e', mult => 'first', condition => 'right.s > 0', tie_break => 'w')
then SELECT n, w FROM result
expect | n int, w string
  1 | 'c'
  2 | 'e'

-- an open end is the last of all
call interval_join(l, r, start => 's', end => 'e', mult => 'last')
then SELECT n, w FROM result
expect | n int, w string
  1 | 'e'
  2 | 'e'
call interval_join(l, r, start => 's', end => 'e', mult => 'last', condition => 'right.e < 5', how => 'left')
then SELECT n, w FROM result
expect | n int, w string
  1 | 'c'
  2 | null

-- within what
call interval_join(r, l, start => 's', end => 'e', mult => 'last', kind => 'within')
then SELECT w, n FROM result
expect | w string, n int
  'a' | 1
  'b' | 1
  'c' | 1
  'd' | 1
  'f' | 1
