"""Avatars on disk: made, changed, shown on sheets and told in words."""
