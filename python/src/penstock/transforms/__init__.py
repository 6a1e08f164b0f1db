"""One typed function per transform: signature, prose, one call."""

from penstock.transforms.joins import asof_join, window_join

__all__ = ["asof_join", "window_join"]
