"""Hats: one style a file."""
