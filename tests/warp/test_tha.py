"""The 45 parameters of Talking Head Anime, there and back: each has its place in our vocabulary.

Names and order: `pose_parameters.py` of THA3 and THA4 (Khungurn, 2021 to 2024); signs as in
`animate/tha.py`. There by a pose, as a driver of theirs would be read; back from the controls that
the pose folds to.
"""

import numpy as np
import pytest

from vtuber.core.pose import BASE, Pose
from vtuber.warp.controls import CONTROLS, Fold
from vtuber.warp.motion import Motion
from vtuber.warp.trace import measure

SIDES = {"left": "Left", "right": "Right"}
# theirs: the pose that is theirs at 1. SIDE stands for Left and for Right.
_MORPHS = {
    "eyebrow_troubled_SIDE": {"browTroubledSIDE": 1},
    "eyebrow_angry_SIDE": {"browAngrySIDE": 1},
    "eyebrow_lowered_SIDE": {"browDownSIDE": 1},
    "eyebrow_raised_SIDE": {"browOuterUpSIDE": 1, "eyeWideSIDE": 0.3},
    "eyebrow_happy_SIDE": {"browOuterUpSIDE": 0.7, "cheekSquintSIDE": 0.3},
    "eyebrow_serious_SIDE": {"browSeriousSIDE": 1},
    "eye_wink_SIDE": {"eyeBlinkSIDE": 1},
    "eye_happy_wink_SIDE": {"eyeHappySIDE": 1},
    "eye_surprised_SIDE": {"eyeWideSIDE": 1},
    "eye_relaxed_SIDE": {"eyeBlinkSIDE": 0.4},
    "eye_unimpressed_SIDE": {"eyeSquintSIDE": 1},
    "eye_raised_lower_eyelid_SIDE": {"cheekSquintSIDE": 1},
    "iris_small_SIDE": {"irisSmallSIDE": 1},
    "mouth_lowered_corner_SIDE": {"mouthFrownSIDE": 1},
    "mouth_raised_corner_SIDE": {"mouthSmileSIDE": 1},
}
THEIRS: dict[str, dict[str, float]] = {
    **{
        name.replace("SIDE", side): {n.replace("SIDE", ours): v for n, v in pose.items()}
        for name, pose in _MORPHS.items()
        for side, ours in SIDES.items()
    },
    "mouth_aaa": {"jawOpen": 1},
    "mouth_iii": {"jawOpen": 0.15, "mouthStretchLeft": 1, "mouthStretchRight": 1},
    "mouth_uuu": {"jawOpen": 0.15, "mouthPucker": 1},
    "mouth_eee": {"jawOpen": 0.45, "mouthStretchLeft": 0.7, "mouthStretchRight": 0.7},
    "mouth_ooo": {"jawOpen": 0.6, "mouthFunnel": 1},
    "mouth_delta": {"jawOpen": 0.4, "mouthUpperUpLeft": 0.6, "mouthUpperUpRight": 0.6},
    "mouth_smirk": {"mouthSmileLeft": 0.8, "mouthLeft": 0.6},
    "iris_rotation_x": {"eyeLookUpLeft": 1, "eyeLookUpRight": 1},
    "iris_rotation_y": {"eyeLookInLeft": 1, "eyeLookOutRight": 1},
    "head_x": {"headPitch": 15},
    "head_y": {"headYaw": -10},
    "neck_z": {"headRoll": -15},
    "body_y": {"bodyYaw": -10},
    "body_z": {"bodyRoll": -15},
    "breathing": {"breath": 1},
}
# theirs: what our controls say of it
BACK = {
    **{
        f"eyebrow_{way}_{side}": (f"brow_{ours}_{side}", gain)
        for way, ours, gain in (("troubled", "troubled", 1), ("angry", "angry", 1),
                                ("lowered", "lower", 0.8), ("raised", "raise", 0.66),
                                ("happy", "raise", 0.42), ("serious", "serious", 1))
        for side in SIDES
    },
    **{
        f"eye_{way}_{side}": (f"eye_{ours}_{side}", gain)
        for way, ours, gain in (("wink", "close", 1), ("happy_wink", "happy", 1),
                                ("surprised", "wide", 1), ("relaxed", "close", 0.416),
                                ("unimpressed", "squint", 0.8),
                                ("raised_lower_eyelid", "squint", 0.5))
        for side in SIDES
    },
    **{f"iris_small_{side}": (f"iris_small_{side}", 1) for side in SIDES},
    **{f"mouth_lowered_corner_{side}": (f"mouth_frown_{side}", 1) for side in SIDES},
    **{f"mouth_raised_corner_{side}": (f"mouth_smile_{side}", 1) for side in SIDES},
    "mouth_aaa": ("mouth_open", 1), "mouth_iii": ("mouth_wide", 1),
    "mouth_uuu": ("mouth_narrow", 1), "mouth_eee": ("mouth_wide", 0.7),
    "mouth_ooo": ("mouth_round", 1), "mouth_delta": ("lip_up", 0.6),
    "mouth_smirk": ("mouth_x", 0.6), "iris_rotation_x": ("gaze_y", 1),
    "iris_rotation_y": ("gaze_x", -1), "head_x": ("head_pitch", 15), "head_y": ("head_yaw", -10),
    "neck_z": ("head_roll", -15), "body_y": ("body_yaw", -10), "body_z": ("body_roll", -15),
    "breathing": ("breath", 1),
}  # fmt: skip
# what the set of theirs cannot say
BEYOND = {"mouth_press", "lip_down", "mouth_cat", "cheek_puff", "tongue_out", "body_pitch"}
REGIONS = {"eyebrow": ("brow", "eye"), "eye": ("eye", "brow"), "iris": ("iris", "gaze"),
           "mouth": ("mouth", "lip"), "head": ("head",), "neck": ("head",), "body": ("body",),
           "breathing": ("breath",)}  # fmt: skip


