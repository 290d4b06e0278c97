"""Noses: one style a file."""
