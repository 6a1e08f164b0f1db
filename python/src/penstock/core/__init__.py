"""The bottom of the house: sessions, attaching, calling. Only this package knows py4j and Spark Connect."""
