import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.warp.test_tha import THEIRS
from vtuber.animate.tha import THA, tha_parameters, tha_pose
from vtuber.core.pose import BASE, Pose
from vtuber.track.blendshapes import BlendshapeSolver

NO_FACE_SHOWS = {"iris_small_left", "iris_small_right", "breathing", "body_y", "body_z"}
TURNS = {"iris_rotation_x", "iris_rotation_y", "head_x", "head_y", "neck_z", "body_y", "body_z"}
# what a webcam measures, together, for what no single shape is
TOGETHER = {
    "eyebrow_angry_SIDE": {"browDownSIDE": 1, "eyeSquintSIDE": 1},
    "eyebrow_serious_SIDE": {"browDownSIDE": 1, "mouthPressSIDE": 1},
    "eyebrow_happy_SIDE": {"browOuterUpSIDE": 1, "mouthSmileSIDE": 1},
    "eyebrow_troubled_SIDE": {"browInnerUp": 1},
    "eyebrow_raised_SIDE": {"browOuterUpSIDE": 1},
    "eye_happy_wink_SIDE": {"eyeBlinkSIDE": 1, "mouthSmileSIDE": 1},
    "eye_raised_lower_eyelid_SIDE": {"eyeSquintSIDE": 1, "mouthSmileSIDE": 1},
    "mouth_smirk": {"mouthSmileLeft": 1},
    "mouth_delta": {"jawOpen": 0.6, "mouthUpperUpLeft": 1, "mouthUpperUpRight": 1},
}


def measured(name):
    """Give a pose of what a webcam measures that should be this parameter of theirs."""
    stem = name.replace("_left", "_SIDE").replace("_right", "_SIDE")
    side = "Left" if name.endswith("_left") else "Right"
    together = {n.replace("SIDE", side): v for n, v in TOGETHER.get(stem, {}).items()}
    return Pose.of(together or THEIRS[name])


def test_the_names_are_theirs():
    assert len(THA) == len(set(THA)) == 45
    assert set(THA) == set(THEIRS)
    assert set(tha_parameters(Pose.rest())) == set(THA)


def test_at_rest_all_is_0():
    assert tha_pose(Pose.rest()) == [0.0] * 45


@pytest.mark.parametrize("name", [n for n in THA if n not in NO_FACE_SHOWS])
def test_a_face_drives_each_that_a_face_can_show(name):
    pose = measured(name)
    moved = {n for n, v in pose.as_dict().items() if v}
    assert moved <= BlendshapeSolver.MEASURED
    value = abs(tha_parameters(pose)[name])
    assert value > 0.6
    others = {n: abs(v) for n, v in tha_parameters(pose).items() if n != name}
    side = name.rpartition("_")[2]
    same_region = [n for n in others if n.split("_")[0] == name.split("_")[0] and n.endswith(side)]
    assert value >= max((others[n] for n in same_region), default=0.0)


@pytest.mark.parametrize("vowel", ["aaa", "iii", "uuu", "eee", "ooo"])
def test_each_vowel_is_told_from_the_others(vowel):
    values = tha_parameters(Pose.of(THEIRS[f"mouth_{vowel}"]))
    assert max(["aaa", "iii", "uuu", "eee", "ooo"], key=lambda v: values[f"mouth_{v}"]) == vowel
    assert values[f"mouth_{vowel}"] > 0.65


def test_signs_are_those_of_their_converter():
    left = tha_parameters(
        Pose.of({"headYaw": 5, "headRoll": 7.5, "headPitch": 7.5, "eyeLookOutLeft": 1,
                 "eyeLookInRight": 1, "eyeLookUpLeft": 1, "eyeLookUpRight": 1})
    )  # fmt: skip
    assert [left[n] for n in ("head_y", "neck_z", "head_x")] == pytest.approx([-0.5, -0.5, 0.5])
    assert (left["iris_rotation_y"], left["iris_rotation_x"]) == (-1.0, 1.0)


def test_a_blink_goes_from_a_hanging_lid_to_a_shut_one():
    closing = [tha_parameters(Pose.of({"eyeBlinkLeft": b})) for b in np.linspace(0, 1, 21)]
    shut = np.array([c["eye_wink_left"] for c in closing])
    hangs = np.array([c["eye_relaxed_left"] for c in closing])
    assert (shut[-1], hangs[-1]) == (1.0, 0.0)
    assert (np.diff(shut) >= 0).all()
    assert (np.diff(HANGS * hangs + shut) >= -1e-6).all()


HANGS = 0.4  # how far a relaxed lid is shut


def test_a_closed_smile_is_no_vowel():
    smiling = tha_parameters(Pose.of({"mouthSmileLeft": 1, "mouthSmileRight": 1}))
    assert not any(smiling[f"mouth_{v}"] for v in ("aaa", "iii", "uuu", "eee", "ooo"))
    assert smiling["mouth_raised_corner_left"] == 1.0
    assert smiling["mouth_smirk"] == 0.0


@given(st.lists(st.floats(0, 1, width=32), min_size=len(BASE), max_size=len(BASE)),
       st.floats(0, 1))  # fmt: skip
def test_whatever_the_pose_all_stay_in_range_and_vowels_sum_to_at_most_1(shares, scale):
    values = BASE.low + np.array(shares, np.float32) * (BASE.high - BASE.low) * scale
    result = tha_parameters(Pose(BASE, values.astype(np.float32)))
    for name, value in result.items():
        assert -1.0 * (name in TURNS) <= value <= 1.0, name
    assert sum(result[f"mouth_{v}"] for v in ("aaa", "iii", "uuu", "eee", "ooo")) < 1.0 + 1e-6
