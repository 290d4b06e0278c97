"""Ribbons and pins: one style a file."""
