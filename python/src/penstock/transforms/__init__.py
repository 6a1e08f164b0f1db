"""One typed function per transform: signature, prose, one call."""
