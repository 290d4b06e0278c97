"""Moves the vertices of an avatar as a pose asks. Floor 2: NumPy only, no picture is drawn here."""
