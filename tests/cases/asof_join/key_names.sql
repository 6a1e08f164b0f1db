-- left_by and right_by pair keys by position; a right key of another name stays, one of the same name is not repeated.

given trades | sym string, venue string, t int
  'A' | 'X' | 5
  'B' | 'Y' | 5
given quotes | ticker string, venue string, t int, bid int
  'A' | 'X' | 4 | 1
  'B' | 'X' | 4 | 2

call asof_join(trades, quotes, on => 't', left_by => 'sym', right_by => 'ticker')
expect | sym string, venue string, t int, ticker string, venue_right string, t_right int, bid int
  'A' | 'X' | 5 | 'A' | 'X' | 4 | 1
  'B' | 'Y' | 5 | 'B' | 'X' | 4 | 2

call asof_join(trades, quotes, on => 't', left_by => array('sym', 'venue'), right_by => array('ticker', 'venue'))
expect | sym string, venue string, t int, ticker string, t_right int, bid int
  'A' | 'X' | 5 | 'A' | 4 | 1
  'B' | 'Y' | 5 | null | null | null

-- crossed names: each pairs with the other, so both stay
given crossed | venue string, sym string, t int
  'A' | 'X' | 3
call asof_join(trades, crossed, on => 't', left_by => array('sym', 'venue'), right_by => array('venue', 'sym'))
expect | sym string, venue string, t int, venue_right string, sym_right string, t_right int
  'A' | 'X' | 5 | 'A' | 'X' | 3
  'B' | 'Y' | 5 | null | null | null
