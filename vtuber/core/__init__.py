"""Values and contracts. Floor 0: imports NumPy, the standard library and nothing of ours above."""
