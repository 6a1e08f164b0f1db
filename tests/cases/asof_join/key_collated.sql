-- Collated string keys match by their collation, not by their bytes; trailing spaces under an RTRIM collation too.
-- since: 4.0
-- matrix: codegen aqe state strategy

given l | k string collate UTF8_LCASE, t int
  'acme' | 5
  'ACME' | 6
  'other' | 5
given r | k string collate UTF8_LCASE, t int, b int
  'Acme' | 3 | 1
  'aCME' | 5 | 2

call asof_join(l, r, on => 't', by => 'k')
expect | k string collate UTF8_LCASE, t int, t_right int, b int
  'acme' | 5 | 5 | 2
  'ACME' | 6 | 5 | 2
  'other' | 5 | null | null

-- as ICU sees it: ß is not ss
given li | k string collate UNICODE_CI, t int
  'straße' | 5
given ri | k string collate UNICODE_CI, t int, b int
  'STRASSE' | 3 | 1
  'Straße' | 2 | 2

call asof_join(li, ri, on => 't', by => 'k')
expect | k string collate UNICODE_CI, t int, t_right int, b int
  'straße' | 5 | 2 | 2
