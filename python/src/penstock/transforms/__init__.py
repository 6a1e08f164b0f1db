"""One typed function per transform: signature, prose, one call."""

from penstock.transforms.joins import asof_join

__all__ = ["asof_join"]
