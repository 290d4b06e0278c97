"""Draws scenes with OpenGL: warped layers in, premultiplied pictures out."""
