-- Ties under nearest: rows at or before the left time give their last, rows after it their first.

given l | k int, t int
  1 | 10
  2 | 10
  3 | 10
given r | k int, t int, seq int
  1 | 8 | 1
  1 | 8 | 2
  1 | 13 | 3
  2 | 1 | 4
  2 | 12 | 6
  2 | 12 | 5
  3 | 10 | 7
  3 | 10 | 8

call asof_join(l, r, on => 't', by => 'k', direction => 'nearest', tie_break => 'seq')
expect | k int, t int, t_right int, seq int
  1 | 10 | 8 | 2
  2 | 10 | 12 | 5
  3 | 10 | 10 | 8

-- the nearest time is chosen before its ties: 8 and 12 are equally near
given both | k int, t int, seq int
  1 | 8 | 1
  1 | 8 | 2
  1 | 12 | 3
  1 | 12 | 4

call asof_join(l, both, on => 't', by => 'k', direction => 'nearest', how => 'inner')
expect | k int, t int, t_right int, seq int
  1 | 10 | 8 | 2

call asof_join(l, both, on => 't', by => 'k', direction => 'nearest', nearest_tie => 'later', how => 'inner')
expect | k int, t int, t_right int, seq int
  1 | 10 | 12 | 3
