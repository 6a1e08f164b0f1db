"""A profile: what is true of a table, in numbers that give no value away. Two Spark actions, however wide it is."""
