-- on_ties => 'error': a left row whose match is tied stops the run, naming key and time; other ties do not matter.

given l | sym string, t int
  'ACME' | 4711
given tied | sym string, t int, x int
  'ACME' | 4711 | 1
  'ACME' | 4711 | 2
given elsewhere | sym string, t int, x int
  'ACME' | 4711 | 1
  'ACME' | 4700 | 2
  'ACME' | 4700 | 3
  'ACME' | 4712 | 4
  'ACME' | 4712 | 5
  'OTHER' | 4711 | 6
  'OTHER' | 4711 | 7

call asof_join(l, tied, on => 't', by => 'sym', on_ties => 'error')
fails 'asof_join' 'ACME' '4711'

call asof_join(l, tied, on => 't', by => 'sym', on_ties => 'error', direction => 'forward')
fails 'asof_join' 'ACME' '4711'

call asof_join(l, tied, on => 't', by => 'sym', on_ties => 'error', direction => 'nearest')
fails 'asof_join' 'ACME' '4711'

-- ties that no left row meets are no matter
call asof_join(l, elsewhere, on => 't', by => 'sym', on_ties => 'error')
expect | sym string, t int, t_right int, x int
  'ACME' | 4711 | 4711 | 1

-- tie_break settles it
call asof_join(l, tied, on => 't', by => 'sym', on_ties => 'error', tie_break => 'x')
expect | sym string, t int, t_right int, x int
  'ACME' | 4711 | 4711 | 2

-- so does a condition, which filters before the choice
call asof_join(l, tied, on => 't', by => 'sym', on_ties => 'error', condition => 'right.x = 1')
expect | sym string, t int, t_right int, x int
  'ACME' | 4711 | 4711 | 1
