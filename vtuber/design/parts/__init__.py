"""The styles of every kind of part: one folder a kind, one file a style."""
