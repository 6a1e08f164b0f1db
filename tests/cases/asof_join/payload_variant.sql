-- Variant payload on both sides; tied variants decide by their binary form, whatever the order of the input.
-- since: 4.0

given l | t int, v variant
  5 | parse_json('{"a": [1, null]}')
given r | t int, v variant
  4 | parse_json('{"b": 1.5}')
  3 | null

call asof_join(l, r, on => 't')
then SELECT t, to_json(v) AS v, t_right, to_json(v_right) AS w FROM result
expect | t int, v string, t_right int, w string
  5 | '{"a":[1,null]}' | 4 | '{"b":1.5}'

given tied | t int, v variant
  4 | parse_json('1')
  4 | parse_json('"one"')
  4 | parse_json('[1]')
view turned as SELECT * FROM tied ORDER BY to_json(v) DESC
call asof_join(l, tied, on => 't') as one
call asof_join(l, turned, on => 't') as other
query SELECT to_json(one.v_right) = to_json(other.v_right) AS same FROM one CROSS JOIN other
expect | same boolean
  true
