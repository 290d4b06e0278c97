"""Any rolled character under the real rig and renderer: turned, eyes shut, mouth wide, still whole.

Parts are painted in signal colours, so that what shows can be counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from jaxtyping import Bool, UInt8

pytest.importorskip("skia", reason="drawing needs skia-python: pip install 'vtuber[design]'")

from vtuber.avatar.avatar import Avatar, Layer
from vtuber.avatar.bundle import load
from vtuber.core.pose import BASE, Pose
from vtuber.core.scene import Actor, Placement, Scene
from vtuber.design.dice import roll
from vtuber.render.renderer import GlRenderer
from vtuber.runtime.clock import ManualClock
from vtuber.shows.avatars import make as avatars
from vtuber.warp.rig import Rig

SEEDS = range(60)
SIZE_PX = (288, 360)
NEAR_PX = 5  # of 360
HOLE_PX = 100  # more than at rest: locks that part beside a jaw show a slit

SHUT_AND_TURNED = [
    {"headYaw": yaw, "eyeBlinkLeft": 1.0, "eyeBlinkRight": 1.0, "jawOpen": 1.0}
    for yaw in (25.0, -25.0)
]
SIGNALS = {
    "iris": (255, 0, 255), "eye_light": (255, 0, 255), "eye_white": (0, 255, 0),
    "mouth_cavity": (255, 0, 0), "tongue": (255, 0, 0), "teeth": (255, 0, 0), "face": (0, 0, 255),
}  # fmt: skip


@pytest.fixture(scope="module")
def renderer() -> Iterator[GlRenderer]:
    renderer = GlRenderer(ManualClock())
    yield renderer
    renderer.close()


def painted(layer: Layer) -> Layer:
    """Paint a layer flat: in its signal colour, or dark; wings and tails not at all."""
    rgba = layer.rgba.copy()
    rgba[..., :3] = SIGNALS.get(layer.role, (40, 40, 40))
    if layer.role == "back_accessory":  # far behind: between neck and wing the sky may show
        rgba[..., 3] = 0
    return replace(layer, rgba=rgba)


def shown(
    renderer: GlRenderer, avatar: Avatar, values: Mapping[str, float]
) -> UInt8[np.ndarray, "h w 4"]:
    pose = Pose.of(values, BASE)
    renderer.load("any", avatar)
    scene = Scene(0, 0, 0, SIZE_PX, (Actor("any", "any", pose, Placement()),))
    return renderer.draw(scene, (Rig(avatar).warp(pose),)).rgba.copy()


def only(avatar: Avatar, *roles: str) -> Avatar:
    layers = tuple(layer for layer in avatar.layers if layer.role in roles)
    return replace(avatar, layers=tuple(replace(layer, clip=None) for layer in layers))


def seen_face(
    renderer: GlRenderer, avatar: Avatar, values: Mapping[str, float]
) -> Bool[np.ndarray, "h w"]:
    return np.asarray(shown(renderer, only(avatar, "face"), values)[..., 3] > 128)


def coloured(rgba: UInt8[np.ndarray, "h w 4"], *channels: int) -> Bool[np.ndarray, "h w"]:
    """Find what is strong in these channels and weak in the others."""
    others = [i for i in range(3) if i not in channels]
    high = rgba[..., list(channels)].min(axis=-1) > 150
    return np.asarray(high & (rgba[..., others].max(axis=-1, initial=0) < 110))


def holes(rgba: UInt8[np.ndarray, "h w 4"], face: Bool[np.ndarray, "h w"]) -> int:
    """Count the pixels of holes in the silhouette that touch the face, hair and neck around it.

    Farther out, between tails, arms and halos, the background may show as it likes.
    """
    clear = np.pad((rgba[..., 3] < 128).astype(np.uint8), 1, constant_values=1)
    clear[-1] = 0  # the body leaves the picture below
    _, labels = cv2.connectedComponents(clear, connectivity=4)
    shut = ((labels != labels[0, 0]) & (clear > 0))[1:-1, 1:-1]
    near = cv2.dilate(face.astype(np.uint8), np.ones((2 * NEAR_PX + 1,) * 2, np.uint8)) > 0
    # a gap between head and ponytail only begins near the face: most of it lies beyond
    areas = np.bincount(labels[1:-1, 1:-1][shut], minlength=labels.max() + 1)
    close = np.bincount(labels[1:-1, 1:-1][shut & near], minlength=labels.max() + 1)
    return int(close[close > 0.6 * areas].sum())


@pytest.mark.parametrize("seed", SEEDS)
def test_turned_with_eyes_shut_and_mouth_wide_nothing_leaks_and_nothing_gapes(
    seed: int, tmp_path: Path, renderer: GlRenderer
) -> None:
    avatar = load(avatars.new(str(tmp_path / "any"), roll(seed), SIZE_PX[1]))
    signal = replace(avatar, layers=tuple(map(painted, avatar.layers)))
    at_rest = holes(shown(renderer, signal, {}), seen_face(renderer, signal, {}))
    for values in SHUT_AND_TURNED:
        seen = shown(renderer, signal, values)
        assert not coloured(seen, 0, 2).any(), "an iris shows through a closed lid"
        assert not coloured(seen, 1).any(), "the white of an eye shows through a closed lid"
        mouth = coloured(
            shown(renderer, only(signal, "mouth_cavity", "tongue", "teeth"), values), 0
        )
        face = seen_face(renderer, signal, values)
        assert mouth.sum() > 20, "the mouth does not open"
        assert not (mouth & ~face).any(), "the mouth opens past the face"
        assert holes(seen, face) <= at_rest + HOLE_PX, "a turn tears a hole into the silhouette"
