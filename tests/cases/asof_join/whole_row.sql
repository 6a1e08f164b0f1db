-- A matched row is taken whole: its nulls are its values, never filled from an older row.
-- matrix: codegen state strategy

given l | k int, t int
  1 | 10
  2 | 10
given r | k int, t int, x int, y string
  1 | 8 | 1 | 'old'
  1 | 9 | null | null
  2 | 9 | null | 'new'
  2 | 8 | 2 | null

call asof_join(l, r, on => 't', by => 'k')
expect | k int, t int, t_right int, x int, y string
  1 | 10 | 9 | null | null
  2 | 10 | 9 | null | 'new'

-- an all-null match still counts as a match
call asof_join(l, r, on => 't', by => 'k', how => 'inner')
expect | k int, t int, t_right int, x int, y string
  1 | 10 | 9 | null | null
  2 | 10 | 9 | null | 'new'
