-- One join's result is the next one's input, left or right.
-- matrix: codegen aqe state strategy

given trades | sym string, t int
  'A' | 10
  'A' | 20
  'B' | 10
given quotes | sym string, t int, bid int
  'A' | 9 | 1
  'A' | 19 | 2
  'B' | 1 | 3
given news | sym string, t int, headline string
  'A' | 15 | 'up'
  'B' | 11 | 'down'

call asof_join(trades, quotes, on => 't', by => 'sym') as quoted
call asof_join(quoted, news, on => 't', by => 'sym', suffixes => array('', '_news'))
expect | sym string, t int, t_right int, bid int, t_news int, headline string
  'A' | 10 | 9 | 1 | null | null
  'A' | 20 | 19 | 2 | 15 | 'up'
  'B' | 10 | 1 | 3 | null | null

call asof_join(quotes, news, on => 't', by => 'sym', direction => 'forward') as informed
call asof_join(trades, informed, on => 't', by => 'sym', suffixes => array('', '_quote'))
expect | sym string, t int, t_quote int, bid int, t_right int, headline string
  'A' | 10 | 9 | 1 | 15 | 'up'
  'A' | 20 | 19 | 2 | null | null
  'B' | 10 | 1 | 3 | 11 | 'down'

-- three deep, on the right time of the step before
call asof_join(trades, quotes, on => 't', by => 'sym') as quoted
call asof_join(quoted, quotes, left_on => 't_right', right_on => 't', by => 'sym', allow_exact_matches => false, suffixes => array('', '_2')) as again
call asof_join(again, news, on => 't', by => 'sym', how => 'left_anti')
expect | sym string, t int, t_right int, bid int, t_2 int, bid_2 int
  'A' | 10 | 9 | 1 | null | null
  'B' | 10 | 1 | 3 | null | null
