"""What drawings taught goes into the basis: met in its own pose, felt near it, gone at rest."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from vtuber.avatar.avatar import Avatar
from vtuber.avatar.bundle import load
from vtuber.avatar.fit import TERMS, Fit, Lesson
from vtuber.core.pose import Pose
from vtuber.warp.infer import Network

UP = tuple([0.0] * TERMS + [-0.1] + [0.0] * (TERMS - 1))  # a whole region, 0.1 W
SMILE = {"mouthSmileLeft": 1.0, "mouthSmileRight": 1.0}
FIT = Fit(
    (
        Lesson({"eyeBlinkLeft": 0.6}, {"eye_left": UP}, {"eye_left": {}}),
        Lesson({"jawOpen": 1.0}, {"mouth": UP}, {"mouth": {}}),
        Lesson(SMILE, {"mouth": (0.0,) * 2 * TERMS}, {"mouth": {"mouth_smile_left": 0.5}}),
    ),
    {"nose": (0.3, 0.0, 0.0)},
)


@pytest.fixture(scope="module")
def shipped() -> Avatar:
    return load(Path(__file__).parents[2] / "avatars" / "default")


@pytest.fixture(scope="module")
def taught(shipped: Avatar) -> Avatar:
    return dataclasses.replace(shipped, fit=FIT)


def more(plain: Avatar, taught: Avatar, role: str, side: str = "", **pose: float) -> np.ndarray:
    """Give how much more a role's vertices move than without the lessons, in W."""
    fields = [Network(avatar).warp(Pose.of(pose)).positions_px for avatar in (plain, taught)]
    part = plain.layer_slices[plain.where(role, side)[0]]
    marks = plain.landmarks
    w_px = (marks["cheek_left"][0] - marks["cheek_right"][0]) / 2
    return (fields[1] - fields[0])[part] / w_px


def test_each_lesson_is_met_in_its_pose_whatever_the_others_say(shipped, taught) -> None:
    for pose, role, side in (
        ({"eyeBlinkLeft": 0.6}, "lash_upper", "left"),
        ({"jawOpen": 1.0}, "lip_lower", ""),
    ):
        moved = more(shipped, taught, role, side, **pose)
        np.testing.assert_allclose(moved, np.full_like(moved, 1) * (0.0, -0.1), atol=2e-3)


def test_a_gain_of_a_motion_moves_as_much_more_as_the_motion_does(shipped, taught) -> None:
    network = Network(shipped)
    part = shipped.layer_slices[shipped.where("lip_upper")[0]]
    left, both = (
        network.warp(Pose.of(pose)).positions_px[part] - shipped.vertices_px[part]
        for pose in ({"mouthSmileLeft": 1.0}, SMILE)
    )
    end = left[:, 1].argmin()  # the left corner
    marks = shipped.landmarks
    w_px = (marks["cheek_left"][0] - marks["cheek_right"][0]) / 2
    moved = more(shipped, taught, "lip_upper", **SMILE)
    assert moved[end, 1] * w_px == pytest.approx(0.5 * both[end, 1], rel=0.35)
    assert moved[end, 1] < -0.005


def test_half_a_pose_is_about_half_the_lesson(shipped, taught) -> None:
    half = more(shipped, taught, "lip_lower", jawOpen=0.5)[:, 1].mean()
    assert -0.08 < half < -0.02


def test_the_other_side_and_other_regions_do_not_move(shipped, taught) -> None:
    for role, side in (("lash_upper", "right"), ("brow", "left"), ("face", "")):
        assert not more(shipped, taught, role, side, eyeBlinkLeft=0.6).any()


def test_rest_stays_exactly_the_art(taught: Avatar) -> None:
    field = Network(taught).warp(Pose.rest())
    shown = field.alpha > 0
    np.testing.assert_array_equal(field.positions_px[shown], taught.vertices_px[shown])


def test_a_depth_shows_in_a_turn_alone(shipped, taught) -> None:
    assert not more(shipped, taught, "nose", jawOpen=0.5).any()
    assert more(shipped, taught, "nose", headYaw=20.0)[:, 0].mean() > 0.05
