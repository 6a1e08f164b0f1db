"""From a failing case to the smallest frame that fails: scenarios, keys, rows, cells; one Spark action a round."""
