"""Case files: what a transform must answer, as text, run through every door. The format is in tests/cases/README.md."""
