"""What of an avatar is drawn as which triangles: layers in, indices and new vertices out. Pure.

New vertices stand behind the avatar's own: the inner, then the outer ones of all rims (`rim`).
Where they are follows, picture by picture, from where the avatar's own are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float32, Int32, UInt32

from vtuber.avatar.avatar import Avatar, Layer
from vtuber.render.rim import Rim, rim
from vtuber.render.solid import solid
from vtuber.render.split import split

_HALF_PX = 0.5  # a ramp is a picture pixel wide
_FARTHEST_PX = 6.0  # of the art: less than `atlas` repeats it beyond its border

Triangles = UInt32[np.ndarray, " i"]  # three numbers each, of vertices


@dataclass(frozen=True, slots=True, eq=False)
class LayerShape:
    """The triangles of one layer."""

    whole: Triangles  # all of it
    solid: Triangles  # opaque, if no vertex is faint
    rest: Triangles  # the others
    vertices: Int32[np.ndarray, " n"]  # of `whole`, once each


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """The triangles of all layers, and what their new vertices follow from."""

    layers: tuple[LayerShape, ...]
    layer_of: Int32[np.ndarray, " n"]  # per vertex, new ones included
    count: int  # of the avatar's own vertices
    rims: Int32[np.ndarray, "3 r"]  # vertex, the one before, the one after

    @property
    def has_rims(self) -> bool:
        return self.rims.shape[1] > 0

    def spread(self, placed_px: Float32[np.ndarray, "v 2"], out: np.ndarray) -> None:
        """Write where all vertices are (n, 2), from where the avatar's own are, in picture px."""
        self._spread(placed_px, _HALF_PX, out)

    def spread_alpha(self, alpha: Float32[np.ndarray, " v"], out: np.ndarray) -> None:
        """Write the alpha of all vertices (n,): a ramp across each rim."""
        v, r = self.count, self.rims.shape[1]
        out[:v] = alpha
        out[v : v + r], out[v + r :] = alpha[self.rims[0]], 0.0

    def texels(
        self, texel_px: Float32[np.ndarray, "v 2"], scale: float
    ) -> Float32[np.ndarray, "n 2"]:
        """Give where all vertices read, in px of the art shown at `scale` picture px each."""
        out = np.empty((len(self.layer_of), 2), np.float32)
        self._spread(texel_px, min(_HALF_PX / max(scale, 1e-6), _FARTHEST_PX), out)
        return out

    def _spread(self, points: Float32[np.ndarray, "v 2"], reach: float, out: np.ndarray) -> None:
        v, r = self.count, self.rims.shape[1]
        out[:v] = points
        if r:
            at, before, after = points[self.rims]
            aside = reach * _outwards(after - before)
            out[v : v + r], out[v + r :] = at - aside, at + aside


def shape(avatar: Avatar) -> Shape:
    """Find rims and opaque parts of all layers: 90 ms of CPU time for the default avatar."""
    starts = [part.start for part in avatar.layer_slices]
    parts = [split(layer) for layer in avatar.layers]
    found = [rim(layer) for layer in parts]
    starts_of = zip(starts, found, strict=True)
    rims = np.concatenate(
        [start + np.stack([r.vertices, r.before, r.after]) for start, r in starts_of],
        axis=1,
    ).astype(np.int32)
    count = len(avatar.vertices_px)
    inner, layers = count, []
    for layer, start, one in zip(parts, starts, found, strict=True):
        layers.append(_layer_shape(layer, one, start, inner, inner + rims.shape[1]))
        inner += len(one.vertices)
    numbers = np.arange(len(avatar.layers), dtype=np.int32)
    own = np.repeat(numbers, [len(layer.mesh.vertices_px) for layer in avatar.layers])
    at_rims = np.repeat(numbers, [len(one.vertices) for one in found])
    return Shape(tuple(layers), np.concatenate([own, at_rims, at_rims]), count, rims)


def _layer_shape(layer: Layer, a_rim: Rim, start: int, inner: int, outer: int) -> LayerShape:
    # Triangles at a rim end at its inner vertices, where its ramp begins.
    numbers = start + np.arange(len(layer.mesh.vertices_px))
    numbers[a_rim.vertices] = inner + np.arange(len(a_rim.vertices))
    triangles, is_solid = numbers[layer.mesh.triangles], solid(layer)
    one, other = a_rim.edges.T
    ramp = [
        np.stack([inner + one, inner + other, outer + other], 1),
        np.stack([inner + one, outer + other, outer + one], 1),
    ]
    whole = _flat(triangles, *ramp)
    used = np.unique(whole).astype(np.int32)
    rest = _flat(triangles[~is_solid], *ramp)
    return LayerShape(whole, _flat(triangles[is_solid]), rest, used)


def _flat(*triangles: np.ndarray) -> Triangles:
    flat: Triangles = np.concatenate([part.ravel() for part in triangles]).astype(np.uint32)
    return flat


def _outwards(along: Float32[np.ndarray, "r 2"]) -> Float32[np.ndarray, "r 2"]:
    aside = np.stack([along[:, 1], -along[:, 0]], axis=1)
    longest = np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-6)
    unit: Float32[np.ndarray, "r 2"] = (aside / longest[:, None]).astype(np.float32)
    return unit
