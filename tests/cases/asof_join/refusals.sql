-- What asof_join refuses, one line of the table per mistake: the code, and what the message must name.

given trades | sym string, venue string, ts timestamp, qty int, note string, ok boolean, price decimal(10,2), m map<string,int>
  'A' | 'X' | '2024-01-02 09:00:00' | 1 | 'n' | true | 1.0 | map('a', 1)
given quotes | sym string, venue string, ts timestamp, bid double, seq int, m map<string,int>
  'A' | 'X' | '2024-01-02 09:00:00' | 1.0 | 1 | map('a', 1)
given other | sym int, ticker string, ts timestamp_ntz, day date, n int, big bigint, ts_right timestamp, price decimal(12,2), x double
  1 | 'A' | '2024-01-02 09:00:00' | '2024-01-02' | 1 | 1 | '2024-01-02 09:00:00' | 1.0 | 1.0
given days | sym string, d date, s smallint, n int, b bigint, x double, dec decimal(10,2)
  'A' | '2024-01-02' | 1 | 1 | 1 | 1.0 | 1.0
stream ticks

-- a column that is not there; the nearest name is offered
call asof_join(trades, quotes, on => 'tss', by => 'sym')
refuse column-not-found 'asof_join' '''tss''' 'parameter on' 'left has: sym, venue, ts'

call asof_join(trades, quotes, on => 'ts', by => 'symb')
refuse column-not-found '''symb''' 'parameter by' 'Did you mean'

-- only one side lacks it
call asof_join(trades, quotes, on => 'qty', by => 'sym')
refuse column-not-found '''qty''' 'right'

call asof_join(trades, quotes, left_on => 'when', right_on => 'ts')
refuse column-not-found '''when''' 'left_on' 'left has'

call asof_join(trades, quotes, left_on => 'ts', right_on => 'when')
refuse column-not-found '''when''' 'right_on' 'right has'

call asof_join(trades, quotes, on => 'ts', left_by => 'who', right_by => 'sym')
refuse column-not-found '''who''' 'left_by'

call asof_join(trades, quotes, on => 'ts', left_by => 'sym', right_by => array('who'))
refuse column-not-found '''who''' 'right_by'

-- tie_break names right columns
call asof_join(trades, quotes, on => 'ts', by => 'sym', tie_break => 'qty')
refuse column-not-found '''qty''' 'tie_break' 'right'

call asof_join(trades, quotes, on => 'ts', by => 'sym', tie_break => array('seq', 'sequence'))
refuse column-not-found '''sequence''' 'tie_break'

-- a name is not a path and not an expression
call asof_join(trades, quotes, on => 'ts', by => 'trades.sym')
refuse column-not-found '''trades.sym'''

call asof_join(trades, quotes, on => 'ts', by => 'upper(sym)')
refuse column-not-found '''upper(sym)'''

-- a condition names columns too
call asof_join(trades, quotes, on => 'ts', by => 'sym', condition => 'right.ask > 0')
refuse wrong-value 'condition' '`right`.`ask`' '`right`.`bid`'

call asof_join(trades, quotes, on => 'ts', by => 'sym', condition => 'left.bid > 0')
refuse wrong-value 'condition' '`left`.`bid`'

-- everything wrong is said at once
call asof_join(trades, quotes, on => 'tss', by => 'symb', direction => 'sideways')
refuse wrong-value 'direction' '''sideways'''

call asof_join(trades, quotes, on => 'tss', by => 'symb')
refuse column-not-found '''tss''' '''symb'''

-- a name that two columns have
call asof_join((SELECT ts, ts, sym FROM trades), quotes, on => 'ts', by => 'sym')
refuse column-ambiguous '''ts''' 'left'

call asof_join(trades, (SELECT sym, SYM, ts FROM quotes), on => 'ts', by => 'sym')
refuse column-ambiguous '''sym''' 'right'

-- a bare name in the condition that both sides have
call asof_join(trades, quotes, on => 'ts', by => 'sym', condition => 'venue = ''X''')
refuse wrong-value 'condition' '`left`.`venue`' '`right`.`venue`'

-- no parameter of that name; the nearest is offered
call asof_join(trades, quotes, on => 'ts', by => 'sym', tolerence => '5 minutes')
refuse unknown-parameter '''tolerence''' 'tolerance'

call asof_join(trades, quotes, on => 'ts', strategy => 'merge')
refuse unknown-parameter '''strategy''' 'It has'

-- no time
call asof_join(trades, quotes, by => 'sym')
refuse missing-parameter '''on'''

call asof_join(trades, quotes, left_on => 'ts', by => 'sym')
refuse missing-parameter 'right_on'

call asof_join(trades, quotes, right_on => 'ts', by => 'sym')
refuse missing-parameter 'left_on'

