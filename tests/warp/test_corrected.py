"""What drawings taught goes into the basis: met in its own pose, felt near it, gone at rest."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from vtuber.avatar.avatar import Avatar
from vtuber.avatar.bundle import load
from vtuber.avatar.fit import TERMS, Fit, Lesson
from vtuber.core.pose import BASE, Pose
from vtuber.warp.controls import Fold
from vtuber.warp.corrected import Reaction
from vtuber.warp.infer import LearnedMotion, Network, told
from vtuber.warp.laws import Laws
from vtuber.warp.weights import shipped as weights

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


def more(
    plain: Avatar, taught: Avatar, role: str, side: str = "", layer: int = 0, **pose: float
) -> np.ndarray:
    """Give how much more vertices of a role's layer move than without the lessons, in W."""
    fields = [Network(avatar).warp(Pose.of(pose)).positions_px for avatar in (plain, taught)]
    part = plain.layer_slices[plain.where(role, side)[layer]]
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


def test_of_closed_eyes_the_lashes_learn_what_their_line_does(shipped: Avatar) -> None:
    # a field that grows downwards: by places at rest, lashes are high in it and the line is low
    leaning = tuple([0.0] * TERMS + [0.0, -0.1] + [0.0] * (TERMS - 2))
    fit = Fit((Lesson({"eyeBlinkLeft": 1.0}, {"eye_left": leaning}, {"eye_left": {}}),), {})
    taught = dataclasses.replace(shipped, fit=fit)
    lash, line = (
        more(shipped, taught, role, "left", -1, eyeBlinkLeft=1.0)[:, 1].mean()
        for role in ("lash_upper", "lid_closed")
    )
    assert abs(lash - line) < 0.06  # W; by places at rest 0.12


def test_a_motion_that_does_not_show_in_a_drawing_gets_no_gain_by_it(shipped: Avatar) -> None:
    measured = told(shipped)
    motion, laws = LearnedMotion(measured, shipped.style, weights()), Laws(measured)
    block = next(b for b in motion.baked.blocks if (b.region, b.side) == ("eye", "left"))
    gains = {}
    for blink in (0.6, 1.0):
        controls = Fold(BASE)(Pose.of({"eyeBlinkLeft": blink}))
        shown = motion(controls)[1] > 0
        gains[blink] = set(Reaction(block, laws, controls, shown).motions)
    assert "close" in gains[0.6]
    assert "close" not in gains[1.0]  # the lids have met, and their art has changed


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
