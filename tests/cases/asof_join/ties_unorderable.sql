-- Columns without an order (maps) decide by their binary form: some order, but the same whatever the order of the input.

given l | t int
  5
given r | t int, m map<string,int>
  5 | map('a', 1)
  5 | map('b', 2)
  5 | map('a', 1, 'c', 3)
view turned as SELECT * FROM r ORDER BY map_values(m) DESC

call asof_join(l, r, on => 't') as one
call asof_join(l, turned, on => 't') as other
query SELECT map_entries(one.m) = map_entries(other.m) AS same FROM one CROSS JOIN other
expect | same boolean
  true

-- an orderable column before the map decides first
given labelled | t int, x int, m map<string,int>
  5 | 1 | map('z', 9)
  5 | 2 | map('a', 1)

call asof_join(l, labelled, on => 't')
expect | t int, t_right int, x int, m map<string,int>
  5 | 5 | 2 | map('a', 1)
