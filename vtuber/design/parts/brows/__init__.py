"""Brows: one style a file."""
