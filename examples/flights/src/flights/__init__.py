"""Departure delays and the weather: every departure from New York in 2013 beside the observation that held then."""
