-- Every other type of key.

given rows | i int, s string, d date, ts timestamp, b boolean, x binary, h smallint, y tinyint, t int
  1 | 'a' | '2024-01-01' | '2024-01-01 00:00:01' | true | X'00FF' | 1 | 1 | 10
  2 | 'A' | '2024-01-02' | '2024-01-01 00:00:02' | false | X'00' | 2 | 2 | 20
view l as SELECT *, t + 1 AS at FROM rows
view r as SELECT *, t AS at, i AS hit FROM rows

call asof_join(l, r, on => 'at', by => 'i')
then SELECT i, hit FROM result
expect | i int, hit int
  1 | 1
  2 | 2

call asof_join(l, r, on => 'at', by => 's', direction => 'nearest')
then SELECT i, hit FROM result
expect | i int, hit int
  1 | 1
  2 | 2

call asof_join(l, r, on => 'at', by => 'd', direction => 'nearest')
then SELECT i, hit FROM result
expect | i int, hit int
  1 | 1
  2 | 2

call asof_join(l, r, on => 'at', by => 'ts', direction => 'nearest')
then SELECT i, hit FROM result
expect | i int, hit int
  1 | 1
  2 | 2

call asof_join(l, r, on => 'at', by => 'b', direction => 'nearest')
then SELECT i, hit FROM result
expect | i int, hit int
  1 | 1
  2 | 2

call asof_join(l, r, on => 'at', by => 'x', direction => 'nearest')
then SELECT i, hit FROM result
expect | i int, hit int
  1 | 1
  2 | 2

call asof_join(l, r, on => 'at', by => array('h', 'y'), direction => 'nearest')
then SELECT i, hit FROM result
expect | i int, hit int
  1 | 1
  2 | 2

-- all of them at once; without suffixed right columns, since every key is paired
call asof_join(l, r, on => 'at', by => array('i', 's', 'd', 'ts', 'b', 'x', 'h', 'y', 't'))
then SELECT i, at_right, hit FROM result
expect | i int, at_right int, hit int
  1 | 10 | 1
  2 | 20 | 2
