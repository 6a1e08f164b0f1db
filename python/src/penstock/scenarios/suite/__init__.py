"""A transform over scenarios: what is run (`case`), where (`environment`), how (`execute`), and what came of it."""
