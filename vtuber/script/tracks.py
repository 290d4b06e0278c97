"""Recordings of faces that were begun in, whose face each performer has at each moment out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from vtuber.core.face import Face

Faces = Callable[[str, int], Iterator[Face]]  # of a path, and of the nth performer in it


class _Reel:
    """One performer's faces, from the moment at which they were begun."""

    def __init__(self, faces: Iterator[Face], begin_ns: int) -> None:
        self.begin_ns = begin_ns
        self._faces = faces
        self._next = next(faces, None)
        self._newest: Face | None = None

    @property
    def is_over(self) -> bool:
        """Tell whether the last face was given."""
        return self._next is None

    def at(self, now_ns: int) -> Face | None:
        """Give the newest face of this moment; None before the first one."""
        while self._next is not None and self._next.captured_ns + self.begin_ns <= now_ns:
            self._newest = replace(self._next, captured_ns=self._next.captured_ns + self.begin_ns)
            self._next = next(self._faces, None)
        return self._newest


class Tracks:
    """The recordings that play. A performer has one at a time."""

    def __init__(self, faces: Faces) -> None:
        self._faces = faces
        self._reels: dict[str, _Reel] = {}
        self._over_ns = 0

    def begin(self, whom: Sequence[str], path: str, at_ns: int) -> None:
        """Begin a recording: its first performer moves the first of `whom`, and so on."""
        for number, who in enumerate(whom, 1):
            reel = _Reel(self._faces(path, number), at_ns)
            if not reel.is_over:
                self._reels[who] = reel

    @property
    def are_playing(self) -> bool:
        return bool(self._reels)

    def end(self, whom: Sequence[str], at_ns: int) -> None:
        """Leave performers to idle motion, or to their camera, again."""
        for who in whom:
            if self._reels.pop(who, None) is not None:
                self._over_ns = at_ns

    def at(self, now_ns: int) -> Mapping[str, Face]:
        """Give everybody's face at this moment; nobody's whose recording is over."""
        found = {who: reel.at(now_ns) for who, reel in self._reels.items()}
        for who, face in found.items():
            if face is not None and self._reels[who].is_over:
                self.end([who], face.captured_ns)
        return {who: face for who, face in found.items() if face is not None}

    def quiet_ns(self, since_ns: int) -> int | None:
        """Give when none plays any more, `since_ns` at the earliest; None: nobody knows."""
        return None if self._reels else max(since_ns, self._over_ns)

    def wait(self, ns: int) -> None:
        """Go on so much later: the script has paused."""
        for reel in self._reels.values():
            reel.begin_ns += ns
