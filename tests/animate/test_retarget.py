import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vtuber.animate.retarget import BODY_FOLLOWS, Manner, Retarget
from vtuber.core.pose import BASE, Pose, PoseInput
from vtuber.warp.controls import Fold
from vtuber.warp.turn import YAW_LIMIT, Turn

HERE = {"headX": 0.0, "headY": 0.0, "headZ": -60.0}
POSES = st.dictionaries(st.sampled_from(BASE.names), st.floats(-90, 90))


def of(values, retarget=None, mirror=False, head_gain=1.0):
    """Give the retargeted values that are given, by name."""
    out = (retarget or Retarget())(PoseInput.of(values), Manner(mirror, head_gain))
    return {n: float(v) for n, v, w in zip(BASE.names, out.values, out.weights, strict=True) if w}


def test_unmirrored_angles_keep_their_signs_and_the_body_follows():
    out = of({"headYaw": 20, "headPitch": 10, "headRoll": -8})
    assert (out["headYaw"], out["headPitch"], out["headRoll"]) == (20, 10, -8)
    for body, (head, share) in BODY_FOLLOWS.items():
        assert out[body] == pytest.approx(share * out[head])


def test_linked_lids_close_together_and_others_may_wink():
    wink = PoseInput.of({"eyeBlinkLeft": 0.9, "eyeBlinkRight": 0.1, "eyeLookUpLeft": 0.5})
    blinks = [BASE.index["eyeBlinkLeft"], BASE.index["eyeBlinkRight"]]
    apart = Retarget()(wink, Manner(mirror=False)).values[blinks]
    assert apart == pytest.approx([0.9, 0.1])
    linked = Retarget()(wink, Manner(mirror=False, linked_blink=True)).values[blinks]
    assert linked == pytest.approx([0.9, 0.9])


def test_the_mirror_turns_yaw_roll_and_x_round_and_swaps_the_eyes():
    retarget = Retarget()
    of(HERE, retarget)
    out = of(
        {"headYaw": 20, "headPitch": 10, "headRoll": 8, "headX": 5, "headY": 2, "headZ": -55,
         "eyeBlinkLeft": 1.0, "eyeLookOutLeft": 0.5, "eyeLookInRight": 0.4},
        retarget, mirror=True,
    )  # fmt: skip
    assert (out["headYaw"], out["headPitch"], out["headRoll"]) == (-20, 10, -8)
    assert (out["headX"], out["headY"], out["headZ"]) == (-5, 2, 5)
    assert out["bodyYaw"] == pytest.approx(-6)
    assert out["eyeBlinkRight"] == 1.0
    assert out["eyeLookOutRight"] == pytest.approx(0.5)
    assert out["eyeLookInLeft"] == pytest.approx(0.4)
    assert "eyeBlinkLeft" not in out


def test_a_gain_enlarges_the_heads_angles_from_straight_ahead_and_nothing_else():
    retarget = Retarget()
    retarget.calibrate(PoseInput.of({"headYaw": 5.0, **HERE}))
    pose = {"headYaw": 15.0, "headPitch": -10.0, "headRoll": 4.0, "headX": 2.0, "jawOpen": 0.5,
            "eyeLookUpLeft": 0.4}  # fmt: skip
    plain, larger = of(pose, retarget), of(pose, retarget, head_gain=1.3)
    angles = [larger[name] for name in ("headYaw", "headPitch", "headRoll")]
    assert angles == pytest.approx([13.0, -13.0, 5.2])
    for name in ("headX", "jawOpen", "eyeLookUpLeft"):
        assert larger[name] == plain[name]


def test_an_amplified_head_creeps_to_what_an_avatar_can_turn_and_never_stops_hard():
    fold, shown = Fold(BASE), []
    for deg in np.arange(0.0, 90.0):  # of the performer's
        posed = Retarget()(PoseInput.of({"headYaw": deg}), Manner(False, head_gain=1.3))
        shown.append(math.degrees(Turn.of(fold(posed.over(Pose.rest()))).yaw))
    steps = np.diff(shown)
    assert steps[:12] == pytest.approx(1.3, rel=0.08)
    assert (steps >= 0).all()
    assert np.diff(steps).min() > -0.08  # what a clip at the limit would do at once: -1.3
    assert 30 < shown[-1] < YAW_LIMIT


