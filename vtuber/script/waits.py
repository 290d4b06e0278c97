"""What a run of a script's statements waits for, and the time that it has come to."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field

from vtuber.core.keynames import same_key

Due = Callable[[], int | None]  # when a wait is over; None: nobody knows yet
Run = Generator[Due, None, None]
Happened = tuple[str, str]  # event or key, and which


def happened(what: str, name: str) -> Happened:
    """Give an event or a key by its one name.

    >>> happened("key", "f2"), happened("event", "f2")
    (('key', 'F2'), ('event', 'f2'))
    """
    return what, same_key(name) if what == "key" else name


@dataclass(slots=True, eq=False)
class Task:
    """A run of statements, and the time that it has come to."""

    now_ns: int
    priority: int = 0
    run: Run | None = None  # None: it is over
    due: Due | None = None
    label: str = ""  # the last one passed
    leaving: list[Callable[[], None]] = field(default_factory=list)  # what is undone if it ends now

    def waits_until(self) -> int | None:
        """Give when it can go on; None: nobody knows, or it is over."""
        if self.run is None or self.due is None:
            return None
        due = self.due()
        return None if due is None else max(due, self.now_ns)


class Together:
    """A wait for all of several runs."""

    def __init__(self, parts: Sequence[Task], begin_ns: int) -> None:
        self._parts, self._begin_ns = parts, begin_ns

    def __call__(self) -> int | None:
        if any(part.run is not None for part in self._parts):
            return None
        return max((part.now_ns for part in self._parts), default=self._begin_ns)


class Happening:
    """A wait for an event or a key."""

    def __init__(self, what: str, name: str) -> None:
        self.what, self.name = what, name
        self.at_ns: int | None = None

    def __call__(self) -> int | None:
        return self.at_ns


def at(ns: int) -> Due:
    """Wait until a time."""
    return lambda: ns
