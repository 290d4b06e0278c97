"""What is drawn for training and measuring reaches every control and stays in human range."""

import numpy as np
import pytest

from vtuber.core.pose import BASE, Pose
from vtuber.warp.controls import CONTROLS, Fold
from vtuber.warp.poses import HUMAN_DEG, draw_controls, rest


def drawn(count: int = 400, turn: float = 1.0) -> list[dict[str, float]]:
    random = np.random.default_rng(5)
    return [draw_controls(random, turn) for _ in range(count)]


def test_rest_is_what_the_rest_pose_folds_to() -> None:
    assert rest() == dict(Fold(BASE)(Pose.rest()))


def test_every_control_is_moved_now_and_still_now() -> None:
    poses = drawn()
    for name in CONTROLS:
        share = sum(pose[name] != 0 for pose in poses) / len(poses)
        assert 0.1 < share < 0.95, name


@pytest.mark.parametrize("turn", [1.0, 1.3])
def test_turns_fill_their_range_and_no_more(turn: float) -> None:
    for name, most in HUMAN_DEG.items():
        values = [pose[name] for pose in drawn(turn=turn)]
        assert 0.9 * most * turn < max(values) <= most * turn
        assert -most * turn <= min(values) < -0.9 * most * turn


def test_amounts_are_shares_and_a_mouth_has_one_shape() -> None:
    for pose in drawn():
        amounts = [v for n, v in pose.items() if n not in HUMAN_DEG]
        assert -1.0 <= min(amounts) <= max(amounts) <= 1.0
        assert pose["mouth_wide"] + pose["mouth_narrow"] + pose["mouth_press"] <= 1.0 + 1e-9


def test_the_same_chance_draws_the_same() -> None:
    assert drawn(20) == drawn(20)
