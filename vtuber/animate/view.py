"""Commands that place an avatar in, where it stands at each moment out: it glides there."""

from __future__ import annotations

import math
from dataclasses import replace

from vtuber.core import command as commands
from vtuber.core.errors import UserError
from vtuber.core.scene import Placement

GLIDE_S = 0.06  # the time constant: 95 % of the way in 0.18 s
FURTHEST, SMALLEST, LARGEST = 2.0, 0.1, 10.0  # picture heights; times the neutral size


class View:
    """Where one avatar stands, on its way to where it was sent."""

    def __init__(self, home: Placement) -> None:
        self._home = self._target = self._now = home
        self._last_ns: int | None = None

    def settle_at(self, home: Placement) -> None:
        """Go to another home."""
        self._home = self._target = home

    def obey(self, command: commands.Command) -> None:
        """Carry out Move, Zoom, Rotate or ResetView. Raises UserError for an impossible zoom."""
        at = self._target
        match command:
            case commands.Move(x, y):
                x, y = (_within(value, -FURTHEST, FURTHEST) for value in (at.x + x, at.y + y))
                self._target = replace(at, x=x, y=y)
            case commands.Zoom(factor):
                if factor <= 0:
                    raise UserError(f"cannot zoom by {factor:g}; give a factor such as 1.1 or 0.9")
                self._target = replace(at, scale=_within(at.scale * factor, SMALLEST, LARGEST))
            case commands.Rotate(degrees):
                self._target = replace(at, rotation_deg=_turned(at.rotation_deg + degrees))
            case commands.ResetView():
                self._target = self._home
            case _:
                raise AssertionError(f"the show carries out {command}, not the performer")

    def at(self, now_ns: int) -> Placement:
        """Give the placement of this beat; the same path at any rate of beats."""
        passed_s = 0.0 if self._last_ns is None else (now_ns - self._last_ns) / 1e9
        self._last_ns = now_ns
        now, target = self._now, self._target
        share = 1.0 - math.exp(-passed_s / GLIDE_S)
        self._now = Placement(
            now.x + share * (target.x - now.x),
            now.y + share * (target.y - now.y),
            now.scale * (target.scale / now.scale) ** share,
            _turned(now.rotation_deg + share * _turned(target.rotation_deg - now.rotation_deg)),
        )
        return self._now


def _turned(degrees: float) -> float:
    """Give the same direction within -180..180."""
    return (degrees + 180) % 360 - 180


def _within(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)
