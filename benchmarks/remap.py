"""How fast would OpenCV draw the same picture? Remaps and blends each layer on the CPU.

    python benchmarks/remap.py [--json] [--avatar NAME]

For each layer a map says which texel each pixel shows; `cv2.remap` reads the art through it, and
the result is blended over the picture, premultiplied, inside the layer's box. The maps are made
beforehand and NOT timed, though they change with every pose: this is the least that OpenCV takes.
`benchmarks/render.py` prints it as `cv2_ms`, beside OpenGL in the same run.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # for the tests' renderer
from tests.render.reference_mesh import drawn_points, placed_points
from vtuber import resources
from vtuber.avatar.avatar import Avatar
from vtuber.avatar.bundle import load
from vtuber.core.pose import Pose
from vtuber.core.scene import Placement, WarpField
from vtuber.image.alpha import premultiplied
from vtuber.warp.rig import Rig

ROUNDS = 40


@dataclass(frozen=True)
class Piece:
    """One layer, ready to be remapped."""

    art: np.ndarray  # premultiplied RGBA
    maps: tuple[np.ndarray, np.ndarray]  # fixed point, as cv2.remap is fastest with
    faded: np.ndarray | None  # alpha of vertices and of the clip, four times, or None where 1
    part: tuple[slice, slice]


def main() -> None:
    """Read the flags, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--avatar", default="default", help="a name that ships, or a path")
    parser.add_argument("--json", action="store_true", help="one object, nothing else")
    flags = parser.parse_args()
    avatar = load(resources.avatar_path(flags.avatar))
    field = Rig(avatar).warp(Pose.of({"headYaw": 12.0, "jawOpen": 0.4}))
    report = {"cv2_ms": cpu_ms(avatar, field, (1280, 720))}
    print(json.dumps(report, indent=None if flags.json else 2))


def cpu_ms(avatar: Avatar, field: WarpField, size_px: tuple[int, int]) -> float:
    """Give the median CPU time of a picture."""
    pieces = prepare(avatar, field, size_px)
    times_ms = []
    for _ in range(ROUNDS):
        began = time.process_time()
        draw(pieces, size_px)
        times_ms.append((time.process_time() - began) * 1e3)
    return round(float(np.median(times_ms)), 2)


def prepare(avatar: Avatar, field: WarpField, size_px: tuple[int, int]) -> list[Piece]:
    """Make the maps of all layers that are worn and seen, back to front."""
    points = placed_points(field, Placement(), avatar.canvas_px, size_px)
    hidden, pieces = avatar.not_worn(), []
    for i in field.order.tolist():
        layer = avatar.layers[i]
        if not field.visible[i] or layer.name in hidden:
            continue
        found, part = drawn_points(avatar, i, field, points, size_px[::-1])
        fade = found[..., 2] * found[..., 3]
        if not fade.size or fade.max() < 0.5 / 255:
            continue
        if layer.clip is not None:
            mask, there = drawn_points(avatar, layer.clip, field, points, size_px[::-1])
            whole = np.zeros(size_px[::-1])
            whole[there] = mask[..., 2] * mask[..., 3]
            fade = fade * whole[part]
        texel = np.where(fade[..., None] > 0, found[..., :2] - 0.5, -9.0).astype(np.float32)
        maps = cv2.convertMaps(texel[..., 0], texel[..., 1], cv2.CV_16SC2)
        faint = ((fade > 0) & (fade < 1)).any()
        faded = np.repeat(np.round(fade * 255).astype(np.uint8)[..., None], 4, 2)
        pieces.append(Piece(premultiplied(layer.rgba), maps, faded if faint else None, part))
    return pieces


def draw(pieces: list[Piece], size_px: tuple[int, int]) -> np.ndarray:
    """Lay the pieces over each other: premultiplied RGBA."""
    picture = np.zeros((size_px[1], size_px[0], 4), np.uint8)
    for piece in pieces:
        source = cv2.remap(piece.art, *piece.maps, cv2.INTER_LINEAR)
        if piece.faded is not None:
            source = cv2.multiply(source, piece.faded, scale=1 / 255)
        left = cv2.bitwise_not(cv2.extractChannel(source, 3))
        below = cv2.multiply(picture[piece.part], cv2.merge([left] * 4), scale=1 / 255)
        picture[piece.part] = cv2.add(source, below)
    return picture


if __name__ == "__main__":
    main()
