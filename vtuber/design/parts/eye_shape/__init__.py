"""Openings of the eye: one style a file."""
