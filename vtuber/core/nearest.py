"""A name that nobody knows in, the known one that was probably meant out. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

ALIKE = 0.6  # 0 nothing, 1 all: "joi" is joy (0.67), "nope" is not love (0.5)


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Give the known name that is most like this one, None when none is.

    >>> nearest("defalt", ["default", "rowan"])
    'default'
    >>> nearest("nope", ["love", "joy"]) is None
    True
    """
    return next(iter(get_close_matches(name, list(known), 1, ALIKE)), None)
