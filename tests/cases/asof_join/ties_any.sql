-- on_ties => 'any': one of the tied rows, whole; the rest of the contract holds.

given l | k int, t int
  1 | 5
  2 | 5
given r | k int, t int, x int, y int
  1 | 5 | 1 | 10
  1 | 5 | 2 | 20
  1 | 4 | 3 | 30
  2 | 3 | 4 | 40

call asof_join(l, r, on => 't', by => 'k', on_ties => 'any')
then SELECT k, t_right, y = x * 10 AS whole, x IN (1, 2) AS tied FROM result
expect | k int, t_right int, whole boolean, tied boolean
  1 | 5 | true | true
  2 | 3 | true | false
