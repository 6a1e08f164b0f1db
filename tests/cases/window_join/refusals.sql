-- What window_join refuses, and what it says.

given l | k string, t int, n int
  'a' | 1 | 1
given r | k string, t int, v int, m map<string,int>
  'a' | 1 | 1 | null

call window_join(l, r, on => 't', lower => -1)
refuse missing-parameter 'parameter ''aggs'' is missing'
call window_join(l, r, on => 't', aggs => map('x', 'sum(v)'))
refuse missing-parameter 'neither ''lower'' nor ''upper'' is given' 'windows={'
call window_join(l, r, on => 't', lower => -1, windows => map('a', array(-1, 0)), aggs => map('x', 'sum(v)'))
refuse conflicting-parameters '''windows'' is given together with ''lower'''
call window_join(l, r, on => 't', lower => 1, upper => -1, aggs => map('x', 'sum(v)'))
refuse conflicting-parameters 'from 1 to -1' 'can hold no row'
call window_join(l, r, on => 't', lower => 1, upper => 1, closed => 'left', aggs => map('x', 'sum(v)'))
refuse conflicting-parameters 'with closed=''left'', can hold no row'
call window_join(l, r, on => 't', windows => map('a', array(2, 1)), aggs => map('x', 'sum(v)'))
refuse conflicting-parameters 'windows[''a''], from 2 to 1'
call window_join(l, r, on => 't', upper => 0, include_prevailing => true, aggs => map('x', 'sum(v)'))
refuse conflicting-parameters 'include_prevailing=true has no effect'
call window_join(l, r, on => 't', lower => '5 minutes', aggs => map('x', 'sum(v)'))
refuse duration 'parameter ''lower'' must be a whole number on a time column of type INT, got ''5 minutes'''
call window_join(l, r, on => 't', windows => map('a', array('soon', '1')), aggs => map('x', 'sum(v)'))
refuse duration 'parameter ''windows[''a'']'' must be a whole number' 'got ''soon'''
call window_join(l, r, on => 't', lower => -1, closed => 'all', aggs => map('x', 'sum(v)'))
refuse wrong-value 'parameter ''closed'' must be one of ''both'', ''left'', ''right'', ''neither'', got ''all'''
call window_join(l, r, on => 't', windows => map('a', array(1)), aggs => map('x', 'sum(v)'))
refuse wrong-value 'parameter ''windows'''
call window_join(l, r, on => 't', lower => -1, aggs => 'sum(v)')
refuse wrong-value 'parameter ''aggs'' must be aggregates by name'
call window_join(l, r, on => 't', lower => -1, aggs => map('x', 'sum(w)'))
refuse wrong-value 'got ''x'': ''sum(w)''' 'right has: k, t, v, m.'
call window_join(l, r, on => 't', lower => -1, aggs => map('x', 'v'))
refuse wrong-value 'it reads a column outside an aggregate function'
call window_join(l, r, on => 't', lower => -1, aggs => map('x', '1 + 1'))
refuse wrong-value 'it holds no aggregate function'
call window_join(l, r, on => 't', lower => -1, aggs => map('x', 'sum(distinct v)'))
refuse wrong-value 'DISTINCT goes with count only, not with sum'
call window_join(l, r, on => 't', lower => -1, aggs => map('x', 'sum((SELECT 1))'))
refuse wrong-value 'it holds a subquery'
call window_join(l, r, on => 't', lower => -1, aggs => map('n', 'sum(v)'))
refuse name-clash 'more than one column named ''n''' 'left has: k, t, n.'
call window_join(l, r, on => 't', lower => -1, aggs => map('x', 'sum(v)', 'X', 'count(*)'))
refuse name-clash '''x'', ''X'''
call window_join(l, r, on => 't', lower => -1, tie_break => 'm', aggs => map('x', 'first(v)'))
refuse unsupported-type 'column ''m'' (parameter tie_break)'
call window_join(l, r, on => 't', by => 'q', lower => -1, tie_break => 'zz', aggs => map('x', 'sum(w)'))
refuse column-not-found 'column ''q'' (parameter by)' 'column ''zz'' (parameter tie_break)' '''sum(w)'''
