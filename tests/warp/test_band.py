"""Headphones in a turn: the far side of their band is behind the hair, the near side is not."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from vtuber.avatar.avatar import Avatar
from vtuber.avatar.bundle import load
from vtuber.core.pose import Pose
from vtuber.warp.rig import Rig


@pytest.fixture(scope="module")
def shipped() -> Avatar:
    return load(Path(__file__).parents[2] / "avatars" / "default")


def band_alpha(avatar: Avatar, name: str, **pose: float) -> tuple[float, float]:
    """Give the alpha of a layer's ends: the performer's right and left."""
    layer = next(i for i, one in enumerate(avatar.layers) if one.name == name)
    part = avatar.layer_slices[layer]
    x, alpha = avatar.vertices_px[part, 0], Rig(avatar).warp(Pose.of(pose)).alpha[part]
    return float(alpha[x.argmin()]), float(alpha[x.argmax()])


@pytest.mark.parametrize(("yaw", "ends"), [(0.0, (1, 1)), (25.0, (1, 0)), (-25.0, (0, 1))])
def test_the_far_end_of_a_band_with_a_back_half_fades_and_the_back_half_stays(
    shipped: Avatar, yaw: float, ends: tuple[int, int]
) -> None:
    assert band_alpha(shipped, "headband", headYaw=yaw) == ends
    assert band_alpha(shipped, "headband_back", headYaw=yaw) == (1, 1)


def test_headwear_without_a_back_half_is_a_hat_and_stays_whole(shipped: Avatar) -> None:
    layers = tuple(
        dataclasses.replace(layer, toggle="" if layer.name == "headband_back" else layer.toggle)
        for layer in shipped.layers
    )
    hat = dataclasses.replace(shipped, layers=layers)
    assert band_alpha(hat, "headband", headYaw=25.0) == (1, 1)


def test_the_band_comes_in_on_both_sides_as_a_ring_does(shipped: Avatar) -> None:
    layer = next(i for i, one in enumerate(shipped.layers) if one.name == "headband_back")
    part = shipped.layer_slices[layer]
    turned = Rig(shipped).warp(Pose.of({"headYaw": 28.0})).positions_px[part, 0]
    assert np.ptp(turned) < 0.92 * np.ptp(shipped.vertices_px[part, 0])
