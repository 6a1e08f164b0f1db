-- TINYINT, SMALLINT and INT times; a tolerance wider than the type is a tolerance like any other.

given ints | t int, v string
  -2147483648 | 'min'
  2147483647 | 'max'
  5 | 'five'
view shorts as SELECT CAST(greatest(-32768, least(32767, t)) AS smallint) AS t, v FROM ints
view bytes as SELECT CAST(greatest(-128, least(127, t)) AS tinyint) AS t, v FROM ints

call asof_join(ints, ints, on => 't', allow_exact_matches => false)
expect | t int, v string, t_right int, v_right string
  -2147483648 | 'min' | null | null
  5 | 'five' | -2147483648 | 'min'
  2147483647 | 'max' | 5 | 'five'

call asof_join(ints, ints, on => 't', allow_exact_matches => false, tolerance => 2147483642)
then SELECT v, v_right FROM result
expect | v string, v_right string
  'min' | null
  'five' | null
  'max' | 'five'

call asof_join(shorts, shorts, on => 't', allow_exact_matches => false, tolerance => 32773)
then SELECT v, v_right FROM result
expect | v string, v_right string
  'min' | null
  'five' | 'min'
  'max' | 'five'

call asof_join(shorts, shorts, on => 't', allow_exact_matches => false, tolerance => 32772, direction => 'nearest')
then SELECT v, v_right FROM result
expect | v string, v_right string
  'min' | null
  'five' | 'max'
  'max' | 'five'

call asof_join(bytes, bytes, on => 't', allow_exact_matches => false, tolerance => 1000, direction => 'forward')
expect | t tinyint, v string, t_right tinyint, v_right string
  -128 | 'min' | 5 | 'five'
  5 | 'five' | 127 | 'max'
  127 | 'max' | null | null
