-- What interval_join refuses, and what it says.

given l | k string, s int, e int, t int, d date, x string
  'a' | 1 | 2 | 1 | '2024-01-01' | 'x'
given r | k string, s int, e int, t int, big bigint, m map<string,int>
  'a' | 1 | 2 | 1 | 1 | null
given clash | k string, s int, e int, s_right int
  'a' | 1 | 2 | 3

call interval_join(l, r, by => 'k')
refuse missing-parameter 'the start and the end of the left intervals are missing' 'left_on where that side has points'
call interval_join(l, r, start => 's')
refuse missing-parameter 'the end of the left intervals is missing' 'the end of the right intervals is missing'
call interval_join(l, r, left_start => 's', left_end => 'e')
refuse missing-parameter 'the start and the end of the right intervals are missing'
call interval_join(l, r, left_on => 't', right_on => 't')
refuse conflicting-parameters '''left_on'' is given together with ''right_on''' 'one side at least must have intervals'
call interval_join(l, r, left_on => 't', left_end => 'e', start => 's', end => 'e')
refuse conflicting-parameters '''left_on'' is given together with ''left_end'''
call interval_join(l, r, start => 's', left_start => 's', right_start => 's', end => 'e')
refuse conflicting-parameters '''start'' would speak of no side'
call interval_join(l, r, start => 's', end => 'd')
refuse type-mismatch 'start and end of the left input differ in type: ''s'' is INT, ''d'' is DATE'
call interval_join(l, r, start => 's', end => 'e', right_start => 'big', right_end => 'big')
refuse type-mismatch 'the time columns differ in type: left ''s'' is INT, right ''big'' is BIGINT'
call interval_join(l, r, left_start => 'x', left_end => 'x', start => 's', end => 'e')
refuse unsupported-type 'the time column ''x'' of the left input is of type STRING'
call interval_join(l, r, start => 's', end => 'e', by => 'q', tie_break => 'zz', mult => 'first')
refuse column-not-found 'column ''q'' (parameter by)' 'column ''zz'' (parameter tie_break)'
call interval_join(l, r, left_on => 't', start => 's', end => 'e', kind => 'within')
refuse conflicting-parameters 'kind=''within'' does not go with points (''left_on'')' 'a point in an interval is kind=''overlap'''
call interval_join(l, r, right_on => 't', start => 's', end => 'e', min_overlap => 1)
refuse conflicting-parameters 'min_overlap=1 does not go with points (''right_on'')'
call interval_join(l, r, start => 's', end => 'e', kind => 'equal', max_gap => 1)
refuse conflicting-parameters 'max_gap=1 does not go with kind=''equal''' 'It goes with kind=''overlap'''
call interval_join(l, r, start => 's', end => 'e', min_overlap => 1, max_gap => 1)
refuse conflicting-parameters 'min_overlap=1 does not go with max_gap'
call interval_join(l, r, start => 's', end => 'e', min_overlap => -1)
refuse duration 'parameter ''min_overlap'' must not be negative, got -1'
call interval_join(l, r, start => 's', end => 'e', max_gap => '5 minutes')
refuse duration 'parameter ''max_gap'' must be a whole number on a time column of type INT, got ''5 minutes'''
call interval_join(l, r, start => 's', end => 'e', mult => 'first', how => 'left_semi')
refuse conflicting-parameters 'mult=''first'' has no effect without how=''inner'' or ''left'''
call interval_join(l, r, start => 's', end => 'e', tie_break => 'k')
refuse conflicting-parameters 'tie_break=[''k''] has no effect without mult=''first'' or ''last'''
call interval_join(l, r, start => 's', end => 'e', tie_break => 'm', mult => 'last')
refuse unsupported-type 'column ''m'' (parameter tie_break)'
call interval_join(l, r, start => 's', end => 'e', closed => 'right')
refuse wrong-value 'parameter ''closed'' must be one of ''left'', ''both'', ''neither'', got ''right'''
call interval_join(l, r, start => 's', end => 'e', kind => 'during')
refuse wrong-value 'parameter ''kind'' must be one of ''overlap'''
call interval_join(l, r, start => 's', end => 'e', condition => 'left.s')
refuse wrong-value 'parameter ''condition'''
call interval_join(l, clash, start => 's', end => 'e')
refuse name-clash '''s_right'''
