-- A side that has points in time: each matches the intervals that hold it; which ends do, says closed.
-- matrix: aqe state strategy

given p | k string, t int
  'x' | 0
  'x' | 2
  'x' | 4
  'x' | null
given i | k string, s int, e int
  'x' | 0 | 2
  'x' | 2 | 4
  'x' | null | 0
  'x' | 4 | null
  'x' | 2 | 2

call interval_join(p, i, left_on => 't', start => 's', end => 'e', by => 'k')
expect | k string, t int, s int, e int
  'x' | 0 | 0 | 2
  'x' | 2 | 2 | 4
  'x' | 4 | 4 | null

call interval_join(p, i, left_on => 't', start => 's', end => 'e', by => 'k', closed => 'both', how => 'left')
expect | k string, t int, s int, e int
  'x' | 0 | 0 | 2
  'x' | 0 | null | 0
  'x' | 2 | 0 | 2
  'x' | 2 | 2 | 4
  'x' | 2 | 2 | 2
  'x' | 4 | 2 | 4
  'x' | 4 | 4 | null
  'x' | null | null | null

-- an interval that holds neither of its ends
call interval_join(p, i, left_on => 't', start => 's', end => 'e', by => 'k', closed => 'neither', how => 'left_anti')
expect | k string, t int
  'x' | 0
  'x' | 2
  'x' | 4
  'x' | null

-- points on the right
call interval_join(i, p, right_on => 't', start => 's', end => 'e', by => 'k', how => 'left_anti')
expect | k string, s int, e int
  'x' | null | 0
  'x' | 2 | 2
call interval_join(i, p, right_on => 't', left_start => 's', left_end => 'e', by => 'k', mult => 'last', how => 'left')
expect | k string, s int, e int, t int
  'x' | 0 | 2 | 0
  'x' | 2 | 4 | 2
  'x' | null | 0 | null
  'x' | 4 | null | 4
  'x' | 2 | 2 | null

-- near an interval
call interval_join(p, i, left_on => 't', start => 's', end => 'e', by => 'k', max_gap => 1, how => 'left_anti')
expect | k string, t int
  'x' | null
call interval_join(p, i, left_on => 't', start => 's', end => 'e', by => 'k', max_gap => 1, condition => 'right.s = 0')
expect | k string, t int, s int, e int
  'x' | 0 | 0 | 2
  'x' | 2 | 0 | 2
