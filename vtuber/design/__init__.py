"""Where avatars come from: a design in, layers out. The only room that draws with Skia (build time only)."""
