"""The way of an upper lid: curves at rest, half closed and closed in; offsets of its lashes out.

Lashes ride on the lid. Each vertex keeps its place along the lid, by arc length, and its distance
from it, and turns with it: moving columns down instead thickens a lash wherever the open lid is
steep, and a half-closed eye gets corners.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float64

from vtuber.warp.measure import Curve, rise

Points = Float64[np.ndarray, "n 2"]
_STEPS = 64
# W along the lid over which a point's place on it is averaged. With half of it, two characters in
# five fold somewhere in their lashes; bounding the turn along the lid made it worse.
_REACH = 0.10
_TURN_RAD = 1.05  # no lash turns further than 60 degrees
_ALONG = np.linspace(0.0, 1.0, _STEPS)
_TURNS = rise(_ALONG, 0.0, 0.15) * rise(_ALONG, 1.0, 0.80)  # the wing stays as it is drawn
_MIDDLE = np.sin(np.pi * _ALONG)[:, None] ** 2
# Of a line's points, the directions of travel: differences, summed over 7 steps.
_TRAVEL = np.add.reduce(
    [
        np.gradient(np.eye(_STEPS), axis=0)[np.clip(np.arange(_STEPS) + i, 0, _STEPS - 1)]
        for i in range(-3, 4)
    ]
)


def half_closed(upper: Curve, closed: Curve) -> Curve:
    """Give the lid half way down: one even arch from corner to corner.

    The mean of an open and a closed lid is flat with two corners, and looks angry.
    """
    u = np.linspace(upper.u[0], upper.u[-1], 33)
    mean = (upper(u) + closed(u)) / 2
    level = np.linspace(closed(u[0]), closed(u[-1]), len(u))
    across = np.linspace(-1.0, 1.0, len(u))
    return Curve(u, level + (mean[16] - level[16]) * (1.0 - across**2))


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """Where a lid goes: how far each of its points moves, and by how much it turns there (rad)."""

    moved: Points
    turned: Float64[np.ndarray, " n"]


class Lid:
    """The line of an upper lid at rest, walked in even steps.

    `outwards` is the sign of u on the way to the outer corner, where lashes end in a wing.
    """

    def __init__(self, upper: Curve, lower: Curve, outwards: float) -> None:
        self._u = np.linspace(float(upper.u[0]), float(upper.u[-1]), 4 * _STEPS)
        v = upper(self._u)
        v[[0, -1]] = lower(self._u[[0, -1]])  # from corner to corner, however steep the ends
        self.points = _even(self._u, v)
        self._blur = _near(self.points, self.points)
        self._slope = _slopes(self.points)
        self._turns = _TURNS[:: 1 if outwards > 0 else -1]

    def way(self, goal: Curve) -> Way:
        """Give the way to another course of the lid."""
        to = _even(self._u, goal(self._u))
        moved = to - self.points
        turned = np.clip(_slopes(to) - self._slope, -_TURN_RAD, _TURN_RAD) * self._turns
        # What averaging will take from the middle of the way is put on first: lashes came to rest
        # 3 px (of 512) above the line that they close to. At the ends it would fold them.
        short = (moved - self._blur @ moved) * _MIDDLE
        return Way(moved + short, turned)


class Ride:
    """Points that ride on a lid: found once against the lid at rest."""

    def __init__(self, lid: Lid, points: Points) -> None:
        self._places = _near(points, lid.points)
        self.off = points - self._places @ lid.points

    def follow(self, way: Way) -> Points:
        """Give the way of every point's place on the lid: as a crease goes, which does not turn."""
        return np.asarray(self._places @ way.moved)

    def offsets(self, way: Way, keep: float) -> Points:
        """Give the way of every point; `keep` is how much of its distance from the lid remains."""
        angle = self._places @ way.turned
        cosine, sine = keep * np.cos(angle), keep * np.sin(angle)
        x, y = self.off.T
        turned = np.column_stack([x * cosine - y * sine, x * sine + y * cosine])
        return np.asarray(self.follow(way) + turned - self.off)


def _near(points: Points, line: Points) -> Float64[np.ndarray, "n m"]:
    """Give the share that each point of a line has in where a point is along it.

    The nearest one alone jumps where a lid is steep, and meshes fold there.
    """
    x, y = (np.subtract.outer(points[:, i], line[:, i]) for i in (0, 1))
    apart = x * x + y * y
    near = np.exp((apart.min(axis=1, keepdims=True) - apart) * (0.5 / _REACH**2))
    return np.asarray(near / near.sum(axis=1, keepdims=True))


def _even(u: np.ndarray, v: np.ndarray) -> Points:
    """Walk along a line in steps of equal length."""
    length = np.concatenate([[0.0], np.cumsum(np.hypot(np.diff(u), np.diff(v)))])
    at = np.linspace(0.0, length[-1], _STEPS)
    return np.column_stack([np.interp(at, length, u), np.interp(at, length, v)])


def _slopes(points: Points) -> np.ndarray:
    """Give the direction of travel, in radians, smoothed over a few steps."""
    along = _TRAVEL @ points
    return np.asarray(np.arctan2(along[:, 1], along[:, 0]))
