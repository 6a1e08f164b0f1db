-- left_on and right_on: times of two names; neither is suffixed where nothing clashes.

given trades | sym string, traded_at timestamp
  'A' | '2024-01-02 09:00:05'
given quotes | sym string, quoted_at timestamp, bid int
  'A' | '2024-01-02 09:00:04' | 1

call asof_join(trades, quotes, left_on => 'traded_at', right_on => 'quoted_at', by => 'sym')
expect | sym string, traded_at timestamp, quoted_at timestamp, bid int
  'A' | '2024-01-02 09:00:05' | '2024-01-02 09:00:04' | 1

-- one name on both sides is as good as on
view renamed as SELECT sym, quoted_at AS traded_at FROM quotes
call asof_join(trades, renamed, left_on => 'traded_at', right_on => 'traded_at', by => 'sym')
expect | sym string, traded_at timestamp, traded_at_right timestamp
  'A' | '2024-01-02 09:00:05' | '2024-01-02 09:00:04'

-- a column may be key, time and payload of another call at once
given numbers | n int, m int
  1 | 5
  2 | 7
call asof_join(numbers, numbers, left_on => 'm', right_on => 'n', how => 'left')
expect | n int, m int, n_right int, m_right int
  1 | 5 | 2 | 7
  2 | 7 | 2 | 7
