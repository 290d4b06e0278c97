"""Back hair: one style a file."""
