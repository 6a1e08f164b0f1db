-- What each kind asks of two intervals; open ends equal open ends, and hold everything.

given l | n string, s int, e int
  'l' | 2 | 6
  'open' | null | 6
given r | m string, s int, e int
  'same' | 2 | 6
  'inside' | 3 | 5
  'around' | 1 | 7
  'starts' | 2 | 9
  'ends' | 0 | 6
  'shorter' | 2 | 4
  'over the end' | 5 | 8
  'no start' | null | 6
  'no end' | 2 | null
  'all of time' | null | null
  'empty' | 4 | 4

-- overlap
call interval_join(l, r, start => 's', end => 'e', condition => 'left.n = ''l''')
then SELECT array_sort(collect_list(m)) AS m FROM result
expect | m array<string>
  array('all of time', 'around', 'ends', 'inside', 'no end', 'no start', 'over the end', 'same', 'shorter', 'starts')

-- within: the right one holds the left one
call interval_join(l, r, start => 's', end => 'e', kind => 'within')
then SELECT n, array_sort(collect_list(m)) AS m FROM result GROUP BY n
expect | n string, m array<string>
  'l' | array('all of time', 'around', 'ends', 'no end', 'no start', 'same', 'starts')
  'open' | array('all of time', 'no start')

-- contains: the left one holds the right one
call interval_join(l, r, start => 's', end => 'e', kind => 'contains')
then SELECT n, array_sort(collect_list(m)) AS m FROM result GROUP BY n
expect | n string, m array<string>
  'l' | array('inside', 'same', 'shorter')
  'open' | array('ends', 'inside', 'no start', 'same', 'shorter')

-- starts: together, whichever ends first
call interval_join(l, r, start => 's', end => 'e', kind => 'starts')
then SELECT n, array_sort(collect_list(m)) AS m FROM result GROUP BY n
expect | n string, m array<string>
  'l' | array('no end', 'same', 'shorter', 'starts')
  'open' | array('all of time', 'no start')

-- ends
call interval_join(l, r, start => 's', end => 'e', kind => 'ends')
then SELECT n, array_sort(collect_list(m)) AS m FROM result GROUP BY n
expect | n string, m array<string>
  'l' | array('ends', 'no start', 'same')
  'open' | array('ends', 'no start', 'same')

-- equal
call interval_join(l, r, start => 's', end => 'e', kind => 'equal')
then SELECT n, array_sort(collect_list(m)) AS m FROM result GROUP BY n
expect | n string, m array<string>
  'l' | array('same')
  'open' | array('no start')

-- Allen's narrower relations, by a condition
call interval_join(l, r, start => 's', end => 'e', kind => 'starts', condition => 'left.e < right.e')
then SELECT m FROM result
expect | m string
  'starts'
