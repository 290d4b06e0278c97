"""Ears, human and other: one style a file."""
