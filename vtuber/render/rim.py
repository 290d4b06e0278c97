"""Finds where a mesh cuts through art, as at the bottom of a body: a layer in, its rim out. Pure.

Where art fades out before its mesh ends, filtering smooths the edge. Where the mesh ends first the
edge is one of triangles, and those are not smooth: 32.0 dB at 720p with zoom 0.5, where the cut at
the bottom is seen. So the last half picture pixel inside and the first outside become a ramp from
opaque to nothing, which is the cover of a pixel that a straight edge cuts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float64, Int32

from vtuber.avatar.avatar import Layer

_SEEN = 8  # of 255: alpha that makes a cut visible
_SAMPLES = 9  # along an edge


@dataclass(frozen=True, slots=True, eq=False)
class Rim:
    """The cut vertices of one layer; outwards is (dy, -dx) of the way from `before` to `after`."""

    vertices: Int32[np.ndarray, " r"]
    before: Int32[np.ndarray, " r"]
    after: Int32[np.ndarray, " r"]
    edges: Int32[np.ndarray, "e 2"]  # indexes into `vertices`


def rim(layer: Layer) -> Rim:
    """Find the border edges of a mesh at which the art is not transparent."""
    edges = _border(layer.mesh.triangles)
    points = layer.mesh.vertices_px.astype(np.float64) - np.array(layer.offset_px)
    edges = _outwards(edges, points)[_is_seen(layer, points[edges[:, :2]])]
    vertices, numbers = np.unique(edges, return_inverse=True)
    before, after = vertices.copy(), vertices.copy()
    numbers = numbers.reshape(-1, 2)
    before[numbers[:, 1]] = edges[:, 0]
    after[numbers[:, 0]] = edges[:, 1]
    parts = (vertices, before, after, numbers)
    return Rim(*(part.astype(np.int32) for part in parts))


def _border(triangles: Int32[np.ndarray, "t 3"]) -> Int32[np.ndarray, "e 3"]:
    """Give the edges that only one triangle has, each with the third corner of that triangle."""
    sides = np.concatenate([np.roll(triangles, -i, axis=1) for i in range(3)])
    ordered = np.sort(sides[:, :2], axis=1)
    _, first, count = np.unique(ordered, axis=0, return_index=True, return_counts=True)
    border: Int32[np.ndarray, "e 3"] = sides[first[count == 1]]
    return border


def _outwards(
    edges: Int32[np.ndarray, "e 3"], points: Float64[np.ndarray, "v 2"]
) -> Int32[np.ndarray, "e 2"]:
    """Turn each edge so that its triangle lies to the other side than (dy, -dx)."""
    one, other, third = points[edges[:, 0]], points[edges[:, 1]], points[edges[:, 2]]
    along, inwards = other - one, third - one
    is_wrong = along[:, 1] * inwards[:, 0] - along[:, 0] * inwards[:, 1] > 0
    return np.where(is_wrong[:, None], edges[:, 1::-1], edges[:, :2])


def _is_seen(layer: Layer, ends: Float64[np.ndarray, "e 2 2"]) -> Bool[np.ndarray, " e"]:
    share = np.linspace(0, 1, _SAMPLES)[:, None]
    along = ends[:, :1] + share * (ends[:, 1:] - ends[:, :1])  # (e, samples, 2)
    height, width = layer.rgba.shape[:2]
    column, row = np.clip(along, 0, (width - 1, height - 1)).astype(int).transpose(2, 0, 1)
    return np.asarray((layer.rgba[row, column, 3] >= _SEEN).any(axis=1))
