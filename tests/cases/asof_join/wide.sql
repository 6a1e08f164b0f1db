-- More than 100 columns on each side, past the limit of Spark's code generation.
-- matrix: codegen aqe strategy

given seeds | k int, t int, n int
  1 | 10 | 1000
  2 | 10 | 2000
view l as SELECT k, t,
  n + 1 AS c001, n + 2 AS c002, n + 3 AS c003, n + 4 AS c004, n + 5 AS c005, n + 6 AS c006,
  n + 7 AS c007, n + 8 AS c008, n + 9 AS c009, n + 10 AS c010, n + 11 AS c011, n + 12 AS c012,
  n + 13 AS c013, n + 14 AS c014, n + 15 AS c015, n + 16 AS c016, n + 17 AS c017, n + 18 AS c018,
  n + 19 AS c019, n + 20 AS c020, n + 21 AS c021, n + 22 AS c022, n + 23 AS c023, n + 24 AS c024,
  n + 25 AS c025, n + 26 AS c026, n + 27 AS c027, n + 28 AS c028, n + 29 AS c029, n + 30 AS c030,
  n + 31 AS c031, n + 32 AS c032, n + 33 AS c033, n + 34 AS c034, n + 35 AS c035, n + 36 AS c036,
  n + 37 AS c037, n + 38 AS c038, n + 39 AS c039, n + 40 AS c040, n + 41 AS c041, n + 42 AS c042,
  n + 43 AS c043, n + 44 AS c044, n + 45 AS c045, n + 46 AS c046, n + 47 AS c047, n + 48 AS c048,
  n + 49 AS c049, n + 50 AS c050, n + 51 AS c051, n + 52 AS c052, n + 53 AS c053, n + 54 AS c054,
  n + 55 AS c055, n + 56 AS c056, n + 57 AS c057, n + 58 AS c058, n + 59 AS c059, n + 60 AS c060,
  n + 61 AS c061, n + 62 AS c062, n + 63 AS c063, n + 64 AS c064, n + 65 AS c065, n + 66 AS c066,
  n + 67 AS c067, n + 68 AS c068, n + 69 AS c069, n + 70 AS c070, n + 71 AS c071, n + 72 AS c072,
  n + 73 AS c073, n + 74 AS c074, n + 75 AS c075, n + 76 AS c076, n + 77 AS c077, n + 78 AS c078,
  n + 79 AS c079, n + 80 AS c080, n + 81 AS c081, n + 82 AS c082, n + 83 AS c083, n + 84 AS c084,
  n + 85 AS c085, n + 86 AS c086, n + 87 AS c087, n + 88 AS c088, n + 89 AS c089, n + 90 AS c090,
  n + 91 AS c091, n + 92 AS c092, n + 93 AS c093, n + 94 AS c094, n + 95 AS c095, n + 96 AS c096,
  n + 97 AS c097, n + 98 AS c098, n + 99 AS c099, n + 100 AS c100, n + 101 AS c101, n + 102 AS c102,
  n + 103 AS c103, n + 104 AS c104, n + 105 AS c105, n + 106 AS c106, n + 107 AS c107,
  n + 108 AS c108, n + 109 AS c109, n + 110 AS c110, n + 111 AS c111, n + 112 AS c112,
  n + 113 AS c113, n + 114 AS c114, n + 115 AS c115, n + 116 AS c116, n + 117 AS c117,
  n + 118 AS c118, n + 119 AS c119, n + 120 AS c120
  FROM seeds
view r as SELECT k, t - k AS t, c001 + 0.5D AS d001, c050 AS d050, * EXCEPT (k, t) FROM l

call asof_join(l, r, on => 't', by => 'k')
then SELECT k, t, t_right, c001, c120, d001, d050, c001_right, c120_right FROM result
expect | k int, t int, t_right int, c001 int, c120 int, d001 double, d050 int, c001_right int, c120_right int
  1 | 10 | 9 | 1001 | 1120 | 1001.5 | 1050 | 1001 | 1120
  2 | 10 | 8 | 2001 | 2120 | 2001.5 | 2050 | 2001 | 2120

-- the last column alone
call asof_join(l, r, on => 't', by => 'k')
then SELECT c120_right FROM result
expect | c120_right int
  1120
  2120
