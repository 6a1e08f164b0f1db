"""Penstock: performance-critical Spark transforms, the same call from Scala, SQL, PySpark and Spark Connect."""
