"""Packs an avatar's layers into few textures: layers in, premultiplied pages and coordinates out.

Pure. Pages are small, because a texture is uploaded whole: one page of 2112x2300 held the beat up
for 12 ms, four of 1280 px for 4 each. Drawing changes texture more often (23 runs of triangles
instead of 10), which costs nothing: 14.2 ms of CPU time at 720p for both.

Filtering is right because colour is premultiplied: what is transparent is black and weighs nothing,
so no edge can take on a foreign colour. Art that touches the border of its picture is repeated
outwards.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float32, UInt8

from vtuber.avatar.avatar import Avatar, Layer
from vtuber.image.alpha import premultiplied

_PAD_PX = 8  # a texel at an eighth of the size, so that neighbours never mix
_PAGE_PX = 1280  # unless a layer is larger
_REACH_PX = 64  # a mesh may reach this far beyond its picture; beyond that lies nothing


@dataclass(frozen=True, slots=True, eq=False)
class Atlas:
    """Pages of texture, and where each vertex of the avatar reads."""

    pages: tuple[UInt8[np.ndarray, "h w 4"], ...]  # premultiplied, top row first
    page_of: tuple[int, ...]  # per layer
    uv: Float32[np.ndarray, "v 2"]  # 0..1 on the layer's page, v = 0 is the top row


@dataclass(frozen=True, slots=True)
class _Crop:
    """The part of a layer's picture that its mesh shows; right and bottom exclusive."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def padded_px(self) -> tuple[int, int]:
        """Width and height with a pad on each side."""
        return self.right - self.left + 2 * _PAD_PX, self.bottom - self.top + 2 * _PAD_PX


def pack(avatar: Avatar, limit_px: int) -> Atlas:
    """Pack all layers of an avatar into square pages of at most `limit_px`."""
    crops = [_crop(layer, limit_px) for layer in avatar.layers]
    sizes_px = [crop.padded_px for crop in crops]
    page_px = min(limit_px, max(_PAGE_PX, *(max(size_px) for size_px in sizes_px)))
    places, heights, width = _shelves(sizes_px, page_px)
    pages = tuple(np.zeros((height, width, 4), np.uint8) for height in heights)
    uv = np.empty_like(avatar.uv)
    for i, (layer, crop, (page, x, y)) in enumerate(zip(avatar.layers, crops, places, strict=True)):
        wide, high = crop.padded_px
        pages[page][y : y + high, x : x + wide] = _cut(layer, crop)
        texel = avatar.uv[avatar.layer_slices[i]] * layer.rgba.shape[1::-1]
        moved = texel + np.array([x - crop.left, y - crop.top], np.float32) + _PAD_PX
        uv[avatar.layer_slices[i]] = moved / np.array([width, heights[page]], np.float32)
    return Atlas(pages, tuple(page for page, _, _ in places), uv)


def _crop(layer: Layer, limit_px: int) -> _Crop:
    height, width = layer.rgba.shape[:2]
    shown = layer.mesh.vertices_px[np.unique(layer.mesh.triangles)] - np.array(layer.offset_px)
    if not len(shown):
        return _Crop(0, 0, 1, 1)
    low, high = np.floor(shown.min(0)), np.ceil(shown.max(0))
    left, top = np.clip(low, -_REACH_PX, [width - 1, height - 1]).astype(int).tolist()
    right, bottom = np.clip(
        high, [max(left, 0) + 1, max(top, 0) + 1], [width + _REACH_PX, height + _REACH_PX]
    )
    crop = _Crop(left, top, int(right), int(bottom))
    assert max(crop.padded_px) <= limit_px, f"{layer} is larger than a texture may be"
    return crop


def _cut(layer: Layer, crop: _Crop) -> UInt8[np.ndarray, "h w 4"]:
    """Cut a crop and its pad out of a picture, whose border is repeated outwards."""
    height, width = layer.rgba.shape[:2]
    left, top = crop.left - _PAD_PX, crop.top - _PAD_PX
    right, bottom = crop.right + _PAD_PX, crop.bottom + _PAD_PX
    inner = premultiplied(layer.rgba[max(top, 0) : bottom, max(left, 0) : right])
    missing = [
        (max(-low, 0), max(high - end, 0))
        for low, high, end in ((top, bottom, height), (left, right, width))
    ]
    return np.pad(inner, [*missing, (0, 0)], mode="edge")


def _shelves(
    sizes_px: list[tuple[int, int]], limit_px: int
) -> tuple[list[tuple[int, int, int]], list[int], int]:
    """Stand boxes on shelves, tallest first: (page, x, y) of each, page heights, page width."""
    area = sum(w * h for w, h in sizes_px)
    widest = max(w for w, _ in sizes_px)
    width = min(max(widest, _ceil_64(int((area * 1.1) ** 0.5))), limit_px)
    places: list[tuple[int, int, int]] = [(0, 0, 0)] * len(sizes_px)
    heights = [0]
    x = shelf_y = shelf_high = 0
    for i in sorted(range(len(sizes_px)), key=lambda i: -sizes_px[i][1]):
        wide, high = sizes_px[i]
        if x + wide > width:
            x, shelf_y, shelf_high = 0, shelf_y + shelf_high, 0
        if shelf_y + high > limit_px:
            heights.append(0)
            x = shelf_y = shelf_high = 0
        places[i] = (len(heights) - 1, x, shelf_y)
        x, shelf_high = x + wide, max(shelf_high, high)
        heights[-1] = max(heights[-1], shelf_y + shelf_high)
    return places, heights, width


def _ceil_64(n: int) -> int:
    return -(-n // 64) * 64
