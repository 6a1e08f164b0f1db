-- Payload of maps, structs, arrays, binary, intervals and decimals comes through unchanged, from both sides.
-- matrix: codegen aqe state strategy

given l | t int, m map<string,array<int>>, s struct<a:int,b:struct<c:string>>
  5 | map('x', array(1, null)) | named_struct('a', 1, 'b', named_struct('c', 'deep'))
  6 | null | null
given r | t int, m map<int,string>, xs array<struct<d:double>>, bin binary, d decimal(38,10), i interval day to second, b boolean
  4 | map(1, null) | array(named_struct('d', double('NaN')), null) | X'00FF' | '-1234567890123456789.0123456789' | INTERVAL '1 02:03:04.000005' DAY TO SECOND | true
  6 | null | array() | null | null | null | null

call asof_join(l, r, on => 't')
expect | t int, m map<string,array<int>>, s struct<a:int,b:struct<c:string>>, t_right int, m_right map<int,string>, xs array<struct<d:double>>, bin binary, d decimal(38,10), i interval day to second, b boolean
  5 | map('x', array(1, null)) | named_struct('a', 1, 'b', named_struct('c', 'deep')) | 4 | map(1, null) | array(named_struct('d', double('NaN')), null) | X'00FF' | '-1234567890123456789.0123456789' | INTERVAL '1 02:03:04.000005' DAY TO SECOND | true
  6 | null | null | 6 | null | array() | null | null | null | null

-- fields of nested columns above, and in the condition
call asof_join(l, r, on => 't', condition => 'right.m[1] IS NULL AND size(right.xs) = 2')
then SELECT t, s.b.c AS c, xs[0].d AS d FROM result
expect | t int, c string, d double
  5 | 'deep' | 'NaN'
  6 | null | 'NaN'
