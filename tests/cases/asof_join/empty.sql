-- Empty sides give the right schema, and every left row still comes out.
-- matrix: codegen aqe state strategy

given l | k int, t date, a string
  1 | '2024-01-01' | 'x'
given none_left | k int, t date, a string
given r | k int, t date, b double
  1 | '2023-12-31' | 1.5
given none_right | k int, t date, b double

call asof_join(none_left, r, on => 't', by => 'k')
expect | k int, t date, a string, t_right date, b double

call asof_join(l, none_right, on => 't', by => 'k')
expect | k int, t date, a string, t_right date, b double
  1 | '2024-01-01' | 'x' | null | null

call asof_join(none_left, none_right, on => 't', by => 'k', direction => 'nearest')
expect | k int, t date, a string, t_right date, b double

call asof_join(l, none_right, on => 't', how => 'inner')
then SELECT count(*) AS n FROM result
expect | n bigint
  0

call asof_join(l, none_right, on => 't', by => 'k', how => 'left_anti')
expect | k int, t date, a string
  1 | '2024-01-01' | 'x'

call asof_join(l, none_right, on => 't', by => 'k', how => 'left_semi')
expect | k int, t date, a string

-- an aggregate over nothing is still one row
call asof_join(none_left, r, on => 't', by => 'k')
then SELECT count(*) AS n, max(b) AS top FROM result
expect | n bigint, top double
  0 | null
