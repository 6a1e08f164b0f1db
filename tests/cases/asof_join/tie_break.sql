-- tie_break, ascending, decides between rows of one key and time; what it leaves open, the other columns decide.
-- matrix: codegen aqe ansi state strategy

given l | k int, t int
  1 | 5
  2 | 7
given r | k int, t int, seq int, v string
  1 | 5 | 2 | 'b'
  1 | 5 | 1 | 'z'
  1 | 5 | null | 'zz'
  1 | 4 | 9 | 'old'
  2 | 7 | 1 | 'p'
  2 | 7 | 1 | 'q'

call asof_join(l, r, on => 't', by => 'k', tie_break => 'seq')
expect | k int, t int, t_right int, seq int, v string
  1 | 5 | 5 | 2 | 'b'
  2 | 7 | 7 | 1 | 'q'

-- null is least
call asof_join(l, r, on => 't', by => 'k', tie_break => 'seq', direction => 'forward')
expect | k int, t int, t_right int, seq int, v string
  1 | 5 | 5 | null | 'zz'
  2 | 7 | 7 | 1 | 'p'

-- several columns, in the order given
call asof_join(l, r, on => 't', by => 'k', tie_break => array('v', 'seq'))
expect | k int, t int, t_right int, seq int, v string
  1 | 5 | 5 | null | 'zz'
  2 | 7 | 7 | 1 | 'q'

-- an empty list is as good as none
call asof_join(l, r, on => 't', by => 'k', tie_break => array())
expect | k int, t int, t_right int, seq int, v string
  1 | 5 | 5 | 2 | 'b'
  2 | 7 | 7 | 1 | 'q'
