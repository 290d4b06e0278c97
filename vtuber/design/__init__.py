"""Where avatars come from: a design in, layers out. Needs skia-python."""
