"""Rows per second and core that a spec makes, beside Faker in a UDF and NumPy with createDataFrame."""
