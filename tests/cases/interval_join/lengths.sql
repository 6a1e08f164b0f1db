-- min_overlap and max_gap, exact to the unit and inclusive; an open end is as long as it need be.
-- matrix: state strategy

given l | n int, s timestamp, e timestamp
  1 | '2024-01-01 00:00:00' | '2024-01-01 01:00:00'
  2 | '2024-01-01 02:00:00' | null
  3 | null | '2024-01-01 00:10:00'
given r | m int, s timestamp, e timestamp
  1 | '2024-01-01 00:50:00' | '2024-01-01 02:10:00'
  2 | '2024-01-01 00:50:00.000001' | '2024-01-01 03:00:00'
  3 | '2024-01-01 01:10:00' | '2024-01-01 01:50:00'
  4 | '2023-12-31 00:00:00' | '2024-01-01 00:05:00'

given a | s int, e int
  0 | 2
  5 | 5
given b | s int, e int
  2 | 3
  5 | 6
  -1 | -1

-- ten minutes are enough, a microsecond less is not
call interval_join(l, r, start => 's', end => 'e', min_overlap => '10 minutes')
then SELECT n, m FROM result
expect | n int, m int
  1 | 1
  2 | 1
  2 | 2
  3 | 4
call interval_join(l, r, start => 's', end => 'e', min_overlap => INTERVAL '600.000001' SECOND)
then SELECT n, m FROM result
expect | n int, m int
  2 | 2
  3 | 4

-- an interval shorter than that matches nothing
call interval_join(l, r, start => 's', end => 'e', min_overlap => '2 days')
then SELECT n, m FROM result
expect | n int, m int

-- none shared, but near enough
call interval_join(l, r, start => 's', end => 'e', max_gap => '10 minutes')
then SELECT n, m FROM result
expect | n int, m int
  1 | 1
  1 | 2
  1 | 3
  1 | 4
  2 | 1
  2 | 2
  2 | 3
  3 | 4
call interval_join(l, r, start => 's', end => 'e', max_gap => 'PT9M59.999999S', how => 'left_anti')
then SELECT n FROM result
expect | n int

-- a gap of 0: they may touch; an empty one still matches nothing
call interval_join(a, b, start => 's', end => 'e', max_gap => 0)
expect | s int, e int, s_right int, e_right int
  0 | 2 | 2 | 3
call interval_join(a, b, start => 's', end => 'e', closed => 'neither', max_gap => 1)
expect | s int, e int, s_right int, e_right int
  0 | 2 | 2 | 3
call interval_join(a, b, start => 's', end => 'e', closed => 'both', min_overlap => 0)
expect | s int, e int, s_right int, e_right int
  0 | 2 | 2 | 3
  5 | 5 | 5 | 6
