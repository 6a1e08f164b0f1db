-- A table joined with itself: the previous row, and the row itself.
-- matrix: aqe state strategy

given l | k int, t int, v string
  1 | 1 | 'a'
  1 | 2 | 'b'
  1 | 4 | 'c'
  2 | 3 | 'd'
view later as SELECT * FROM l WHERE t > 1

call asof_join(l, l, on => 't', by => 'k')
expect | k int, t int, v string, t_right int, v_right string
  1 | 1 | 'a' | 1 | 'a'
  1 | 2 | 'b' | 2 | 'b'
  1 | 4 | 'c' | 4 | 'c'
  2 | 3 | 'd' | 3 | 'd'

call asof_join(l, l, on => 't', by => 'k', allow_exact_matches => false)
expect | k int, t int, v string, t_right int, v_right string
  1 | 1 | 'a' | null | null
  1 | 2 | 'b' | 1 | 'a'
  1 | 4 | 'c' | 2 | 'b'
  2 | 3 | 'd' | null | null

-- a condition must tell the two sides apart
call asof_join(later, l, on => 't', by => 'k', condition => 'left.v <> right.v')
expect | k int, t int, v string, t_right int, v_right string
  1 | 2 | 'b' | 1 | 'a'
  1 | 4 | 'c' | 2 | 'b'
  2 | 3 | 'd' | null | null

-- the result joined with its own input by plain SQL
call asof_join(l, l, on => 't', by => 'k', allow_exact_matches => false, how => 'inner')
then SELECT result.v, l.v AS again FROM result JOIN l ON result.t_right = l.t
expect | v string, again string
  'b' | 'a'
  'c' | 'b'
