"""Sound in and out: speakers that say what is being heard, and a microphone that moves lips."""
