"""The way of an upper lid: curves at rest, half closed and closed in; offsets of its lashes out.

Lashes ride on the lid. Each vertex keeps its place along the lid, by arc length, and its distance
from it, and turns with it: moving columns down instead thickens a lash wherever the open lid is
steep, and a half-closed eye gets corners.
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float64

from vtuber.warp.measure import Curve, rise

Points = Float64[np.ndarray, "n 2"]
_STEPS = 64
_REACH = 0.06  # W along the lid over which a point's place on it is averaged
_TURN_RAD = 1.05  # no lash turns further than 60 degrees, or it folds over its neighbours


def half_closed(upper: Curve, closed: Curve) -> Curve:
    """Give the lid half way down: one even arch from corner to corner.

    The mean of an open and a closed lid is flat with two corners, and looks angry.
    """
    u = np.linspace(upper.u[0], upper.u[-1], 33)
    mean = (upper(u) + closed(u)) / 2
    level = np.linspace(closed(u[0]), closed(u[-1]), len(u))
    across = np.linspace(-1.0, 1.0, len(u))
    return Curve(u, level + (mean[16] - level[16]) * (1.0 - across**2))


class Ride:
    """Points that ride on a lid: found once against the lid at rest."""

    def __init__(self, lid: Curve, lower: Curve, points: Points) -> None:
        self._u = np.linspace(float(lid.u[0]), float(lid.u[-1]), 4 * _STEPS)
        v = lid(self._u)
        v[[0, -1]] = lower(self._u[[0, -1]])  # from corner to corner, however steep the ends
        on_lid = _even(self._u, v)
        # The nearest place alone jumps where a lid is steep, and meshes fold there.
        apart = ((points[:, None] - on_lid[None]) ** 2).sum(axis=2)
        near = np.exp((apart.min(axis=1, keepdims=True) - apart) / (2 * _REACH**2))
        self._places = near / near.sum(axis=1, keepdims=True)
        self._rest = on_lid
        self.off = points - self._places @ on_lid
        self._slope = _slopes(on_lid)

    def offsets(self, goal: Curve, keep: float, share: float = 1.0) -> Points:
        """Give the way of every point to another course of the lid.

        `keep` is how much of its distance from the lid remains; `share` below 1 makes points
        follow without turning, as a crease does.
        """
        to = _even(self._u, goal(self._u))
        way = self._places @ (to - self._rest)
        if share < 1.0:
            return np.asarray(share * way)
        turn = np.clip(_slopes(to) - self._slope, -_TURN_RAD, _TURN_RAD)
        place = np.linspace(0.0, 1.0, _STEPS)
        turn *= rise(place, 0.0, 0.15) * rise(place, 1.0, 0.80)  # the wing stays as it is drawn
        angle = self._places @ self._gentle(turn)
        cosine, sine = keep * np.cos(angle), keep * np.sin(angle)
        x, y = self.off[:, 0], self.off[:, 1]
        turned = np.column_stack([x * cosine - y * sine, x * sine + y * cosine])
        return np.asarray(way + turned - self.off)

    def _gentle(self, turn: np.ndarray) -> np.ndarray:
        """Bound how fast a turn changes along the lid: points that stand off it would cross."""
        if not len(self.off):
            return turn
        step = np.hypot(*(self._rest[1] - self._rest[0]))
        most = 0.7 * step / max(float(np.hypot(*self.off.T).max()), 1e-3)
        reach = most * np.abs(np.subtract.outer(np.arange(_STEPS), np.arange(_STEPS)))
        up, down = ((reach + np.maximum(t, 0.0)).min(axis=1) for t in (turn, -turn))
        return np.asarray(up - down)


def _even(u: np.ndarray, v: np.ndarray) -> Points:
    """Walk along a line in steps of equal length."""
    length = np.concatenate([[0.0], np.cumsum(np.hypot(np.diff(u), np.diff(v)))])
    at = np.linspace(0.0, length[-1], _STEPS)
    return np.column_stack([np.interp(at, length, u), np.interp(at, length, v)])


def _slopes(points: Points) -> np.ndarray:
    """Give the direction of travel, in radians, smoothed over a few steps."""
    along = np.gradient(points, axis=0)
    padded = np.pad(along, ((3, 3), (0, 0)), mode="edge")
    smooth = np.add.reduce([padded[i : i + len(along)] for i in range(7)])
    return np.asarray(np.arctan2(smooth[:, 1], smooth[:, 0]))
