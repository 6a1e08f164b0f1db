-- Bounds saturate at the ends of the type, they never wrap; dates and decimals are measured in their own units.

given l | t bigint
  9223372036854775806
  -9223372036854775808
given r | t bigint, v int
  9223372036854775807 | 1
  -9223372036854775808 | 2
  0 | 4

call window_join(l, r, on => 't', lower => -9223372036854775807L, upper => 9223372036854775807L, aggs => map('s', 'sum(v)'))
expect | t bigint, s bigint
  9223372036854775806 | 5
  -9223372036854775808 | 2

given days | d date
  '2024-03-01'
given seen | d date, v int
  '2024-02-28' | 1
  '2024-02-29' | 2
  '2024-03-02' | 4
call window_join(days, seen, on => 'd', lower => '-1 day', upper => '1 day', aggs => map('s', 'sum(v)'))
expect | d date, s bigint
  '2024-03-01' | 6

given amounts | t decimal(10,2)
  1.00
given paid | t decimal(10,2), v int
  0.90 | 1
  0.89 | 2
call window_join(amounts, paid, on => 't', lower => -0.10, upper => 0, aggs => map('s', 'sum(v)'))
expect | t decimal(10,2), s bigint
  1.00 | 1
