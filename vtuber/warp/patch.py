"""Meshes of drawn shapes without a picture: a box and what lies inside in, a trimmed grid out.

The same trimming as `avatar/mesh.py` does over alpha, for shapes that are formulas. Pure.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float64, Int32

Inside = Callable[[np.ndarray, np.ndarray], Bool[np.ndarray, "..."]]  # of (u, v), in W
Box = tuple[float, float, float, float]  # u0, v0, u1, v1
_FINE = 3  # samples a cell, each way: a lash is thinner than a cell


@dataclass(frozen=True, slots=True, eq=False)
class Patch:
    """One mesh; `triangles` index `points`."""

    points: Float64[np.ndarray, "v 2"]
    triangles: Int32[np.ndarray, "t 3"]


def patch(box: Box, grid: tuple[int, int], inside: Inside) -> Patch | None:
    """Lay columns x rows over a box and keep the cells that show something; None if none does."""
    (u0, v0, u1, v1), (columns, rows) = box, grid
    u, v = (
        low + (np.arange(_FINE * n) + 0.5) * ((high - low) / (_FINE * n))
        for low, high, n in ((u0, u1, columns), (v0, v1, rows))
    )
    seen = np.broadcast_to(inside(u[None, :], v[:, None]), (len(v), len(u)))
    keep = seen.reshape(rows, _FINE, columns, _FINE).any(axis=(1, 3))
    if not keep.any():
        return None
    used = np.zeros((rows + 1, columns + 1), bool)
    for down in (0, 1):
        for right in (0, 1):
            used[down : down + rows, right : right + columns] |= keep
    index = (np.cumsum(used.ravel()) - 1).reshape(used.shape)
    row, column = np.nonzero(keep)
    a, b = index[row, column], index[row, column + 1]
    c, d = index[row + 1, column], index[row + 1, column + 1]
    falls = ((column < columns / 2) == (row < rows / 2))[:, None]  # mirrored as the shape is
    one = np.where(falls, np.stack([a, c, d], 1), np.stack([a, c, b], 1))
    two = np.where(falls, np.stack([a, d, b], 1), np.stack([b, c, d], 1))
    corners_v, corners_u = np.nonzero(used)
    points = np.column_stack(
        [u0 + corners_u * ((u1 - u0) / columns), v0 + corners_v * ((v1 - v0) / rows)]
    )
    return Patch(points, np.concatenate([one, two]).astype(np.int32))


def oval(box: Box, power: float = 2.0) -> Inside:
    """Give what lies inside an oval that fills a box; a high power makes it a box."""
    u0, v0, u1, v1 = box
    centre_u, centre_v = (u0 + u1) / 2, (v0 + v1) / 2
    half_u, half_v = max((u1 - u0) / 2, 1e-6), max((v1 - v0) / 2, 1e-6)

    def inside(u: np.ndarray, v: np.ndarray) -> Bool[np.ndarray, ...]:
        x, y = np.abs(u - centre_u) / half_u, np.abs(v - centre_v) / half_v
        return np.asarray(x**power + y**power <= 1.0)

    return inside


def between(upper: Callable[[np.ndarray], np.ndarray], lower: Callable) -> Inside:
    """Give what lies under one curve and over another."""
    return lambda u, v: np.asarray((v >= upper(u)) & (v <= lower(u)))
