"""Converts pictures: alpha, colour, views. Knows nothing of avatars, windows or files."""
