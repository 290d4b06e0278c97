"""Plugins that find faces: one file each, with `Options` and `Tracker`."""
