"""25 planted mistakes, and who finds them: Penstock's quick set, Hypothesis with pandas frames, the development data."""
