"""Measures an avatar once: its vertices in face units, and the curves that its pictures show."""

from __future__ import annotations

import numpy as np

from vtuber.avatar.avatar import Avatar, Layer
from vtuber.avatar.roles import SIDES
from vtuber.avatar.style import Style
from vtuber.warp.measure import Column, Curve, Curves, Measured, Part


class Face:
    """The unit and the origin of an avatar's face units."""

    def __init__(self, avatar: Avatar) -> None:
        left, right = (np.array(avatar.landmarks[f"cheek_{side}"]) for side in SIDES)
        self.w_px = float(left[0] - right[0]) / 2
        self.origin_px = (left + right) / 2

    def in_w(self, px: np.ndarray) -> np.ndarray:
        return np.asarray((px.astype(np.float64) - self.origin_px) / self.w_px)


def measure(avatar: Avatar) -> Measured:
    """Measure an avatar: 3 ms for 4,000 vertices."""
    face = Face(avatar)
    return Measured(
        points=face.in_w(avatar.vertices_px),
        parts=tuple(_part(layer, face) for layer in avatar.layers),
        marks={
            name: tuple(face.in_w(np.array(point)).tolist())
            for name, point in avatar.landmarks.items()
        },
        bottom=float(face.in_w(np.array([0.0, avatar.canvas_px[1]]))[1]),
        curves=_curves(avatar, face),
        style=avatar.style or Style(),
    )


def _part(layer: Layer, face: Face) -> Part:
    edges = _edges(layer, face) if layer.role == "lash_upper" else None
    return Part(
        role=layer.role,
        side=layer.side,
        count=len(layer.mesh.vertices_px),
        depth=layer.depth,
        turn=layer.turn,
        toggle=layer.toggle,
        is_clipped=layer.clip is not None,
        lower_edge=edges[1] if edges else None,
    )


def _curves(avatar: Avatar, face: Face) -> Curves:
    def first(role: str, side: str = "") -> Layer | None:
        found = avatar.where(role, side)
        return avatar.layers[found[0]] if found else None

    lids = {side: _edges(first("eye_white", side), face) for side in SIDES}
    closed = {side: _stroke(first("lid_closed", side), face) for side in SIDES}
    happy = {side: _stroke(first("lid_happy", side), face) for side in SIDES}
    cavity = _edges(first("mouth_cavity"), face)
    return Curves(
        lids={side: edges for side, edges in lids.items() if edges},
        closed={side: curve for side, curve in closed.items() if curve},
        happy={side: curve for side, curve in happy.items() if curve},
        lips=_stroke(first("lip_upper"), face),
        floor=cavity[1] if cavity else None,
    )


def _edges(layer: Layer | None, face: Face) -> tuple[Curve, Curve] | None:
    """Trace the upper and lower edge of a layer's alpha, column by column; None without one."""
    if layer is None:
        return None
    solid = layer.rgba[..., 3] > 127
    columns = np.flatnonzero(solid.any(axis=0))
    if len(columns) < 4:
        return None
    top = solid[:, columns].argmax(axis=0)
    bottom = solid.shape[0] - solid[::-1, columns].argmax(axis=0)
    u = _u(layer, face, columns)
    return Curve(u, _v(layer, face, _smooth(top))), Curve(u, _v(layer, face, _smooth(bottom)))


def _stroke(layer: Layer | None, face: Face) -> Curve | None:
    """Fit a smooth line (a cubic) through the middle of a layer's alpha; None without one.

    Each column counts by its alpha, so that lashes or a faint crease move it little.
    """
    if layer is None:
        return None
    alpha = layer.rgba[..., 3].astype(np.float64)
    weight = alpha.sum(axis=0)
    columns = np.flatnonzero(weight > 64)
    if len(columns) < 8:
        return None
    weight = weight[columns]
    middle = (alpha[:, columns] * np.arange(len(alpha))[:, None]).sum(axis=0) / weight + 0.5
    u = _u(layer, face, columns)
    around = u - u.mean()
    cubic = np.poly1d(np.polyfit(around, middle, 3, w=np.sqrt(weight)))
    return Curve(u, _v(layer, face, cubic(around)))


def _u(layer: Layer, face: Face, columns: np.ndarray) -> Column:
    return np.asarray((columns + 0.5 + layer.offset_px[0] - face.origin_px[0]) / face.w_px)


def _v(layer: Layer, face: Face, rows: np.ndarray) -> Column:
    return np.asarray((rows + layer.offset_px[1] - face.origin_px[1]) / face.w_px)


def _smooth(rows: np.ndarray) -> Column:
    """Average over 5 columns: an anti-aliased edge jumps by whole pixels."""
    padded = np.pad(rows.astype(np.float64), 2, mode="edge")
    return np.convolve(padded, np.full(5, 0.2), "valid")
