-- DATE times: tolerances are whole days.
-- matrix: codegen ansi strategy

given l | t date
  '2024-03-01'
  '1969-12-31'
given r | t date, b string
  '2024-02-28' | 'february'
  '2024-03-03' | 'march'
  '1969-12-30' | 'sixties'

call asof_join(l, r, on => 't')
expect | t date, t_right date, b string
  '2024-03-01' | '2024-02-28' | 'february'
  '1969-12-31' | '1969-12-30' | 'sixties'

-- 2024 has a 29th of February: two days each way
call asof_join(l, r, on => 't', direction => 'nearest')
expect | t date, t_right date, b string
  '2024-03-01' | '2024-02-28' | 'february'
  '1969-12-31' | '1969-12-30' | 'sixties'

call asof_join(l, r, on => 't', direction => 'nearest', nearest_tie => 'later', tolerance => '2 days')
expect | t date, t_right date, b string
  '2024-03-01' | '2024-03-03' | 'march'
  '1969-12-31' | '1969-12-30' | 'sixties'

call asof_join(l, r, on => 't', tolerance => INTERVAL '1' DAY)
expect | t date, t_right date, b string
  '2024-03-01' | null | null
  '1969-12-31' | '1969-12-30' | 'sixties'

call asof_join(l, r, on => 't', tolerance => 'P1D')
expect | t date, t_right date, b string
  '2024-03-01' | null | null
  '1969-12-31' | '1969-12-30' | 'sixties'

-- 48 hours are whole days
call asof_join(l, r, on => 't', tolerance => '48 hours')
expect | t date, t_right date, b string
  '2024-03-01' | '2024-02-28' | 'february'
  '1969-12-31' | '1969-12-30' | 'sixties'
