"""Lines that wait to be spoken, the most urgent first. Holds state, knows no clock and no thread.

The laws: nobody ever waits for room (the least urgent line is left out, and said); a line that
waited too long is left out; what waits already is not taken twice; equal lines keep their order.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from vtuber.core.speech import URGENT, Line


@dataclass(frozen=True, slots=True)
class _Waiting:
    line: Line
    since_ns: int
    place: int


class LineQueue:
    """A queue with a greatest length and a greatest age."""

    def __init__(self, room: int, oldest_s: float, left_out: Callable[[Line, str], object]) -> None:
        """`left_out` is told each line that is not spoken, and why."""
        self._room, self._oldest_ns = room, round(oldest_s * 1e9)
        self._left_out = left_out
        self._waiting: list[_Waiting] = []
        self._places = 0

    def __len__(self) -> int:
        return len(self._waiting)

    def __contains__(self, line: Line) -> bool:
        return any(waiting.line == line for waiting in self._waiting)

    def put(self, line: Line, now_ns: int) -> bool:
        """Take a line; False when it is left out: there is one like it, or no room."""
        self._drop_old(now_ns)
        if any(_alike(line, other.line) for other in self._waiting):
            self._left_out(line, "it waits already")
            return False
        self._places += 1
        self._waiting.append(_Waiting(line, now_ns, self._places))
        self._waiting.sort(key=lambda waiting: (-waiting.line.priority, waiting.place))
        if len(self._waiting) <= self._room:
            return True
        last = self._waiting.pop()
        self._left_out(last.line, f"{self._room} lines wait already")
        return last.line is not line

    def take(self, now_ns: int) -> Line | None:
        """Give the line whose turn it is; None when none waits."""
        self._drop_old(now_ns)
        return self._waiting.pop(0).line if self._waiting else None

    def put_back(self, line: Line, now_ns: int) -> None:
        """Take a line again that was begun and not finished, before all but more urgent ones."""
        before = [w for w in self._waiting if w.line.priority >= max(URGENT, line.priority + 1)]
        self._waiting.insert(len(before), _Waiting(line, now_ns, 0))

    def drop(self, which: Callable[[Line], bool]) -> None:
        """Forget some lines; nobody is told."""
        self._waiting = [w for w in self._waiting if not which(w.line)]

    def _drop_old(self, now_ns: int) -> None:
        for waiting in [w for w in self._waiting if now_ns - w.since_ns > self._oldest_ns]:
            self._waiting.remove(waiting)
            self._left_out(waiting.line, f"it waited longer than {self._oldest_ns / 1e9:g} s")


def _alike(one: Line, other: Line) -> bool:
    return (one.text.casefold(), one.performer) == (other.text.casefold(), other.performer)
