-- An interval that ends before it starts fails the run, with its key and its bounds; nothing is silently dropped.

given good | k string, s date, e date
  'ACME' | '2024-01-01' | '2024-02-01'
given bad | k string, s date, e date
  'ACME' | '2024-01-01' | '2024-02-01'
  'ACME' | '2024-03-02' | '2024-03-01'
given nokey | k string, s date, e date
  null | '2024-03-02' | '2024-03-01'

call interval_join(bad, good, start => 's', end => 'e', by => 'k')
fails 'interval_join: an interval of the left input ends before it starts' 'k=ACME, s=2024-03-02, e=2024-03-01' '[penstock.reversed-interval]'
call interval_join(good, bad, start => 's', end => 'e', by => 'k')
fails 'of the right input ends before it starts' 'k=ACME, s=2024-03-02, e=2024-03-01'
call interval_join(good, bad, start => 's', end => 'e', how => 'left_anti', kind => 'within')
fails 'with s=2024-03-02, e=2024-03-01'

-- a key of null keeps a row from the join
call interval_join(nokey, good, start => 's', end => 'e', by => 'k', how => 'left')
expect | k string, s date, e date, s_right date, e_right date
  null | '2024-03-02' | '2024-03-01' | null | null
call interval_join(nokey, nokey, start => 's', end => 'e', by => 'k', nulls_equal => true)
fails 'k=null'
