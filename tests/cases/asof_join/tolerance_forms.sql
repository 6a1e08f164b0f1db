-- The ways to write a duration on a TIMESTAMP: text, ISO-8601, a day-time interval.

given l | ts timestamp
  '2024-01-02 09:05:00'
given r | ts timestamp, b string
  '2024-01-02 09:00:00' | 'x'

call asof_join(l, r, on => 'ts', tolerance => '5 minutes')
then SELECT b FROM result
expect | b string
  'x'

call asof_join(l, r, on => 'ts', tolerance => '4 minutes 59 seconds')
then SELECT b FROM result
expect | b string
  null

call asof_join(l, r, on => 'ts', tolerance => 'PT5M')
then SELECT b FROM result
expect | b string
  'x'

call asof_join(l, r, on => 'ts', tolerance => 'PT4M59.999999S')
then SELECT b FROM result
expect | b string
  null

call asof_join(l, r, on => 'ts', tolerance => INTERVAL '5' MINUTE)
then SELECT b FROM result
expect | b string
  'x'

call asof_join(l, r, on => 'ts', tolerance => INTERVAL '0 00:04:59.999999' DAY TO SECOND)
then SELECT b FROM result
expect | b string
  null

call asof_join(l, r, on => 'ts', tolerance => '300000000 microseconds')
then SELECT b FROM result
expect | b string
  'x'

call asof_join(l, r, on => 'ts', tolerance => '1 day')
then SELECT b FROM result
expect | b string
  'x'
