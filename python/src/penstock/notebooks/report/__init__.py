"""The report of a run: one HTML file that needs nothing else, and asks the network for nothing."""
