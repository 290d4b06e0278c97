"""Lays a mesh over a picture: alpha in, a grid trimmed to what can be seen out. Pure."""

from __future__ import annotations

import numpy as np
from jaxtyping import Bool, UInt8

from vtuber.avatar.avatar import Mesh


def grid_mesh(
    alpha: UInt8[np.ndarray, "h w"], offset_px: tuple[float, float], grid: tuple[int, int]
) -> Mesh:
    """Lay columns x rows of cells over the box of what can be seen, and drop the empty cells.

    `alpha` is the picture's; `offset_px` its top left corner on the canvas; `grid` is
    (columns, rows). A picture without any alpha gives an empty mesh. The two triangles of a cell
    are split along diagonals that meet in the middle of the grid, so that a mirrored picture gets
    a mirrored mesh.
    """
    height, width = alpha.shape
    columns, rows = grid
    seen = alpha > 0
    across, down = np.flatnonzero(seen.any(axis=0)), np.flatnonzero(seen.any(axis=1))
    if not len(across):
        return Mesh(np.zeros((0, 2), np.float32), np.zeros((0, 3), np.int32))
    # One pixel of margin: bilinear sampling reads past the last pixel with alpha.
    x = np.linspace(max(across[0] - 1, 0), min(across[-1] + 2, width), columns + 1)
    y = np.linspace(max(down[0] - 1, 0), min(down[-1] + 2, height), rows + 1)
    keep = _cells_with_alpha(seen, x, y)
    row, column = np.nonzero(keep)
    corner = row * (columns + 1) + column
    a, b, c, d = corner, corner + 1, corner + columns + 1, corner + columns + 2
    falls = (column < columns / 2) == (row < rows / 2)
    one = np.where(falls[:, None], np.stack([a, c, d], 1), np.stack([a, c, b], 1))
    two = np.where(falls[:, None], np.stack([a, d, b], 1), np.stack([b, c, d], 1))
    triangles = np.stack([one, two], 1).reshape(-1, 3)
    used, triangles = np.unique(triangles, return_inverse=True)
    points = np.stack(np.meshgrid(x, y), -1).reshape(-1, 2)[used] + np.asarray(offset_px)
    return Mesh(points.astype(np.float32), triangles.reshape(-1, 3).astype(np.int32))


def _cells_with_alpha(
    seen: Bool[np.ndarray, "h w"], x: np.ndarray, y: np.ndarray
) -> Bool[np.ndarray, "r c"]:
    """Say which cells of a grid hold a pixel with alpha, or touch one, by a summed-area table."""
    total = np.zeros((seen.shape[0] + 1, seen.shape[1] + 1), np.int64)
    total[1:, 1:] = seen.cumsum(0, dtype=np.int32).cumsum(1, dtype=np.int32)
    left = np.maximum(np.floor(x[:-1]).astype(int) - 1, 0)
    right = np.minimum(np.ceil(x[1:]).astype(int) + 1, seen.shape[1])
    top = np.maximum(np.floor(y[:-1]).astype(int) - 1, 0)[:, None]
    bottom = np.minimum(np.ceil(y[1:]).astype(int) + 1, seen.shape[0])[:, None]
    count = total[bottom, right] - total[top, right] - total[bottom, left] + total[top, left]
    return np.asarray(count > 0)
