"""Halos: one style a file."""
