"""Moving code out of notebooks into the package, and renaming it, with proof that nothing changed."""
