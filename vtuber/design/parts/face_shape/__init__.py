"""Outlines of the face: one style a file."""
