-- Thousands of rows over many partitions and files of input, checked by arithmetic.
-- matrix: codegen aqe state strategy

view ticks as SELECT id % 7 AS k, id AS t, id * 10 AS v FROM range(0, 7000, 1, 5)
view probes as SELECT id % 7 AS k, id + 3 AS t FROM range(0, 7000, 1, 3)

-- key and time of a tick agree mod 7, so the last tick of the key at or before t + 3 is t itself
call asof_join(probes, ticks, on => 't', by => 'k')
then SELECT count(*) AS n, count(v) AS matched, sum(t - t_right) AS stale, sum(v) AS total FROM result
expect | n bigint, matched bigint, stale bigint, total bigint
  7000 | 7000 | 21000 | 244965000

-- the next one is four later, except for the last seven
call asof_join(probes, ticks, on => 't', by => 'k', direction => 'forward')
then SELECT count(*) AS n, count(v) AS matched, sum(t_right - t) AS ahead FROM result
expect | n bigint, matched bigint, ahead bigint
  7000 | 6993 | 27972

-- 3 back is nearer than 4 ahead
call asof_join(probes, ticks, on => 't', by => 'k', direction => 'nearest')
then SELECT count(*) AS n, sum(t - t_right) AS stale FROM result
expect | n bigint, stale bigint
  7000 | 21000

call asof_join(probes, ticks, on => 't', by => 'k', tolerance => 2)
then SELECT count(*) AS n, count(v) AS matched FROM result
expect | n bigint, matched bigint
  7000 | 0

-- one timeline for all; the last three probes are past the end
call asof_join(probes, ticks, on => 't')
then SELECT count(*) AS n, sum(t - t_right) AS stale FROM result
expect | n bigint, stale bigint
  7000 | 6
