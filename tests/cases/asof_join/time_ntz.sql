-- TIMESTAMP_NTZ times: no zone, so an hour that a zone skips is an hour here.
-- conf: spark.sql.session.timeZone=America/New_York

given l | t timestamp_ntz
  '2024-03-10 03:00:00'
given r | t timestamp_ntz, b string
  '2024-03-10 02:30:00' | 'skipped in New York'
  '2024-03-10 01:59:59' | 'before'

call asof_join(l, r, on => 't', tolerance => '30 minutes')
expect | t timestamp_ntz, t_right timestamp_ntz, b string
  '2024-03-10 03:00:00' | '2024-03-10 02:30:00' | 'skipped in New York'

call asof_join(l, r, on => 't', tolerance => '29 minutes 59 seconds')
expect | t timestamp_ntz, t_right timestamp_ntz, b string
  '2024-03-10 03:00:00' | null | null

call asof_join(l, r, on => 't', tolerance => '3601 seconds', condition => 'right.b = ''before''')
expect | t timestamp_ntz, t_right timestamp_ntz, b string
  '2024-03-10 03:00:00' | '2024-03-10 01:59:59' | 'before'