def controls_of(pose: dict[str, float]) -> dict[str, float]:
    return {name: value for name, value in Fold(BASE)(Pose.of(pose)).items() if value}


def test_there_are_45_of_theirs_and_each_has_a_way_there_and_back() -> None:
    assert len(THEIRS) == 45
    assert set(THEIRS) == set(BACK)


@pytest.mark.parametrize("name", THEIRS)
def test_each_of_theirs_comes_back_as_itself(name: str) -> None:
    control, at_one = BACK[name]
    for share in (0.25, 0.5, 1.0):
        moved = controls_of({n: share * v for n, v in THEIRS[name].items()})
        assert moved[control] == pytest.approx(share * at_one, rel=0.05), (share, moved)


@pytest.mark.parametrize("name", THEIRS)
def test_each_of_theirs_stays_in_its_region_and_on_its_side(name: str) -> None:
    moved = controls_of(THEIRS[name])
    assert moved
    region = REGIONS[name.partition("_")[0]]
    assert all(control.startswith(region) for control in moved), moved
    other = {"left": "right", "right": "left"}.get(name.rpartition("_")[2])
    assert other is None or not any(control.endswith(other) for control in moved)


def test_turns_and_glances_have_two_ways() -> None:
    ours = {"iris_rotation_x": ("eyeLookDownLeft", "eyeLookDownRight"),
            "iris_rotation_y": ("eyeLookOutLeft", "eyeLookInRight")}  # fmt: skip
    for name, pose in ours.items():
        control, at_one = BACK[name]
        assert controls_of(dict.fromkeys(pose, 1.0))[control] == pytest.approx(-at_one)
    for name in ("head_x", "head_y", "neck_z", "body_y", "body_z"):
        control, at_one = BACK[name]
        opposite = {n: -v for n, v in THEIRS[name].items()}
        assert controls_of(opposite)[control] == pytest.approx(-at_one)


def test_every_control_of_ours_is_reached_by_theirs_or_is_known_to_be_beyond() -> None:
    reached = {control for pose in THEIRS.values() for control in controls_of(pose)}
    assert set(CONTROLS) - reached == BEYOND


def test_no_two_of_theirs_look_the_same(avatar) -> None:
    motion = Motion(measure(avatar))
    moved = {
        name: motion(Fold(BASE)(Pose.of(pose)))[0].reshape(-1) for name, pose in THEIRS.items()
    }
    names = list(moved)
    rest = motion(Fold(BASE)(Pose.rest()))[0].reshape(-1)
    for i, one in enumerate(names):
        assert np.abs(moved[one] - rest).max() > 0.01, one  # W
        for other in names[i + 1 :]:
            assert np.abs(moved[one] - moved[other]).max() > 0.005, (one, other)
