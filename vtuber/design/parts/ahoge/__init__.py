"""Locks that stand up: one style a file."""
