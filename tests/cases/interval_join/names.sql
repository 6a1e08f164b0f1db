-- Keys, starts and ends of different names; columns that both sides have take a suffix, keys of one name are said once.

given shifts | site string, began timestamp, ended timestamp, note string
  'A' | '2024-01-01 06:00:00' | '2024-01-01 14:00:00' | 'early'
given alarms | place string, raised timestamp, cleared timestamp, NOTE string
  'A' | '2024-01-01 13:00:00' | null | 'hot'
given stays | site string, start timestamp, end timestamp
  'A' | '2024-01-01 10:00:00' | '2024-01-01 11:00:00'

call interval_join(shifts, alarms, left_start => 'began', left_end => 'ended', right_start => 'raised', right_end => 'cleared', left_by => 'site', right_by => 'place')
expect | site string, began timestamp, ended timestamp, note string, place string, raised timestamp, cleared timestamp, NOTE_right string
  'A' | '2024-01-01 06:00:00' | '2024-01-01 14:00:00' | 'early' | 'A' | '2024-01-01 13:00:00' | null | 'hot'

-- one side says its own, the other one's is start and end
call interval_join(shifts, stays, left_start => 'began', left_end => 'ended', start => 'start', end => 'end', by => 'site')
expect | site string, began timestamp, ended timestamp, note string, start timestamp, end timestamp
  'A' | '2024-01-01 06:00:00' | '2024-01-01 14:00:00' | 'early' | '2024-01-01 10:00:00' | '2024-01-01 11:00:00'
call interval_join(stays, shifts, start => 'START', end => 'END', right_start => 'began', right_end => 'ended', how => 'left_semi')
expect | site string, start timestamp, end timestamp
  'A' | '2024-01-01 10:00:00' | '2024-01-01 11:00:00'
