"""Headphones: one style a file."""
