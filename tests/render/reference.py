"""A second renderer, slow and independent: float64 NumPy, colours premultiplied and in sRGB.

`composite` moves each layer by one affine map, so that a pixel's place in the art is known without
a mesh; `supersampled` (in `reference_mesh`) draws the triangles that OpenGL gets.
Formulas: W3C Compositing and Blending Level 1; `add` is its plus-lighter.
"""

from __future__ import annotations

import numpy as np

from vtuber.avatar.avatar import Avatar, Layer

Affine = np.ndarray  # (2, 3): picture = affine @ (x, y, 1) in canvas px


def composite(
    avatar: Avatar,
    size_px: tuple[int, int],
    moves: dict[str, Affine],
    alphas: dict[str, float] | None = None,
    order: list[int] | None = None,
) -> np.ndarray:
    """Give premultiplied RGBA (h, w, 4) in 0..1 of all layers, back to front."""
    alphas = alphas or {}
    art = [
        sample(layer, size_px, moves[layer.name]) * alphas.get(layer.name, 1.0)
        for layer in avatar.layers
    ]
    below = np.zeros((size_px[1], size_px[0], 4))
    for i in order or range(len(art)):
        layer = avatar.layers[i]
        source = art[i] if layer.clip is None else art[i] * art[layer.clip][..., 3:]
        below = blend(below, source, layer.blend)
    return below


def sample(layer: Layer, size_px: tuple[int, int], move: Affine) -> np.ndarray:
    """Read a layer bilinearly at every pixel's centre; outside the picture lies nothing."""
    x, y = np.meshgrid(np.arange(size_px[0]) + 0.5, np.arange(size_px[1]) + 0.5)
    back = np.linalg.inv(np.vstack([move, [0, 0, 1]]))
    u = back[0, 0] * x + back[0, 1] * y + back[0, 2] - layer.offset_px[0] - 0.5
    v = back[1, 0] * x + back[1, 1] * y + back[1, 2] - layer.offset_px[1] - 0.5
    straight = layer.rgba / 255.0
    art = np.pad(
        np.concatenate([straight[..., :3] * straight[..., 3:], straight[..., 3:]], -1),
        ((1, 1), (1, 1), (0, 0)),
    )
    u = np.clip(u + 1, 0, art.shape[1] - 1.001)
    v = np.clip(v + 1, 0, art.shape[0] - 1.001)
    i, j = np.floor(u).astype(int), np.floor(v).astype(int)
    fu, fv = (u - i)[..., None], (v - j)[..., None]
    top = art[j, i] * (1 - fu) + art[j, i + 1] * fu
    low = art[j + 1, i] * (1 - fu) + art[j + 1, i + 1] * fu
    return top * (1 - fv) + low * fv


def blend(below: np.ndarray, source: np.ndarray, mode: str) -> np.ndarray:
    """Lay premultiplied source over premultiplied below."""
    if mode == "add":
        return np.minimum(below + source, 1.0)
    ab, a = below[..., 3:], source[..., 3:]
    cb = np.divide(below[..., :3], ab, where=ab > 0, out=np.zeros_like(below[..., :3]))
    c = np.divide(source[..., :3], a, where=a > 0, out=np.zeros_like(source[..., :3]))
    mixed = {
        "normal": c,
        "multiply": cb * c,
        "screen": cb + c - cb * c,
        "overlay": np.where(cb <= 0.5, 2 * cb * c, 1 - 2 * (1 - cb) * (1 - c)),
    }[mode]
    colour = c * a * (1 - ab) + cb * ab * (1 - a) + a * ab * mixed
    return np.concatenate([colour, a + ab * (1 - a)], -1)
