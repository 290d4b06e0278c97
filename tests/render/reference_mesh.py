"""The slow renderer on meshes: what OpenGL should have drawn, without its textures and its edges.

Each pixel is the mean of factor x factor points; at each of them the art is read as it was painted,
bilinearly, in float64. Art that touches the border of its picture goes on beyond it.
"""

from __future__ import annotations

import numpy as np

from tests.render.reference import blend
from vtuber.avatar.avatar import Avatar, Layer
from vtuber.core.picture import Box
from vtuber.core.scene import Placement, WarpField

_ROWS = 96  # of the picture at once: 720p in 4 x 4 points would take 500 MB


def supersampled(
    avatar: Avatar,
    field: WarpField,
    size_px: tuple[int, int],
    box: Box,
    placement: Placement = Placement(),  # noqa: B008 - frozen
    hidden: frozenset[str] = frozenset(),
    factor: int = 4,
) -> np.ndarray:
    """Give premultiplied RGBA (h, w, 4) in 0..1 of one box of the picture."""
    face_px = avatar.landmarks.get("nose_tip")
    placed = placed_points(field, placement, avatar.canvas_px, size_px, face_px)
    bands = [
        Box(box.left, top, box.right, min(top + _ROWS, box.bottom))
        for top in range(box.top, box.bottom, _ROWS)
    ]
    return np.concatenate(
        [_band(avatar, field, placed, band, hidden, factor) for band in bands], axis=0
    )


def placed_points(
    field: WarpField,
    at: Placement,
    canvas_px: tuple[int, int],
    size_px: tuple[int, int],
    face_px: tuple[float, float] | None = None,
) -> np.ndarray:
    """Place canvas px in the picture: complex numbers, with y up as the eye has it.

    What does not move when the avatar grows (`still`) is the face; when it shrinks, the lower edge.
    """
    points = field.positions_px.astype(float)
    (width, height), (wide, high) = size_px, canvas_px
    fit = min(width / wide, height / high)
    middle = wide / 2 - 0.5j * high
    still = wide / 2 - 1j * high
    if at.scale > 1 and face_px is not None:
        still = complex(face_px[0], -face_px[1])
    elif at.scale > 1:
        still = middle

    def grown(z: np.ndarray | complex) -> np.ndarray | complex:
        neutral = width / 2 - 1j * height + fit * (still - (wide / 2 - 1j * high))
        return neutral + fit * at.scale * (z - still)

    turn = np.exp(1j * np.radians(at.rotation_deg))
    z = grown(points[:, 0] - 1j * points[:, 1])
    z = grown(middle) + turn * (z - grown(middle)) + at.x * height + 1j * at.y * height
    return np.stack([z.real, -z.imag], 1)


def _band(
    avatar: Avatar,
    field: WarpField,
    placed: np.ndarray,
    box: Box,
    hidden: frozenset[str],
    factor: int,
) -> np.ndarray:
    high, wide = (box.bottom - box.top) * factor, (box.right - box.left) * factor
    points = (placed - (box.left, box.top)) * factor
    below = np.zeros((high, wide, 4))

    def is_shown(i: int) -> bool:
        return bool(field.visible[i]) and avatar.layers[i].name not in hidden

    for i in field.order.tolist():
        layer = avatar.layers[i]
        if not is_shown(i) or (layer.clip is not None and not is_shown(layer.clip)):
            continue
        source, part = _drawn(avatar, i, field, points, (high, wide))
        if not source.size:
            continue
        if layer.clip is not None:
            mask, there = _drawn(avatar, layer.clip, field, points, (high, wide))
            whole = np.zeros((high, wide, 1))
            whole[there] = mask[..., 3:]
            source = source * whole[part]
        below[part] = blend(below[part], source, layer.blend)
    return below.reshape(high // factor, factor, wide // factor, factor, 4).mean((1, 3))


def _drawn(
    avatar: Avatar, i: int, field: WarpField, points: np.ndarray, shape: tuple[int, int]
) -> tuple[np.ndarray, tuple[slice, slice]]:
    """Draw one layer alone: its premultiplied colours, and where in the band they lie."""
    found, part = drawn_points(avatar, i, field, points, shape)
    out = np.zeros_like(found)
    drawn = found[..., 3] > 0
    x, y, faded, _ = found[drawn].T
    out[drawn] = _read(avatar.layers[i], x, y) * faded[:, None]
    return out, part


def drawn_points(
    avatar: Avatar, i: int, field: WarpField, points: np.ndarray, shape: tuple[int, int]
) -> tuple[np.ndarray, tuple[slice, slice]]:
    """Give texel x, y, alpha, and 1 where it is drawn, of all points in the box of a layer."""
    layer, own = avatar.layers[i], avatar.layer_slices[i]
    points, alpha = points[own], field.alpha[own].astype(float)
    nothing = np.zeros((0, 0, 4)), np.s_[0:0, 0:0]
    if not len(points):
        return nothing
    left, top = np.clip(np.floor(points.min(0)).astype(int), 0, shape[::-1])
    right, bottom = np.clip(np.ceil(points.max(0)).astype(int), 0, shape[::-1])
    if right <= left or bottom <= top:
        return nothing
    points = points - (left, top)
    texel = layer.mesh.vertices_px.astype(float) - layer.offset_px
    values = np.column_stack([texel, alpha])
    found = np.zeros((bottom - top, right - left, 4))
    for corners in layer.mesh.triangles:
        _triangle(found, points[corners], values[corners])
    return found, np.s_[top:bottom, left:right]


def _triangle(found: np.ndarray, corners: np.ndarray, values: np.ndarray) -> None:
    """Write the interpolated values at all points inside one triangle."""
    (ax, ay), (bx, by), (cx, cy) = corners
    area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay)
    left, top = np.maximum(np.floor(corners.min(0)).astype(int), 0)
    right, bottom = np.minimum(np.ceil(corners.max(0)).astype(int), found.shape[1::-1])
    if area == 0 or right <= left or bottom <= top:
        return
    x, y = np.arange(left, right) + 0.5, np.arange(top, bottom)[:, None] + 0.5
    b = ((x - ax) * (cy - ay) - (cx - ax) * (y - ay)) / area
    c = ((bx - ax) * (y - ay) - (x - ax) * (by - ay)) / area
    inside = (b >= -1e-9) & (c >= -1e-9) & (b + c <= 1 + 1e-9)
    b, c = b[inside][:, None], c[inside][:, None]
    part = found[top:bottom, left:right]
    part[inside, :3] = (1 - b - c) * values[0] + b * values[1] + c * values[2]
    part[inside, 3] = 1


def _read(layer: Layer, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Read premultiplied art bilinearly, (n, 4)."""
    height, width = layer.rgba.shape[:2]
    x, y = np.clip(x - 0.5, 0, width - 1), np.clip(y - 0.5, 0, height - 1)
    i, j = np.floor(x).astype(int), np.floor(y).astype(int)
    total = np.zeros((len(x), 4))
    for dy in (0, 1):
        for dx in (0, 1):
            texel = layer.rgba[np.minimum(j + dy, height - 1), np.minimum(i + dx, width - 1)]
            weight = np.abs(1 - dx - (x - i)) * np.abs(1 - dy - (y - j))
            alpha = texel[:, 3] / 255
            total[:, :3] += (weight * alpha)[:, None] * (texel[:, :3] / 255)
            total[:, 3] += weight * alpha
    return total
