"""What a thread will have done, for those who wait: the standard library's Future, and no pool."""

from concurrent.futures import CancelledError, Future

__all__ = ["CancelledError", "Future"]