call asof_join(trades, quotes, on => 'ts', left_by => 'sym')
refuse missing-parameter '''left_by'' is given' 'Give both'

call asof_join(trades, quotes, on => 'ts', right_by => 'sym')
refuse missing-parameter '''right_by'' is given' 'Give both'

-- two ways to say the same
call asof_join(trades, quotes, on => 'ts', left_on => 'ts', right_on => 'ts')
refuse conflicting-parameters 'on' 'left_on'

call asof_join(trades, quotes, on => 'ts', by => 'sym', left_by => 'sym', right_by => 'sym')
refuse conflicting-parameters 'by' 'left_by'

-- keys pair by position
call asof_join(trades, quotes, on => 'ts', left_by => array('sym', 'venue'), right_by => 'sym')
refuse conflicting-parameters 'left_by' 'right_by'

-- an option that could not have any effect
call asof_join(trades, quotes, on => 'ts', by => 'sym', nearest_tie => 'later')
refuse conflicting-parameters 'nearest_tie' 'direction'

-- with tie_break nothing more is read than the query keeps, so there is nothing for 'any' to save
call asof_join(trades, quotes, on => 'ts', by => 'sym', tie_break => 'seq', on_ties => 'any')
refuse conflicting-parameters 'tie_break' 'on_ties'

-- a word that is none of the choices
call asof_join(trades, quotes, on => 'ts', by => 'sym', direction => 'sideways')
refuse wrong-value 'direction' '''sideways''' 'one of'

call asof_join(trades, quotes, on => 'ts', by => 'sym', nearest_tie => 'latest')
refuse wrong-value 'nearest_tie' '''latest''' 'one of'

call asof_join(trades, quotes, on => 'ts', by => 'sym', how => 'right')
refuse wrong-value 'how' '''right''' 'one of'

call asof_join(trades, quotes, on => 'ts', by => 'sym', on_ties => 'first')
refuse wrong-value 'on_ties' '''first''' 'one of'

call asof_join(trades, quotes, on => 'ts', by => 'sym', direction => 'backwards')
refuse wrong-value '''backwards''' 'Did you mean'

call asof_join(trades, quotes, on => 'ts', by => 'sym', direction => 1)
refuse wrong-value 'direction'

-- a value of the wrong type
call asof_join(trades, quotes, on => 'ts', by => 'sym', allow_exact_matches => 'yes')
refuse wrong-value 'allow_exact_matches' 'true or false'

call asof_join(trades, quotes, on => 'ts', by => 'sym', skip_nulls => 1)
refuse wrong-value 'skip_nulls'

call asof_join(trades, quotes, on => 'ts', by => 'sym', nulls_equal => 'true')
refuse wrong-value 'nulls_equal'

call asof_join(trades, quotes, on => 1)
refuse wrong-value '''on''' 'the name of a column'

call asof_join(trades, quotes, on => 'ts', by => 1)
refuse wrong-value '''by'''

call asof_join(trades, quotes, on => array('ts', 'qty'))
refuse wrong-value '''on'''

call asof_join(trades, quotes, on => 'ts', by => 'sym', condition => true)
refuse wrong-value 'condition'

call asof_join(trades, quotes, on => 'ts', by => 'sym', tolerance => true)
refuse wrong-value 'tolerance'

call asof_join(trades, quotes, on => 'ts', by => 'sym', suffixes => '_r')
refuse wrong-value 'suffixes'

call asof_join(trades, quotes, on => 'ts', by => 'sym', suffixes => array('_a', '_b', '_c'))
refuse wrong-value 'suffixes'

-- a condition that is no expression
call asof_join(trades, quotes, on => 'ts', by => 'sym', condition => 'right.bid >')
refuse wrong-value 'condition' 'right.bid >'

-- a condition that is not true or false
call asof_join(trades, quotes, on => 'ts', by => 'sym', condition => 'right.bid + 1')
refuse wrong-value 'condition' 'DOUBLE'

-- times of two types: the cast is spelt
call asof_join(trades, other, on => 'ts')
refuse type-mismatch 'TIMESTAMP' 'TIMESTAMP_NTZ' 'CAST'

call asof_join(trades, other, left_on => 'ts', right_on => 'day')
refuse type-mismatch 'TIMESTAMP' 'DATE'

call asof_join(other, other, left_on => 'n', right_on => 'big')
refuse type-mismatch 'INT' 'BIGINT' 'CAST(n AS BIGINT)'

call asof_join(other, days, left_on => 'price', right_on => 'dec')
refuse type-mismatch 'DECIMAL(12,2)' 'DECIMAL(10,2)' 'CAST(dec AS DECIMAL(12,2))'

-- keys of two types
call asof_join(trades, other, left_on => 'ts', right_on => 'ts_right', by => 'sym')
refuse type-mismatch '''sym''' 'STRING' 'INT' 'CAST'

call asof_join(trades, other, left_on => 'ts', right_on => 'ts_right', by => 'price')
refuse type-mismatch 'DECIMAL(10,2)' 'DECIMAL(12,2)' 'CAST(price AS DECIMAL(12,2))'

