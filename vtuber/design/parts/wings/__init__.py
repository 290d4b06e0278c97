"""Wings: one style a file."""
