"""Hair before the ears and shoulders: one style a file."""