call asof_join(trades, other, left_on => 'ts', right_on => 'ts_right', left_by => 'qty', right_by => 'big')
refuse type-mismatch 'INT' 'BIGINT' 'CAST(qty AS BIGINT)'

-- no order in time
call asof_join(trades, quotes, on => 'sym')
refuse unsupported-type '''sym''' 'STRING'

call asof_join(trades, trades, on => 'ok')
refuse unsupported-type '''ok''' 'BOOLEAN'

call asof_join(trades, quotes, on => 'm')
refuse unsupported-type '''m''' 'MAP'

-- keys without equality
call asof_join(trades, quotes, on => 'ts', by => 'm')
refuse unsupported-type '''m''' 'MAP'

-- ties without an order
call asof_join(trades, quotes, on => 'ts', by => 'sym', tie_break => 'm')
refuse unsupported-type '''m''' 'tie_break'

-- not a duration
call asof_join(trades, quotes, on => 'ts', by => 'sym', tolerance => 'soon')
refuse duration 'tolerance' '''soon'''

call asof_join(trades, quotes, on => 'ts', by => 'sym', tolerance => '')
refuse duration 'tolerance'

-- months have no length
call asof_join(trades, quotes, on => 'ts', by => 'sym', tolerance => '1 month')
refuse duration 'tolerance' '''1 month'''

call asof_join(trades, quotes, on => 'ts', by => 'sym', tolerance => 'P1Y')
refuse duration 'tolerance'

-- negative
call asof_join(trades, quotes, on => 'ts', by => 'sym', tolerance => '-5 minutes')
refuse duration 'tolerance' '-5 minutes' 'negative'

call asof_join(trades, quotes, on => 'ts', by => 'sym', tolerance => INTERVAL '-1' SECOND)
refuse duration 'tolerance' 'negative'

call asof_join(days, days, on => 'n', tolerance => -1)
refuse duration 'tolerance' '-1' 'negative'

call asof_join(days, days, on => 'dec', tolerance => -0.01)
refuse duration 'tolerance' 'negative'

call asof_join(days, days, on => 'x', tolerance => -0.5D)
refuse duration 'tolerance' 'negative'

-- a number on a time, a duration on a number
call asof_join(trades, quotes, on => 'ts', by => 'sym', tolerance => 5)
refuse duration 'tolerance' '5'

call asof_join(trades, quotes, on => 'ts', by => 'sym', tolerance => 1.5D)
refuse duration 'tolerance'

call asof_join(days, days, on => 'n', tolerance => '5 minutes')
refuse duration 'tolerance' '''5 minutes'''

call asof_join(days, days, on => 'b', tolerance => INTERVAL '1' SECOND)
refuse duration 'tolerance'

call asof_join(days, days, on => 's', tolerance => 1.5)
refuse duration 'tolerance' '1.5'

call asof_join(days, days, on => 'n', tolerance => 1.0D)
refuse duration 'tolerance'

-- a float is not exact enough for a decimal
call asof_join(days, days, on => 'dec', tolerance => 0.5D)
refuse duration 'tolerance'

call asof_join(days, days, on => 'dec', tolerance => '1 day')
refuse duration 'tolerance'

call asof_join(days, days, on => 'x', tolerance => '1 day')
refuse duration 'tolerance'

call asof_join(days, days, on => 'x', tolerance => CAST('NaN' AS double))
refuse duration 'tolerance'

-- dates take whole days
call asof_join(days, days, on => 'd', tolerance => '5 hours')
refuse duration 'tolerance' '''5 hours''' 'day'

call asof_join(days, days, on => 'd', tolerance => INTERVAL '1 01' DAY TO HOUR)
refuse duration 'tolerance' 'day'

call asof_join(days, days, on => 'd', tolerance => 1)
refuse duration 'tolerance'

-- a clash that the suffixes leave
call asof_join(trades, quotes, on => 'ts', by => 'sym', suffixes => array('', ''))
refuse name-clash 'ts' 'suffixes'

call asof_join(trades, quotes, on => 'ts', by => 'sym', suffixes => array('_x', '_x'))
refuse name-clash 'ts_x'

call asof_join((SELECT sym, ts, 1 AS ts_right FROM trades), quotes, on => 'ts', by => 'sym')
refuse name-clash 'ts_right'

-- case alone is no difference
call asof_join((SELECT sym, ts, 1 AS TS_RIGHT FROM trades), quotes, on => 'ts', by => 'sym')
refuse name-clash 'TS_RIGHT' 'suffixes'

-- a stream on either side
call asof_join(ticks, ticks, on => 'timestamp')
refuse streaming 'left' 'stream'

call asof_join((SELECT ts AS timestamp FROM trades), ticks, on => 'timestamp')
refuse streaming 'right'
