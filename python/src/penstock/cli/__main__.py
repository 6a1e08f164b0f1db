"""`python -m penstock.cli`, where the entry point is not on the PATH."""

from .app import main

main()
