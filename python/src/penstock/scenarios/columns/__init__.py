"""The kinds of columns, a file for each family. A kind is a frozen description that knows its own SQL text."""
