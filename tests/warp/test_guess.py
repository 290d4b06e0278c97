"""The rig of medians: the same pictures, landmarks and swing; nothing of what a bundle may say."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from vtuber.avatar.avatar import Avatar
from vtuber.avatar.bundle import load
from vtuber.avatar.strands import JOINTS
from vtuber.avatar.style import Style
from vtuber.core.errors import UserError
from vtuber.core.pose import Pose
from vtuber.warp.guess import guess
from vtuber.warp.rig import Rig
from vtuber.warp.warpers import WARPERS, warper_called

BUSY = Pose.of({"headYaw": 22.0, "headPitch": -9.0, "jawOpen": 0.7, "eyeBlinkLeft": 0.5})


@pytest.fixture(scope="module")
def shipped() -> Avatar:
    return load(Path(__file__).parents[2] / "avatars" / "default")


def test_what_a_bundle_says_of_depth_and_manner_does_not_reach_a_guess(shipped: Avatar) -> None:
    silent = dataclasses.replace(
        shipped,
        layers=tuple(dataclasses.replace(layer, depth=0.9, turn=0.5) for layer in shipped.layers),
        style=Style(muzzle=0.2, smile=1.6),
    )
    np.testing.assert_array_equal(
        guess(silent).warp(BUSY).positions_px, guess(shipped).warp(BUSY).positions_px
    )


def test_a_guess_comes_near_the_rig_and_is_not_the_same(shipped: Avatar) -> None:
    apart = guess(shipped).warp(BUSY).positions_px - Rig(shipped).warp(BUSY).positions_px
    moved = Rig(shipped).warp(BUSY).positions_px - shipped.vertices_px
    assert 0.0 < np.hypot(*apart.T).mean() < 0.25 * np.hypot(*moved.T).mean()


def test_a_guess_swings_on_the_strands_that_physics_found(shipped: Avatar) -> None:
    joints = np.full((len(shipped.strands.strands) * JOINTS, 2), 0.1, np.float32)
    one, other = (w.warp(Pose.rest(), joints).positions_px for w in (Rig(shipped), guess(shipped)))
    np.testing.assert_allclose(one, other, atol=1e-3)


@pytest.mark.parametrize("name", WARPERS)
def test_every_kind_of_warper_leaves_the_art_as_it_is_at_rest(shipped: Avatar, name: str) -> None:
    field = warper_called(name)(shipped).warp(Pose.rest())
    shown = field.alpha > 0
    np.testing.assert_array_equal(field.positions_px[shown], shipped.vertices_px[shown])


def test_a_warper_that_there_is_not_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(UserError, match="choose one of: rig, guess, network"):
        warper_called("rigg")
