-- Names that clash take the suffixes, on both sides as given; others stay as they are.

given l | k int, t int, v int, a int
  1 | 5 | 10 | 1
given r | k int, t int, v int, b int
  1 | 4 | 20 | 2

call asof_join(l, r, on => 't', by => 'k')
expect | k int, t int, v int, a int, t_right int, v_right int, b int
  1 | 5 | 10 | 1 | 4 | 20 | 2

call asof_join(l, r, on => 't', by => 'k', suffixes => array('_l', '_r'))
expect | k int, t_l int, v_l int, a int, t_r int, v_r int, b int
  1 | 5 | 10 | 1 | 4 | 20 | 2

call asof_join(l, r, on => 't', by => 'k', suffixes => array('_l', ''))
expect | k int, t_l int, v_l int, a int, t int, v int, b int
  1 | 5 | 10 | 1 | 4 | 20 | 2

-- semi and anti joins have left columns only: nothing clashes
call asof_join(l, r, on => 't', by => 'k', how => 'left_semi', suffixes => array('', ''))
expect | k int, t int, v int, a int
  1 | 5 | 10 | 1

-- without a key, the right k is a column like any other
call asof_join(l, r, on => 't')
then SELECT k, k_right FROM result
expect | k int, k_right int
  1 | 1
