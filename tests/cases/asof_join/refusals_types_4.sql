-- Types that came with Spark 4.0: variants have no equality, and two collations are two types.
-- since: 4.0

given l | v variant, t int, k string
  parse_json('1') | 1 | 'a'
given r | v variant, t int, k string collate UTF8_LCASE
  parse_json('1') | 1 | 'a'

call asof_join(l, r, on => 't', by => 'v')
refuse unsupported-type 'v' 'VARIANT'

call asof_join(l, r, on => 'v')
refuse unsupported-type 'v' 'VARIANT'

call asof_join(l, r, on => 't', tie_break => 'v')
refuse unsupported-type 'v' 'tie_break'

call asof_join(l, r, on => 't', by => 'k')
refuse type-mismatch 'k' 'UTF8_LCASE'