@given(POSES)
def test_the_mirror_of_a_flipped_performer_is_the_performer(values):
    order, signs = BASE.mirror_order()
    pose = PoseInput.of(values)
    flipped = PoseInput(pose.values[order] * signs, pose.weights[order])
    one, other = Retarget()(pose, Manner(False)), Retarget()(flipped, Manner(True))
    assert one.values == pytest.approx(other.values, abs=1e-5)
    assert np.array_equal(one.weights, other.weights)


@given(POSES, POSES)
def test_what_comes_out_is_in_range_whatever_the_zero(zero, values):
    retarget = Retarget()
    retarget.calibrate(PoseInput.of(zero))
    out = retarget(PoseInput.of(values), Manner(True, head_gain=1.3))
    assert (out.values >= BASE.low).all()
    assert (out.values <= BASE.high).all()


def test_position_counts_from_where_the_performer_was_first_seen():
    retarget = Retarget()
    first = of({"headX": 3, "headY": -4, "headZ": -70}, retarget)
    assert (first["headX"], first["headY"], first["headZ"]) == (0, 0, 0)
    later = of({"headX": 5, "headY": -4, "headZ": -60}, retarget)
    assert (later["headX"], later["headY"], later["headZ"]) == (2, 0, 10)


def test_angles_are_absolute_until_they_are_calibrated():
    retarget = Retarget()
    assert of({"headYaw": 12.0}, retarget)["headYaw"] == 12.0
    retarget.calibrate(PoseInput.of({"headYaw": 12.0, "headPitch": -5.0, **HERE}))
    out = of({"headYaw": 15.0, "headPitch": -5.0, **HERE}, retarget)
    assert (out["headYaw"], out["headPitch"], out["headZ"]) == (3.0, 0.0, 0.0)


def test_calibrating_leaves_mouth_lids_and_brows_as_they_are():
    retarget = Retarget()
    pose = {"jawOpen": 0.5, "eyeBlinkLeft": 0.3, "browInnerUp": 0.2}
    retarget.calibrate(PoseInput.of(pose))
    assert of(pose, retarget) == pytest.approx(pose)


def test_a_calibration_without_position_keeps_the_one_there_was():
    retarget = Retarget()
    of({"headX": 3, "headY": 0, "headZ": -70}, retarget)
    retarget.calibrate(PoseInput.of({"headYaw": 10.0}))
    out = of({"headX": 4, "headY": 0, "headZ": -70}, retarget)
    assert (out["headX"], out["headZ"]) == (1.0, 0.0)


def test_less_than_the_zero_of_a_gaze_is_its_opposite():
    retarget = Retarget()
    retarget.calibrate(PoseInput.of({"eyeLookDownLeft": 0.3, "eyeLookOutRight": 0.2}))
    straight = of({"eyeLookDownLeft": 0.3, "eyeLookOutRight": 0.2}, retarget)
    assert straight == pytest.approx({"eyeLookDownLeft": 0.0, "eyeLookOutRight": 0.0})
    gaze = {f"eyeLook{way}{side}": 0.0 for way in ("Up", "Down", "In", "Out")
            for side in ("Left", "Right")}  # fmt: skip
    out = of({**gaze, "eyeLookUpLeft": 0.1}, retarget)
    assert out["eyeLookUpLeft"] == pytest.approx(0.4)
    assert out["eyeLookInRight"] == pytest.approx(0.2)
    assert out["eyeLookDownLeft"] == out["eyeLookOutRight"] == 0.0


def test_a_body_that_was_measured_does_not_follow_the_head():
    out = of({"headYaw": 20.0, "bodyYaw": -3.0})
    assert (out["bodyYaw"], out["headYaw"]) == (-3.0, 20.0)


def test_what_was_measured_stays_as_it_was():
    pose = PoseInput.of({"headYaw": 20.0, **HERE})
    before = pose.values.copy()
    Retarget()(pose, Manner(True, head_gain=1.3))
    assert np.array_equal(pose.values, before)
