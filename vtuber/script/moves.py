"""Gestures that were begun in, what they want of everybody's pose at each moment out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from vtuber.core.pose import BASE, PoseInput
from vtuber.script.gestures import Gesture


@dataclass(slots=True)
class _Move:
    """A gesture under way."""

    gesture: Gesture
    start_ns: int
    ended_s: float | None = None  # when it was told to end, after its beginning

    def weight(self, t_s: float) -> float:
        return self.gesture.weight(t_s, self.ended_s)


class Moves:
    """The gestures of all performers; a later one lies over the earlier ones."""

    def __init__(self) -> None:
        self._moves: dict[str, list[_Move]] = {}

    def begin(self, who: str, gesture: Gesture, at_ns: int) -> None:
        """Begin a gesture, and end those that it ends: a loop of the same name, too."""
        moves = self._moves.setdefault(who, [])
        for move in moves:
            begins_anew = move.gesture.loop and move.gesture == gesture
            if move.ended_s is None and (begins_anew or move.gesture.name in gesture.ends):
                move.ended_s = (at_ns - move.start_ns) / 1e9
        moves.append(_Move(gesture, at_ns))

    def at(self, now_ns: int) -> Mapping[str, PoseInput]:
        """Give what each performer's gestures want at this moment; nobody who makes none."""
        wanted: dict[str, PoseInput] = {}
        for who, moves in self._moves.items():
            going = [move for move in moves if not _is_over(move, now_ns)]
            self._moves[who] = going
            if going:
                wanted[who] = _laid_over(going, now_ns)
        return wanted

    def are_done(self, now_ns: int) -> bool:
        """Tell whether all gestures are over; those that repeat for ever do not count."""
        moves = [move for moves in self._moves.values() for move in moves]
        return all(move.gesture.loop or _is_over(move, now_ns) for move in moves)


def _is_over(move: _Move, now_ns: int) -> bool:
    t_s = (now_ns - move.start_ns) / 1e9
    return t_s > 0 and move.weight(t_s) <= 0


def _laid_over(moves: list[_Move], now_ns: int) -> PoseInput:
    values, weights = BASE.default.copy(), np.zeros(len(BASE), np.float32)
    for move in moves:
        t_s = (now_ns - move.start_ns) / 1e9
        weight = move.weight(t_s)
        for name, value in move.gesture.at(t_s).items():
            i = BASE.index[name]
            above = weight / (weights[i] + weight - weights[i] * weight) if weight else 0.0
            values[i] += above * (value - values[i])
            weights[i] += weight - weights[i] * weight
    return PoseInput(np.clip(values, BASE.low, BASE.high), weights)
