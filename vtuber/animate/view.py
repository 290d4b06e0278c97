"""Commands that place an avatar in, where it stands at each moment out: it goes there softly."""

from __future__ import annotations

import math
from dataclasses import replace

from vtuber.core import command as commands
from vtuber.core.errors import UserError
from vtuber.core.scene import Placement

GLIDE_S = 0.06  # the time constant of a glide: 95 % of the way in 0.18 s
FURTHEST, SMALLEST, LARGEST = 2.0, 0.1, 10.0  # picture heights; times the neutral size
MOST_TURNS_DEG = 3600.0


class _Axis:
    """One number on its way: a glide without an end, or a smoothstep over a given time.

    Keys glide: a held one comes 30 times a second, and a smoothstep would begin anew each time.
    """

    def __init__(self, value: float) -> None:
        self.now = self.target = self._from = value
        self.cut = 0.0  # how far of it went at once
        self._start_ns: int | None = None
        self._end_ns = 0

    def to(self, target: float, now_ns: int, over_s: float | None) -> None:
        self.target, self._from = target, self.now
        self._start_ns = None
        if over_s is not None:
            self._start_ns, self._end_ns = now_ns, now_ns + round(over_s * 1e9)
        if over_s == 0:
            self.cut += target - self.now

    def move(self, now_ns: int, share: float) -> float:
        """Go on; `share` is how much of what is left a glide takes."""
        if self._start_ns is None:
            self.now += share * (self.target - self.now)
        elif now_ns >= self._end_ns:
            self.now = self.target
        else:
            t = (now_ns - self._start_ns) / (self._end_ns - self._start_ns)
            self.now = self._from + (self.target - self._from) * t * t * (3 - 2 * t)
        return self.now


class View:
    """Where one avatar stands, on its way to where it was sent."""

    def __init__(self, home: Placement) -> None:
        self._home = home
        self._x, self._y = _Axis(home.x), _Axis(home.y)
        self._size = _Axis(math.log(home.scale))  # so that it grows as evenly as it shrinks
        self._angle_deg = _Axis(home.rotation_deg)
        self._last_ns: int | None = None

    def settle_at(self, home: Placement) -> None:
        """Go to another home."""
        self._home = home
        self._go_home(0, None)

    def obey(self, command: commands.Command, now_ns: int) -> None:
        """Carry out Move, Zoom, Rotate or ResetView. Raises UserError for an impossible zoom."""
        self.at(now_ns)  # who sets out, does so from here, not from where the last beat was
        match command:
            case commands.Move(x, y, to=to, over_s=over_s):
                for axis, value in ((self._x, x), (self._y, y)):
                    target = value if to else axis.target + value
                    axis.to(_within(target, -FURTHEST, FURTHEST), now_ns, over_s)
            case commands.Zoom(factor, to=to, over_s=over_s):
                if factor <= 0:
                    raise UserError(f"cannot zoom by {factor:g}; give a factor such as 1.1 or 0.9")
                target = math.log(factor) + (0.0 if to else self._size.target)
                low, high = math.log(SMALLEST), math.log(LARGEST)
                self._size.to(_within(target, low, high), now_ns, over_s)
            case commands.Rotate(degrees, to=to, over_s=over_s):
                self._rotate(degrees, to, now_ns, over_s)
            case commands.ResetView(over_s=over_s):
                self._go_home(now_ns, over_s)
            case _:
                raise AssertionError(f"the show carries out {command}, not the performer")

    def _rotate(self, degrees: float, to: bool, now_ns: int, over_s: float | None) -> None:
        """Turn the short way round; only what is to go on for a time may be whole turns."""
        axis = self._angle_deg
        axis.now = _turned(axis.now)
        axis.target = axis.now + _turned(axis.target - axis.now)  # never once around to get there
        if over_s is not None and not to:
            target = axis.target + _within(degrees, -MOST_TURNS_DEG, MOST_TURNS_DEG)
        else:
            target = axis.now + _turned((degrees if to else axis.target + degrees) - axis.now)
        axis.to(target, now_ns, over_s)

    def _go_home(self, now_ns: int, over_s: float | None) -> None:
        home = self._home
        self._x.to(home.x, now_ns, over_s)
        self._y.to(home.y, now_ns, over_s)
        self._size.to(math.log(home.scale), now_ns, over_s)
        self._rotate(home.rotation_deg, True, now_ns, over_s)

    def at(self, now_ns: int) -> Placement:
        """Give the placement of this beat; the same path at any rate of beats."""
        passed_s = 0.0 if self._last_ns is None else (now_ns - self._last_ns) / 1e9
        self._last_ns = now_ns
        share = 1.0 - math.exp(-passed_s / GLIDE_S)
        return Placement(
            self._x.move(now_ns, share),
            self._y.move(now_ns, share),
            math.exp(self._size.move(now_ns, share)),
            _turned(self._angle_deg.move(now_ns, share)),
        )

    def without_cuts(self, placement: Placement) -> Placement:
        """Give where it would stand had nothing put it elsewhere at once: what hair follows.

        Over half a picture's height a cut flung long hair out by all of its 30 degrees.
        """
        return replace(placement, x=placement.x - self._x.cut, y=placement.y - self._y.cut)


def _turned(degrees: float) -> float:
    """Give the same direction within -180..180."""
    return (degrees + 180) % 360 - 180


def _within(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)
