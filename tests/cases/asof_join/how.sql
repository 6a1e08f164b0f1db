-- how: left keeps every left row, inner the matched ones, left_semi and left_anti only left columns.
-- matrix: codegen aqe ansi state strategy

given l | k string, t int, a int
  'A' | 1 | 1
  'A' | 5 | 2
  'A' | 5 | 2
  'B' | 5 | 3
  null | 5 | 4
  'A' | null | 5
given r | k string, t int, b int
  'A' | 2 | 20
  'A' | 3 | 30
  null | 1 | 40

call asof_join(l, r, on => 't', by => 'k', how => 'left')
expect | k string, t int, a int, t_right int, b int
  'A' | 1 | 1 | null | null
  'A' | 5 | 2 | 3 | 30
  'A' | 5 | 2 | 3 | 30
  'B' | 5 | 3 | null | null
  null | 5 | 4 | null | null
  'A' | null | 5 | null | null

call asof_join(l, r, on => 't', by => 'k', how => 'inner')
expect | k string, t int, a int, t_right int, b int
  'A' | 5 | 2 | 3 | 30
  'A' | 5 | 2 | 3 | 30

call asof_join(l, r, on => 't', by => 'k', how => 'left_semi')
expect | k string, t int, a int
  'A' | 5 | 2
  'A' | 5 | 2

call asof_join(l, r, on => 't', by => 'k', how => 'left_anti')
expect | k string, t int, a int
  'A' | 1 | 1
  'B' | 5 | 3
  null | 5 | 4
  'A' | null | 5

-- a tolerance and a condition decide about existence too
call asof_join(l, r, on => 't', by => 'k', how => 'left_semi', tolerance => 2, condition => 'right.b < 30')
expect | k string, t int, a int

call asof_join(l, r, on => 't', by => 'k', how => 'left_semi', tolerance => 3, condition => 'right.b < 30')
expect | k string, t int, a int
  'A' | 5 | 2
  'A' | 5 | 2
