"""Converts pictures: alpha, colour, metrics. Knows nothing of avatars, windows or files."""
