"""Lashes: one style a file."""
