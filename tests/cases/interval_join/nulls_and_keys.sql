-- Null bounds are open, null keys match nothing unless nulls_equal; -0.0 is 0.0 and NaN is NaN, in keys and as times.
-- matrix: codegen state strategy

given l | n int, k double, s double, e double
  1 | 0.0D | null | 0.0D
  2 | 'NaN' | 1.0D | null
  3 | null | 0.0D | 1.0D
  4 | 1.0D | null | null
given r | m int, k double, s double, e double
  1 | -0.0D | '-Infinity' | -0.0D
  2 | 'NaN' | 'NaN' | null
  3 | null | 0.5D | 'NaN'
  4 | -0.0D | 0.0D | 1.0D
  5 | 1.0D | 'Infinity' | 'NaN'

-- NaN is the greatest time, and an open end lies beyond it
call interval_join(l, r, start => 's', end => 'e', by => 'k', how => 'left')
then SELECT n, m FROM result
expect | n int, m int
  1 | 1
  2 | 2
  3 | null
  4 | 5
call interval_join(l, r, start => 's', end => 'e', by => 'k', nulls_equal => true)
then SELECT n, m FROM result
expect | n int, m int
  1 | 1
  2 | 2
  3 | 3
  4 | 5

-- equal bounds are equal as keys are
call interval_join(l, r, start => 's', end => 'e', by => 'k', kind => 'ends', how => 'left')
then SELECT n, m FROM result
expect | n int, m int
  1 | 1
  2 | 2
  3 | null
  4 | null

-- no distance can be measured from NaN
call interval_join(l, r, start => 's', end => 'e', by => 'k', max_gap => 0, nulls_equal => true)
then SELECT n, m FROM result
expect | n int, m int
  1 | 1
  1 | 4
call interval_join(l, r, start => 's', end => 'e', by => 'k', min_overlap => 1, nulls_equal => true)
then SELECT n, m FROM result
expect | n int, m int
  1 | 1
