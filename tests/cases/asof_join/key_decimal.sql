-- Decimal keys, small ones and ones wider than a long.
-- matrix: codegen state strategy

given l | k decimal(10,2), t int
  1.50 | 5
  -1.50 | 5
  0 | 5
given r | k decimal(10,2), t int, b int
  1.5 | 1 | 1
  0.00 | 2 | 2

call asof_join(l, r, on => 't', by => 'k')
expect | k decimal(10,2), t int, t_right int, b int
  1.50 | 5 | 1 | 1
  -1.50 | 5 | null | null
  0 | 5 | 2 | 2

given wide | k decimal(38,18), t int
  '12345678901234567890.123456789012345678' | 5
  '12345678901234567890.123456789012345679' | 5
given wide_right | k decimal(38,18), t int
  '12345678901234567890.123456789012345678' | 3

call asof_join(wide, wide_right, on => 't', by => 'k')
expect | k decimal(38,18), t int, t_right int
  '12345678901234567890.123456789012345678' | 5 | 3
  '12345678901234567890.123456789012345679' | 5 | null
