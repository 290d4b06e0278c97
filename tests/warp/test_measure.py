"""A rig needs no picture: a character made of arrays moves as the avatar does that it came from."""

import dataclasses

import numpy as np
import pytest

from vtuber.avatar.avatar import Avatar
from vtuber.avatar.style import BOUNDS, KNOBS, Style
from vtuber.core.pose import BASE, Pose
from vtuber.warp.controls import Fold
from vtuber.warp.measure import Curves, Measured
from vtuber.warp.motion import Motion
from vtuber.warp.rig import Rig
from vtuber.warp.trace import Face, measure

# every knob shows in this pose, but for the two halves of an eye that exclude each other
BUSY = {
    "headYaw": 20.0, "headPitch": 10.0, "bodyYaw": 10.0, "jawOpen": 0.8, "mouthSmileLeft": 0.7,
    "mouthPucker": 0.4, "eyeBlinkLeft": 0.6, "eyeWideRight": 0.6, "eyeSquintRight": 0.5,
    "eyeLookOutLeft": 0.8, "browInnerUp": 0.7,
}  # fmt: skip


def moved(measured: Measured, **pose: float) -> np.ndarray:
    return Motion(measured)(Fold(BASE)(Pose.of(pose)))[0]


def test_what_was_measured_moves_as_the_rig_moves_the_avatar(avatar: Avatar, rig: Rig) -> None:
    field = rig.warp(Pose.of(BUSY))
    displacement, alpha = Motion(measure(avatar))(Fold(BASE)(Pose.of(BUSY)))
    np.testing.assert_allclose(
        avatar.vertices_px + displacement * Face(avatar).w_px, field.positions_px, atol=1e-3
    )
    np.testing.assert_array_equal(alpha, field.alpha)


def test_without_curves_the_landmarks_make_them_up(avatar: Avatar) -> None:
    plain = dataclasses.replace(measure(avatar), curves=Curves())
    shut = moved(plain, eyeBlinkLeft=1.0)
    white = plain.of("eye_white", side="left")
    height = np.ptp((plain.v + shut[:, 1])[white])
    assert height < 0.4 * np.ptp(plain.v[white])


@pytest.mark.parametrize("knob", KNOBS)
def test_every_knob_shows_and_its_median_lies_within_its_bounds(avatar: Avatar, knob: str) -> None:
    measured = measure(avatar)
    low, high = BOUNDS[knob]
    assert low < getattr(Style(), knob) < high
    one, other = (
        moved(dataclasses.replace(measured, style=Style(**{knob: value})), **BUSY)
        for value in (low, high)
    )
    assert np.abs(one - other).max() > 0.02  # W


@pytest.mark.parametrize("edge", [0, 1])
def test_rest_is_rest_whatever_the_style(avatar: Avatar, edge: int) -> None:
    style = Style(**{knob: bounds[edge] for knob, bounds in BOUNDS.items()})
    drawn = Rig(dataclasses.replace(avatar, style=style)).warp(Pose.rest())
    shown = drawn.alpha > 0
    np.testing.assert_array_equal(drawn.positions_px[shown], avatar.vertices_px[shown])


def test_an_eye_without_a_white_opens_no_wider_than_one_with(avatar: Avatar) -> None:
    whole = measure(avatar)
    keep = ~whole.of("eye_white")
    blind = dataclasses.replace(
        whole,
        points=whole.points[keep],
        parts=tuple(part for part in whole.parts if part.role != "eye_white"),
    )
    one, other = (moved(m, eyeWideLeft=1.0, eyeSquintLeft=0.5) for m in (whole, blind))
    np.testing.assert_allclose(other, one[keep], atol=1e-5)
