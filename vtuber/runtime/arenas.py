"""Lets all threads allocate in one place, and what is large and stays in pages of its own: glibc.

glibc gives up to eight arenas a core to the threads that allocate, and those beside the first
hardly give back what they once held. A tracker that is opened anew, in a thread of its own and with
mediapipe's, left 6 to 17 MB in them each time: 170 MB were 253 after nine. With two arenas it is as
much (168, 253), with one 168 MB became 203 after four and stayed so.

By itself glibc also learns to cut the pixels of an avatar out of its heap, where they leave holes
when they go: 1280x720, six changes between two avatars, 472 MB and growing; with a bound of 1 MB
403, with glibc's own first bound, kept, 351 since the second change. But what a beat frees it
needs again in the next, and pages of its own are new ones each time: 550 page faults a beat of
clip, tracker and output at 30 a second, 290,000 in a show of 12 s where 78,000 are enough. So large
blocks have pages of their own only while an avatar or an item is loaded. Of the first avatar only
its largest have: a start of 52,000 faults and not 100,000, and eight changes later a stage has 356
MB, not 323.
"""

from __future__ import annotations

import ctypes
import sys

# mallopt(3): parameter and value
_ONE_ARENA = (-8, 1)  # M_ARENA_MAX
_OWN_PAGES = (-3, 128 << 10)  # M_MMAP_THRESHOLD: kept, where it would grow to 32 MB
_AT_START = (-3, 4 << 20)  # the same
_KEPT_BLOCKS = (-3, 16 << 20)  # the same: a picture of 1920x1080 has 8 MB
_KEPT_FREE = (-1, 32 << 20)  # M_TRIM_THRESHOLD: what a beat frees it needs again in the next


def spare_memory() -> bool:
    """Have it so from now on. False where the C library knows nothing of it: all but glibc."""
    return _set(_ONE_ARENA, _AT_START, _KEPT_FREE)


def keep_blocks(is_on: bool) -> bool:
    """Cut large blocks out of the heap from now on, for beats, or give them pages of their own.

    False where the C library knows nothing of it.
    """
    return _set(_KEPT_BLOCKS if is_on else _OWN_PAGES)


def _set(*options: tuple[int, int]) -> bool:
    if not sys.platform.startswith("linux"):
        return False
    library = ctypes.CDLL(None)
    if not hasattr(library, "mallopt") or not hasattr(library, "gnu_get_libc_version"):
        return False
    return all(library.mallopt(*one) for one in options)
