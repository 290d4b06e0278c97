"""A real-time virtual-streamer engine: webcam in, drawn avatar out, on a plain CPU."""

__version__ = "0.1.0"
