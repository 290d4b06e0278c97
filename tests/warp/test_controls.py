import numpy as np
import pytest

from vtuber.core.pose import BASE, Parameter, Pose
from vtuber.warp.controls import CONTROLS, Fold


def test_there_are_at_most_45_controls_and_all_are_zero_at_rest() -> None:
    assert len(CONTROLS) <= 45
    assert not any(Fold(BASE)(Pose.rest()).values())


def test_every_pose_parameter_of_the_base_moves_something_but_jaw_forward() -> None:
    fold = Fold(BASE)
    still = []
    for parameter in BASE.parameters:
        values = {"jawOpen": 0.5, "browInnerUp": 0.5}
        before = fold(Pose.of(values))
        after = fold(Pose.of({**values, parameter.name: parameter.high}))
        if before == after:
            still.append(parameter.name)
    assert set(still) == {"jawForward", "mouthShrugUpper"}


def test_left_and_right_are_folded_alike() -> None:
    order, signs = BASE.mirror_order()
    fold, random = Fold(BASE), np.random.default_rng(1)
    pose = Pose(BASE, random.uniform(BASE.low, BASE.high).astype(np.float32))
    one, other = fold(pose), fold(Pose(BASE, pose.values[order] * signs))
    for name, value in one.items():
        mirrored = name.replace("left", "RIGHT").replace("right", "left").replace("RIGHT", "right")
        odd = name in ("gaze_x", "mouth_x", "head_yaw", "head_roll", "headX", "body_yaw",
                       "body_roll")  # fmt: skip
        assert other[mirrored] == pytest.approx(-value if odd else value, abs=1e-5)


def test_a_longer_pose_space_folds_to_the_same_controls() -> None:
    space = BASE.extended([Parameter("earLeft")])
    values = {"jawOpen": 0.4, "headYaw": 12.0}
    assert Fold(space)(Pose.of(values, space)) == Fold(BASE)(Pose.of(values))
