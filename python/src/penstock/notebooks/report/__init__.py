"""The report of a run: one HTML file that needs nothing else, and asks the network for nothing."""

from penstock.notebooks.report.write import write_report

__all__ = ["write_report"]
