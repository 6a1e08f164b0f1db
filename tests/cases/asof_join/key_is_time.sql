-- One column may be key and time at once: only equal times can match.

given l | t int, a int
  1 | 10
  2 | 20
given r | t int, b int
  1 | 100
  1 | 101
  3 | 300

-- the paired key of one name is not repeated, so the right time is the key
call asof_join(l, r, on => 't', by => 't', how => 'inner')
then SELECT a, b FROM result
expect | a int, b int
  10 | 101
