"""Values and contracts. Floor 0: imports NumPy and the standard library, and nothing of ours above it."""
