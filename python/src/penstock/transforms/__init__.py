"""One typed function per transform: signature, prose, one call."""

from penstock.transforms.intervals import interval_join
from penstock.transforms.joins import asof_join, window_join

__all__ = ["asof_join", "interval_join", "window_join"]
