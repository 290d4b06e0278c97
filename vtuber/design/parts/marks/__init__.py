"""What lies on the skin: one style a file."""
