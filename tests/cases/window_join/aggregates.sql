-- Any aggregate of Spark's, FILTER, and expressions of several; over no rows each gives what it gives on no rows.
-- matrix: codegen aqe ansi state strategy

given l | t int
  5
  50
given r | t int, v int, x double, s string
  1 | 1 | 0.5 | 'a'
  2 | 2 | 'NaN' | 'b'
  4 | 4 | 1.5 | 'b'
  5 | null | null | null

call window_join(l, r, on => 't', lower => -3, upper => 0, aggs => map('n', 'count(*)', 'nn', 'count(v)', 'lo', 'min(s)', 'hi', 'max(v)', 'sd', 'stddev(v)', 'd', 'count(distinct s)', 'f', "sum(v) FILTER (WHERE s = 'b')", 'e', 'max(v) - min(v) + count(*)'))
expect | t int, n bigint, nn bigint, lo string, hi int, sd double, d bigint, f bigint, e bigint
  5 | 3 | 2 | 'b' | 4 | 1.4142135623730951D | 1 | 6 | 5
  50 | 0 | 0 | null | null | null | 0 | null | null

-- NaN enters and leaves
call window_join(l, r, on => 't', windows => map('with', array(-3, 0), 'without', array(-2, 0)), aggs => map('x', 'sum(x)', 'hi', 'max(x)'))
expect | t int, x_with double, hi_with double, x_without double, hi_without double
  5 | 'NaN' | 'NaN' | 1.5 | 1.5
  50 | null | null | null | null

-- what is made anew for each row: lists, percentiles
call window_join(l, r, on => 't', lower => -4, upper => 0, aggs => map('all', 'collect_list(v)', 'set', 'sort_array(collect_set(s))', 'p', 'percentile(v, 0.5)', 'pa', 'percentile_approx(v, 0.5)', 'h', 'approx_count_distinct(s)'))
expect | t int, all array<int>, set array<string>, p double, pa int, h bigint
  5 | array(1, 2, 4) | array('a', 'b') | 2.0 | 2 | 2
  50 | array() | array() | null | null | 0

-- those that Spark writes as others: count_if, median, any_value, try_avg, every, max_by
call window_join(l, r, on => 't', lower => -4, upper => 0, aggs => map('c', 'count_if(v BETWEEN 2 AND 4)', 'm', 'median(v)', 'ta', 'try_avg(v)', 'e', 'every(v > 0)', 'b', 'max_by(s, v)'))
expect | t int, c bigint, m double, ta double, e boolean, b string
  5 | 2 | 2.0 | 2.3333333333333335D | true | 'b'
  50 | 0 | null | null | null | null
