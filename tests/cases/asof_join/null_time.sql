-- A left row with a null time is kept, unmatched; a null time on the right never matches.
-- matrix: codegen aqe ansi state strategy

given l | k int, t timestamp, a int
  1 | null | 1
  1 | '2024-01-02 00:00:05' | 2
  2 | null | 3
  null | null | 4
given r | k int, t timestamp, b int
  1 | null | 10
  1 | '2024-01-02 00:00:01' | 11
  2 | null | 12

call asof_join(l, r, on => 't', by => 'k')
expect | k int, t timestamp, a int, t_right timestamp, b int
  1 | null | 1 | null | null
  1 | '2024-01-02 00:00:05' | 2 | '2024-01-02 00:00:01' | 11
  2 | null | 3 | null | null
  null | null | 4 | null | null

call asof_join(l, r, on => 't', by => 'k', direction => 'forward', nulls_equal => true)
expect | k int, t timestamp, a int, t_right timestamp, b int
  1 | null | 1 | null | null
  1 | '2024-01-02 00:00:05' | 2 | null | null
  2 | null | 3 | null | null
  null | null | 4 | null | null

call asof_join(l, r, on => 't', by => 'k', direction => 'nearest')
expect | k int, t timestamp, a int, t_right timestamp, b int
  1 | null | 1 | null | null
  1 | '2024-01-02 00:00:05' | 2 | '2024-01-02 00:00:01' | 11
  2 | null | 3 | null | null
  null | null | 4 | null | null

-- anti keeps them, semi and inner do not
call asof_join(l, r, on => 't', by => 'k', how => 'left_anti')
then SELECT a FROM result
expect | a int
  1
  3
  4
