"""Irises: one style a file."""
