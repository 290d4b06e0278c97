"""Curves as point lists: splines, Bezier pieces and tapered ribbons. Pure.

Imports NumPy and nothing of ours. Units are W (half a face width), u right and v
down, the origin between the eyes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from jaxtyping import Float64

Points = Float64[np.ndarray, "n 2"]
Point = tuple[float, float]


def point(row: Float64[np.ndarray, " 2"]) -> Point:
    """Give a row of points as a point."""
    return (float(row[0]), float(row[1]))


def spline(points: Iterable[Point], per_piece: int = 14) -> Points:
    """Draw the natural cubic spline through the points, by chord length."""
    knots = np.array(list(points), float)
    lengths = np.sqrt(np.linalg.norm(np.diff(knots, axis=0), axis=1)) + 1e-9  # centripetal
    bend = _bends(knots, lengths)[:, None]
    t = np.linspace(0.0, 1.0, per_piece, endpoint=False)[:, None]
    begin, end, square = knots[:-1, None], knots[1:, None], (lengths**2 / 6)[:, None, None]
    bent = ((1 - t) ** 3 - (1 - t)) * bend[:-1] + (t**3 - t) * bend[1:]
    pieces = (1 - t) * begin + t * end + square * bent  # (pieces, t, 2)
    return np.vstack([pieces.reshape(-1, 2), knots[-1:]])


def _bends(knots: Points, lengths: Float64[np.ndarray, " m"]) -> Points:
    """Solve for the second derivatives of a natural spline, from end to end and back.

    Not by LAPACK: for a dozen knots its threads spent as much CPU again on waiting for each other.
    """
    slopes = np.diff(knots, axis=0) / lengths[:, None]
    right, gaps = (6 * np.diff(slopes, axis=0)).tolist(), lengths.tolist()
    factors: list[float] = []
    values: list[tuple[float, float]] = []
    factor, u, v = 0.0, 0.0, 0.0
    for (du, dv), before, after in zip(right, gaps, gaps[1:], strict=False):
        pivot = 2 * (before + after) - before * factor
        factor, u, v = after / pivot, (du - before * u) / pivot, (dv - before * v) / pivot
        factors.append(factor)
        values.append((u, v))
    bends = np.zeros_like(knots)
    u = v = 0.0
    for i in range(len(values) - 1, -1, -1):
        u, v = values[i][0] - factors[i] * u, values[i][1] - factors[i] * v
        bends[i + 1] = u, v
    return bends


def closed_spline(points: Sequence[Point], per_piece: int = 14) -> Points:
    """Draw a smooth closed curve through the points."""
    wrapped = [*points[-3:], *points, *points[:4]]
    around = spline(wrapped, per_piece)
    return around[3 * per_piece : (3 + len(points)) * per_piece]


def bezier(a: Point, b: Point, c: Point, d: Point, n: int = 24) -> Points:
    """Draw a cubic Bezier piece: two ends, two handles."""
    t = np.linspace(0.0, 1.0, n)[:, None]
    p, q, r, s = (np.array(x, float) for x in (a, b, c, d))
    curve: Points = (1 - t) ** 3 * p + 3 * t * (1 - t) ** 2 * q + 3 * t**2 * (1 - t) * r + t**3 * s
    return curve


def ellipse(
    centre: Point, radius_u: float, radius_v: float, begin_deg: float = 0.0, end_deg: float = 360.0
) -> Points:
    """Draw an arc of an ellipse; 0 degrees is right, 90 down."""
    angles = np.radians(np.linspace(begin_deg, end_deg, 72))
    return np.column_stack(
        [centre[0] + radius_u * np.cos(angles), centre[1] + radius_v * np.sin(angles)]
    )


def star(centre: Point, radius: float, waist: float, turn_deg: float = 0.0) -> Points:
    """Draw a five-pointed star."""
    angles = np.radians(-90.0 + turn_deg + 36.0 * np.arange(10))
    reach = np.where(np.arange(10) % 2 == 0, radius, waist)
    return np.column_stack([centre[0] + reach * np.cos(angles), centre[1] + reach * np.sin(angles)])


def heart(centre: Point, size: float) -> Points:
    """Draw a heart as wide as `size`."""
    right = joined(
        bezier((0.0, -0.22), (0.10, -0.48), (0.50, -0.46), (0.50, -0.12)),
        bezier((0.50, -0.12), (0.50, 0.14), (0.18, 0.32), (0.0, 0.50))[1:],
    )
    return moved(symmetric(right) * size, *centre)


def joined(*curves: Points | Sequence[Point]) -> Points:
    """Put curves end to end."""
    return np.vstack([np.array(curve, float) for curve in curves])


def moved(points: Points, u: float, v: float) -> Points:
    """Shift points to the right and down."""
    return np.asarray(points + np.array([u, v]))


def mirrored(points: Points | Sequence[Point]) -> Points:
    """Swap left and right."""
    return np.array(points, float) * (-1.0, 1.0)


def sided(points: Points | Sequence[Point], side: float) -> Points:
    """Give points drawn for the performer's left (+u) on the asked side (+1 or -1)."""
    return np.array(points, float) * (side, 1.0)


def symmetric(half: Points | Sequence[Point]) -> Points:
    """Close a half outline (top to bottom on +u) with its mirror image."""
    right = np.array(half, float)
    return np.vstack([right, mirrored(right)[::-1]])


def normals(curve: Points) -> Points:
    """Give unit normals, to the right of the direction of travel (v down)."""
    along = np.gradient(curve, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True) + 1e-12
    return np.column_stack([-along[:, 1], along[:, 0]])


def parameter(curve: Points) -> Float64[np.ndarray, " n"]:
    """Give 0..1 along the length of a curve."""
    steps = np.linalg.norm(np.diff(curve, axis=0), axis=1)
    length = np.concatenate([[0.0], np.cumsum(steps)])
    return np.asarray(length / max(float(length[-1]), 1e-12))


def taper(t: Float64[np.ndarray, " n"], begin: float, end: float) -> Float64[np.ndarray, " n"]:
    """Give a stroke profile t^begin (1-t)^end, 1 at its height."""
    profile = np.clip(t, 0, 1) ** begin * np.clip(1 - t, 0, 1) ** end
    return np.asarray(profile / max(float(profile.max()), 1e-12))


def ribbon(curve: Points, half_width: Float64[np.ndarray, " n"]) -> Points:
    """Give the polygon of a stroke of varying width."""
    across = normals(curve) * half_width[:, None]
    return np.vstack([curve + across, (curve - across)[::-1]])


def cut(curve: Points, begin: float, end: float) -> Points:
    """Give the piece of a curve between two fractions of its length."""
    t = parameter(curve)
    inner = np.linspace(begin, end, max(len(curve), 16))
    return np.column_stack([np.interp(inner, t, curve[:, 0]), np.interp(inner, t, curve[:, 1])])


def area(outline: Points) -> float:
    """Give the signed area of a polygon; + when it runs clockwise as seen (v down)."""
    u, v = outline[:, 0], outline[:, 1]
    return float(np.sum(u * np.roll(v, -1) - np.roll(u, -1) * v) / 2)
