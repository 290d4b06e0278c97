"""Counts triangles that a warp turned over: points before and after in, how many out. Pure."""

from __future__ import annotations

import numpy as np
from jaxtyping import Bool, Float32, Float64, Int32

from vtuber.avatar.avatar import Avatar


def triangles_of(avatar: Avatar) -> Int32[np.ndarray, "t 3"]:
    """Give the triangles of all layers as indexes into the avatar's vertices."""
    of_layers = [
        layer.mesh.triangles + part.start
        for layer, part in zip(avatar.layers, avatar.layer_slices, strict=True)
    ]
    return np.asarray(np.concatenate(of_layers), np.int32)


def folded(
    rest: np.ndarray,
    moved: np.ndarray,
    triangles: Int32[np.ndarray, "t 3"],
    alpha: Float32[np.ndarray, " v"],
) -> Bool[np.ndarray, " t"]:
    """Mark the triangles that show and lie on their other side: det J <= 0.

    J is the map of a triangle at rest to where it is now; `alpha` is the vertices', and a triangle
    of alpha 0 shows nothing, however it lies.
    """
    shown: Bool[np.ndarray, " t"] = alpha[triangles].max(axis=1) > 0
    turned: Bool[np.ndarray, " t"] = shown & (
        _areas(moved, triangles) * _areas(rest, triangles) <= 0
    )
    return turned


def _areas(points: np.ndarray, triangles: np.ndarray) -> Float64[np.ndarray, " t"]:
    a, b, c = (points[triangles[:, corner]].astype(np.float64) for corner in range(3))
    one, two = b - a, c - a
    return np.asarray(one[:, 0] * two[:, 1] - one[:, 1] * two[:, 0])
