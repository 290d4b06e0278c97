"""The engines of the voice: `vtuber/voice/engines/NAME.py` is what `--voice NAME` means."""
