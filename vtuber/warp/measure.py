"""Measures an avatar once: every vertex in face units, and the curves that its pictures show.

One unit is W, half the face's width at eye height. The origin is the middle of the face at eye
height; u runs to the picture's right (the character's own left), v down.
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Bool, Float32, Float64

from vtuber.avatar.avatar import Avatar, Layer

Column = Float64[np.ndarray, " n"]


class Curve:
    """A height for every u, in W: linear between samples, level beyond the ends."""

    def __init__(self, u: Column, v: Column) -> None:
        self.u, self.v = u, v

    def __call__(self, u: np.ndarray) -> np.ndarray:
        return np.interp(u, self.u, self.v)


class Measured:
    """An avatar's vertices and landmarks in W."""

    def __init__(self, avatar: Avatar) -> None:
        marks = avatar.landmarks
        left, right = np.array(marks["cheek_left"]), np.array(marks["cheek_right"])
        self.avatar = avatar
        self.w_px = float(left[0] - right[0]) / 2
        self.origin_px = (left + right) / 2
        points = self._in_w(avatar.vertices_px)
        self.u: Float64[np.ndarray, " v"] = points[:, 0]
        self.v: Float64[np.ndarray, " v"] = points[:, 1]
        self.marks = {name: tuple(self._in_w(np.array(p)).tolist()) for name, p in marks.items()}
        self.bottom = float(self._in_w(np.array([0.0, avatar.canvas_px[1]]))[1])

    def _in_w(self, px: np.ndarray) -> np.ndarray:
        return np.asarray((px.astype(np.float64) - self.origin_px) / self.w_px)

    def of(self, *roles: str, side: str | None = None) -> Bool[np.ndarray, " v"]:
        """Mark the vertices of the layers of these roles, of one side or of any."""
        mask = np.zeros(len(self.u), bool)
        for role in roles:
            for i in self.avatar.where(role, side):
                mask[self.avatar.layer_slices[i]] = True
        return mask

    def per_vertex(self, per_layer: np.ndarray) -> np.ndarray:
        """Repeat one value per layer for each of its vertices."""
        counts = [len(layer.mesh.vertices_px) for layer in self.avatar.layers]
        return np.repeat(per_layer, counts)

    def lowest(self, index: int) -> Curve | None:
        """Trace the lower edge of a layer's alpha; None where it shows next to nothing."""
        edges = self._edges(self.avatar.layers[index])
        return edges[1] if edges else None

    def edges(self, role: str, side: str = "") -> tuple[Curve, Curve] | None:
        """Trace the upper and lower edge of a layer's alpha, column by column; None without one."""
        layer = self._first(role, side)
        return self._edges(layer) if layer else None

    def _edges(self, layer: Layer) -> tuple[Curve, Curve] | None:
        solid = layer.rgba[..., 3] > 127
        columns = np.flatnonzero(solid.any(axis=0))
        if len(columns) < 4:
            return None
        top = solid[:, columns].argmax(axis=0)
        bottom = solid.shape[0] - solid[::-1, columns].argmax(axis=0)
        u = self._u(layer, columns)
        return Curve(u, self._v(layer, _smooth(top))), Curve(u, self._v(layer, _smooth(bottom)))

    def stroke(self, role: str, side: str = "") -> Curve | None:
        """Fit a smooth line (a cubic) through the middle of a layer's alpha; None without one.

        Each column counts by its alpha, so that lashes or a faint crease move it little.
        """
        layer = self._first(role, side)
        if layer is None:
            return None
        alpha = layer.rgba[..., 3].astype(np.float64)
        weight = alpha.sum(axis=0)
        columns = np.flatnonzero(weight > 64)
        if len(columns) < 8:
            return None
        weight = weight[columns]
        middle = (alpha[:, columns] * np.arange(len(alpha))[:, None]).sum(axis=0) / weight + 0.5
        u = self._u(layer, columns)
        around = u - u.mean()
        cubic = np.poly1d(np.polyfit(around, middle, 3, w=np.sqrt(weight)))
        return Curve(u, self._v(layer, cubic(around)))

    def _first(self, role: str, side: str) -> Layer | None:
        found = self.avatar.where(role, side)
        return self.avatar.layers[found[0]] if found else None

    def _u(self, layer: Layer, columns: np.ndarray) -> Column:
        return np.asarray((columns + 0.5 + layer.offset_px[0] - self.origin_px[0]) / self.w_px)

    def _v(self, layer: Layer, rows: np.ndarray) -> Column:
        return np.asarray((rows + layer.offset_px[1] - self.origin_px[1]) / self.w_px)


def rise(x: np.ndarray, low: float, high: float) -> np.ndarray:
    """Ease every element from 0 at `low` to 1 at `high` (smoothstep); falls when low > high."""
    t = np.clip((x - low) / (high - low), 0.0, 1.0)
    return np.asarray(t * t * (3.0 - 2.0 * t))


Fields = dict[str, Float32[np.ndarray, "v 2"]]  # coefficient: offset of every vertex, in W


def field(mask: np.ndarray, du: np.ndarray | float, dv: np.ndarray | float) -> np.ndarray:
    """Make an offset field that is zero outside a mask."""
    out = np.zeros((len(mask), 2), np.float32)
    out[:, 0] = np.where(mask, du, 0.0)
    out[:, 1] = np.where(mask, dv, 0.0)
    return out


def _smooth(rows: np.ndarray) -> Column:
    """Average over 5 columns: an anti-aliased edge jumps by whole pixels."""
    padded = np.pad(rows.astype(np.float64), 2, mode="edge")
    return np.convolve(padded, np.full(5, 0.2), "valid")
