-- Every type of time, to the ends of its range: nothing overflows, and no bound passes through a double.

given long | n int, s bigint, e bigint
  1 | -9223372036854775808 | -9223372036854775807
  2 | 9223372036854775806 | 9223372036854775807
  3 | -9223372036854775808 | 9223372036854775807
  4 | 1608129000134000123 | 1608129000134000124
  5 | 9223372036854775807 | null
given dates | n int, s date, e date
  1 | '2024-01-01' | '2024-02-01'
  2 | '2024-02-01' | '2024-03-01'
  3 | '1969-12-31' | '1970-01-01'
given ntz | n int, s timestamp_ntz, e timestamp_ntz
  1 | '2024-03-31 01:00:00' | '2024-03-31 02:00:00.000001'
  2 | '2024-03-31 02:00:00' | '2024-03-31 03:00:00'
given dec | n int, s decimal(38,2), e decimal(38,2)
  1 | 999999999999999999999999999999999999.98 | 999999999999999999999999999999999999.99
  2 | -999999999999999999999999999999999999.99 | 999999999999999999999999999999999999.99
given small | n int, s tinyint, e tinyint
  1 | -128 | 127
  2 | 127 | null

call interval_join(long, long, start => 's', end => 'e')
then SELECT n, n_right FROM result WHERE n < n_right
expect | n int, n_right int
  1 | 3
  2 | 3
  3 | 4
call interval_join(long, long, start => 's', end => 'e', min_overlap => 9223372036854775807)
then SELECT n, n_right FROM result
expect | n int, n_right int
  3 | 3
  5 | 5
call interval_join(long, long, start => 's', end => 'e', max_gap => 9223372036854775807)
then SELECT n, n_right FROM result WHERE n < n_right
expect | n int, n_right int
  1 | 3
  2 | 3
  2 | 4
  2 | 5
  3 | 4
  3 | 5
  4 | 5
call interval_join(dates, dates, start => 's', end => 'e', closed => 'both')
then SELECT n, n_right FROM result WHERE n < n_right
expect | n int, n_right int
  1 | 2
call interval_join(dates, dates, start => 's', end => 'e', min_overlap => '30 days')
then SELECT n, n_right FROM result
expect | n int, n_right int
  1 | 1
call interval_join(ntz, ntz, start => 's', end => 'e', min_overlap => '1 microsecond')
then SELECT n, n_right FROM result WHERE n < n_right
expect | n int, n_right int
  1 | 2
call interval_join(dec, dec, start => 's', end => 'e', min_overlap => 0.02)
then SELECT n, n_right FROM result
expect | n int, n_right int
  2 | 2
call interval_join(dec, dec, start => 's', end => 'e', min_overlap => 0.01)
then SELECT n, n_right FROM result WHERE n < n_right
expect | n int, n_right int
  1 | 2
call interval_join(small, small, start => 's', end => 'e', max_gap => 0)
then SELECT n, n_right FROM result WHERE n < n_right
expect | n int, n_right int
  1 | 2
