-- TIMESTAMP times are instants: over the hours that a zone skips or repeats, distances are elapsed time.
-- conf: spark.sql.session.timeZone=Europe/London

given l | t timestamp, a string
  '2021-10-31 00:30:00 UTC' | 'first 01:30'
  '2021-10-31 01:30:00 UTC' | 'second 01:30'
  '2021-03-28 01:00:00 UTC' | 'just after the skipped hour'
given r | t timestamp, b string
  '2021-10-31 00:10:00 UTC' | 'first 01:10'
  '2021-10-31 01:10:00 UTC' | 'second 01:10'
  '2021-03-28 00:59:00 UTC' | 'just before'

call asof_join(l, r, on => 't')
then SELECT a, b FROM result
expect | a string, b string
  'first 01:30' | 'first 01:10'
  'second 01:30' | 'second 01:10'
  'just after the skipped hour' | 'just before'

-- one minute by the clock on the wall would be 61
call asof_join(l, r, on => 't', tolerance => '1 minute')
then SELECT a, b FROM result
expect | a string, b string
  'first 01:30' | null
  'second 01:30' | null
  'just after the skipped hour' | 'just before'
