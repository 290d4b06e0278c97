"""What is drawn for training and measuring reaches every control and stays in human range."""

import numpy as np
import pytest

from vtuber.warp.controls import CONTROLS
from vtuber.warp.poses import HUMAN_DEG, near, random_controls


def drawn(count: int = 400, turned: float = 1.0) -> list[dict[str, float]]:
    random = np.random.default_rng(5)
    return [random_controls(random, turned) for _ in range(count)]


def test_every_control_is_moved_now_and_still_now() -> None:
    poses = drawn()
    for name in CONTROLS:
        share = sum(pose[name] != 0 for pose in poses) / len(poses)
        assert 0.1 < share < 0.95, name


@pytest.mark.parametrize("turned", [1.0, 1.3])
def test_turns_fill_their_range_and_no_more(turned: float) -> None:
    for name, most in HUMAN_DEG.items():
        values = [pose[name] for pose in drawn(turned=turned)]
        assert 0.9 * most * turned < max(values) <= most * turned
        assert -most * turned <= min(values) < -0.9 * most * turned


def test_the_same_chance_draws_the_same() -> None:
    assert drawn(20) == drawn(20)


def test_near_is_a_small_way_off() -> None:
    pose = drawn(1)[0]
    beside = near(np.random.default_rng(1), pose, 0.01)
    moved = [abs(beside[name] - value) for name, value in pose.items()]
    assert 0.0 < max(moved) < 1.5  # degrees; the widest range is 90
