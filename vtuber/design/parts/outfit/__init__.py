"""Clothes: one style a file."""
