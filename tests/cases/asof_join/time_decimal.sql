-- DECIMAL times: exact to the last digit, with whole and decimal tolerances.
-- matrix: codegen ansi strategy

given l | t decimal(38,18)
  '12345678901234567890.000000000000000002'
  '1.5'
given r | t decimal(38,18), b string
  '12345678901234567890.000000000000000001' | 'near'
  '12345678901234567890.000000000000000004' | 'next'
  '0.5' | 'half'

call asof_join(l, r, on => 't', direction => 'nearest')
expect | t decimal(38,18), t_right decimal(38,18), b string
  '12345678901234567890.000000000000000002' | '12345678901234567890.000000000000000001' | 'near'
  '1.5' | '0.5' | 'half'

call asof_join(l, r, on => 't', tolerance => 1)
expect | t decimal(38,18), t_right decimal(38,18), b string
  '12345678901234567890.000000000000000002' | '12345678901234567890.000000000000000001' | 'near'
  '1.5' | '0.5' | 'half'

call asof_join(l, r, on => 't', tolerance => 0.999999999999999999)
expect | t decimal(38,18), t_right decimal(38,18), b string
  '12345678901234567890.000000000000000002' | '12345678901234567890.000000000000000001' | 'near'
  '1.5' | null | null

call asof_join(l, r, on => 't', direction => 'forward', tolerance => 0.000000000000000002)
expect | t decimal(38,18), t_right decimal(38,18), b string
  '12345678901234567890.000000000000000002' | '12345678901234567890.000000000000000004' | 'next'
  '1.5' | null | null

-- both ends of the widest decimal: t + tolerance does not fit the type
given ends | t decimal(38,0)
  '99999999999999999999999999999999999999'
  '-99999999999999999999999999999999999999'
call asof_join(ends, ends, on => 't', tolerance => 5)
expect | t decimal(38,0), t_right decimal(38,0)
  '99999999999999999999999999999999999999' | '99999999999999999999999999999999999999'
  '-99999999999999999999999999999999999999' | '-99999999999999999999999999999999999999'

call asof_join(ends, ends, on => 't', tolerance => 5, direction => 'forward', allow_exact_matches => false)
expect | t decimal(38,0), t_right decimal(38,0)
  '99999999999999999999999999999999999999' | null
  '-99999999999999999999999999999999999999' | null

-- a narrow decimal, held as a long
given cents | t decimal(9,2), b int
  1.00 | 1
  1.01 | 2
  1.03 | 3
call asof_join(cents, cents, on => 't', allow_exact_matches => false, direction => 'nearest', tolerance => 0.01)
expect | t decimal(9,2), b int, t_right decimal(9,2), b_right int
  1.00 | 1 | 1.01 | 2
  1.01 | 2 | 1.00 | 1
  1.03 | 3 | null | null

-- a tolerance finer than the time's own scale is not rounded
call asof_join(cents, cents, on => 't', allow_exact_matches => false, tolerance => 0.019)
expect | t decimal(9,2), b int, t_right decimal(9,2), b_right int
  1.00 | 1 | null | null
  1.01 | 2 | 1.00 | 1
  1.03 | 3 | null | null
