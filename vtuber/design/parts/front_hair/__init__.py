"""Front hair: one style a file."""
