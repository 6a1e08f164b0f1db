-- Struct and array keys, with -0.0, NaN and null inside.
-- matrix: codegen aqe state strategy

given l | k struct<a:double,b:string>, t int
  named_struct('a', 0.0D, 'b', 'x') | 5
  named_struct('a', double('NaN'), 'b', 'x') | 5
  named_struct('a', 1.0D, 'b', null) | 5
  null | 5
given r | k struct<a:double,b:string>, t int, c int
  named_struct('a', -0.0D, 'b', 'x') | 4 | 1
  named_struct('a', double('NaN'), 'b', 'x') | 4 | 2
  named_struct('a', 1.0D, 'b', null) | 4 | 3
  null | 4 | 4
view la as SELECT array(k.a, 7.0D) AS k, t FROM l
view ra as SELECT array(k.a, 7.0D) AS k, t, c FROM r

-- a null inside a struct is a value like any other, as in Spark's own equality; a null struct is a null key
call asof_join(l, r, on => 't', by => 'k')
then SELECT k.a AS a, c FROM result
expect | a double, c int
  0.0 | 1
  'NaN' | 2
  1.0 | 3
  null | null

call asof_join(l, r, on => 't', by => 'k', nulls_equal => true)
then SELECT k.a AS a, c FROM result
expect | a double, c int
  0.0 | 1
  'NaN' | 2
  1.0 | 3
  null | 4

call asof_join(la, ra, on => 't', by => 'k')
then SELECT k[0] AS a, c FROM result
expect | a double, c int
  0.0 | 1
  'NaN' | 2
  1.0 | 3
  null | 4
