"""Lines in; sound, mouths and what conduct allows of them out."""
