"""Voices: lines in, sound, visemes and words out. Engines are plugins, one file each."""
