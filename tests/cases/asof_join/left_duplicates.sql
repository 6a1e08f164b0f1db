-- Exactly one row out per left row: identical left rows stay as many as they were.
-- matrix: codegen aqe state strategy

given l | k int, t int
  1 | 5
  1 | 5
  1 | 5
  2 | 5
  2 | 5
given r | k int, t int, b int
  1 | 4 | 40
  1 | 4 | 41
  1 | 3 | 30

call asof_join(l, r, on => 't', by => 'k')
expect | k int, t int, t_right int, b int
  1 | 5 | 4 | 41
  1 | 5 | 4 | 41
  1 | 5 | 4 | 41
  2 | 5 | null | null
  2 | 5 | null | null

-- forward and nearest hold left rows back until the right row comes
call asof_join(r, l, on => 't', by => 'k', direction => 'forward')
expect | k int, t int, b int, t_right int
  1 | 4 | 40 | 5
  1 | 4 | 41 | 5
  1 | 3 | 30 | 5
