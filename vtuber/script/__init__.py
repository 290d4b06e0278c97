"""The language of scripts: text in, a checked script, its times and its performance out."""
