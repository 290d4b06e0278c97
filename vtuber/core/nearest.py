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


def none_such(owner: str, kind: str, name: str, known: Iterable[str]) -> str:
    """Say that somebody has no such thing, which was meant, and what there is.

    >>> none_such("Miro", "expression", "joi", ["neutral", "joy"])
    "Miro has no expression called 'joi'; did you mean joy? It has: neutral, joy"
    """
    known = list(dict.fromkeys(known))
    near = nearest(name, known)
    meant = f"did you mean {near}? It" if near else "it"
    return f"{owner} has no {kind} called {name!r}; {meant} has: {', '.join(known) or 'none'}"
