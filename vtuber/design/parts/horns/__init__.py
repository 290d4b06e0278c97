"""Horns: one style a file."""
