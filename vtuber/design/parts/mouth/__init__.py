"""Closed mouths and teeth: one style a file."""
