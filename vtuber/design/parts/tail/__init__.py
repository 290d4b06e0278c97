"""Tails: one style a file."""
