"""Measures shows: how late a motion is in a reader's pixels, and where the time goes."""
