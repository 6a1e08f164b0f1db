-- Half-open intervals that share a time: [0, 2) and [2, 3) do not, and one of no length matches nothing.
-- matrix: codegen aqe ansi state strategy

given l | k string, s int, e int, a string
  'x' | 0 | 2 | 'first'
  'x' | 2 | 5 | 'second'
  'x' | 3 | 3 | 'no length'
  'y' | 0 | 9 | 'other key'
  'z' | 0 | 9 | 'no right rows'
given r | k string, s int, e int, b string
  'x' | 2 | 3 | 'p'
  'x' | 1 | 4 | 'q'
  'x' | 4 | 4 | 'no length'
  'x' | 9 | 10 | 'apart'
  'y' | -5 | 0 | 'touches'
  'y' | 8 | 20 | 'r'

-- pairs; a key of the same name is said once
call interval_join(l, r, start => 's', end => 'e', by => 'k')
expect | k string, s int, e int, a string, s_right int, e_right int, b string
  'x' | 0 | 2 | 'first' | 1 | 4 | 'q'
  'x' | 2 | 5 | 'second' | 1 | 4 | 'q'
  'x' | 2 | 5 | 'second' | 2 | 3 | 'p'
  'y' | 0 | 9 | 'other key' | 8 | 20 | 'r'

-- left
call interval_join(l, r, start => 's', end => 'e', by => 'k', how => 'left')
expect | k string, s int, e int, a string, s_right int, e_right int, b string
  'x' | 0 | 2 | 'first' | 1 | 4 | 'q'
  'x' | 2 | 5 | 'second' | 1 | 4 | 'q'
  'x' | 2 | 5 | 'second' | 2 | 3 | 'p'
  'x' | 3 | 3 | 'no length' | null | null | null
  'y' | 0 | 9 | 'other key' | 8 | 20 | 'r'
  'z' | 0 | 9 | 'no right rows' | null | null | null

-- semi and anti
call interval_join(l, r, start => 's', end => 'e', by => 'k', how => 'left_semi')
expect | k string, s int, e int, a string
  'x' | 0 | 2 | 'first'
  'x' | 2 | 5 | 'second'
  'y' | 0 | 9 | 'other key'
call interval_join(l, r, start => 's', end => 'e', by => 'k', how => 'left_anti')
expect | k string, s int, e int, a string
  'x' | 3 | 3 | 'no length'
  'z' | 0 | 9 | 'no right rows'

-- no key: all rows are one sequence
call interval_join(l, r, start => 's', end => 'e', how => 'left_anti')
expect | k string, s int, e int, a string
  'x' | 3 | 3 | 'no length'

-- closed: ends that touch share a time, and an interval of no length has one
call interval_join(l, r, start => 's', end => 'e', by => 'k', closed => 'both')
expect | k string, s int, e int, a string, s_right int, e_right int, b string
  'x' | 0 | 2 | 'first' | 1 | 4 | 'q'
  'x' | 0 | 2 | 'first' | 2 | 3 | 'p'
  'x' | 2 | 5 | 'second' | 1 | 4 | 'q'
  'x' | 2 | 5 | 'second' | 2 | 3 | 'p'
  'x' | 2 | 5 | 'second' | 4 | 4 | 'no length'
  'x' | 3 | 3 | 'no length' | 1 | 4 | 'q'
  'x' | 3 | 3 | 'no length' | 2 | 3 | 'p'
  'y' | 0 | 9 | 'other key' | -5 | 0 | 'touches'
  'y' | 0 | 9 | 'other key' | 8 | 20 | 'r'

-- neither end: what overlaps is the same as half-open
call interval_join(l, r, start => 's', end => 'e', by => 'k', closed => 'neither')
expect | k string, s int, e int, a string, s_right int, e_right int, b string
  'x' | 0 | 2 | 'first' | 1 | 4 | 'q'
  'x' | 2 | 5 | 'second' | 1 | 4 | 'q'
  'x' | 2 | 5 | 'second' | 2 | 3 | 'p'
  'y' | 0 | 9 | 'other key' | 8 | 20 | 'r'
