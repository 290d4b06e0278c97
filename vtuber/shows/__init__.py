"""Assembles rooms into shows: live, still, track, doctor."""
