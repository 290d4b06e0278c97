"""Conduct: a line that is to be said in; whether, and with which words, out."""
