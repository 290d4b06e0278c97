"""Glasses: one style a file."""
