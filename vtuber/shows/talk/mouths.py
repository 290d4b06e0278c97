"""Pieces of speech on a speaker's samples in; how each performer's mouth and face are, out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from vtuber.animate.lipsync import Lipsync
from vtuber.core.pose import BASE, PoseInput
from vtuber.core.speech import Mouth, Utterance
from vtuber.voice.styles import style_called

NOTHING = PoseInput(BASE.default, np.zeros(len(BASE), np.float32))


@dataclass(frozen=True, slots=True)
class _Mood:
    """Between two counts of samples, the face that goes with what is said."""

    begin: int
    end: int
    expression: str


class Mouths:
    """The mouths of one show. Fed with times and counts that never go back."""

    def __init__(self) -> None:
        self._lips: dict[str, Lipsync] = {}
        self._moods: dict[str, list[_Mood]] = {}

    def add(self, names: Sequence[str], piece: Utterance, first: int) -> None:
        """Take a piece, and the count of its first sample."""
        end = first + len(piece.samples)
        expression = style_called(piece.style).expression
        for name in names:
            self._lips.setdefault(name, Lipsync()).add(first, piece)
            if expression and end > first:
                self._moods.setdefault(name, []).append(_Mood(first, end, expression))

    def cut(self, end: int) -> None:
        """Forget what would come after a count."""
        for lips in self._lips.values():
            lips.cut(end)
        for moods in self._moods.values():
            moods[:] = [replace(m, end=min(m.end, end)) for m in moods if m.begin < end]

    def at(self, now_ns: int, heard: Callable[[int], float]) -> Mapping[str, Mouth]:
        """Give the mouths that move, and the faces that go with it, as the speaker is `heard`."""
        found = {}
        for name, lips in self._lips.items():
            pose, expression = lips.at(now_ns, heard), self._expression(name, heard(now_ns))
            if pose is not None or expression:
                found[name] = Mouth(NOTHING if pose is None else pose, expression)
        return found

    def _expression(self, name: str, heard: float) -> str:
        moods = self._moods.get(name, [])
        while moods and moods[0].end <= heard:
            moods.pop(0)
        return moods[0].expression if moods and moods[0].begin <= heard else ""
