"""Patterns on cloth: one style a file."""
