"""The catalogue: what may appear in data over time. `data/` holds it for Python and Scala alike."""
