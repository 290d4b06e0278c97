import numpy as np
import pytest

from vtuber.animate.performance import LOOP_S, MARKS, TALKS_S, perform
from vtuber.core.pose import BASE

JAW = BASE.index["jawOpen"]


def poses(times_s):
    return np.array([perform(float(t)).values for t in times_s])


def test_it_is_the_same_at_the_same_time_and_again_after_the_loop():
    times_s = np.arange(0, LOOP_S, 0.37)
    assert poses(times_s + LOOP_S) == pytest.approx(poses(times_s), abs=1e-3)


def test_it_begins_and_ends_at_rest_and_loops_without_a_jump():
    assert not poses([0.0]).any()
    ends = poses([LOOP_S - 1e-4, LOOP_S, LOOP_S + 1e-4])
    assert np.abs(np.diff(ends, axis=0)).max() < 1e-3


def test_it_never_jumps():
    moved = np.abs(np.diff(poses(np.arange(0, 2 * LOOP_S, 0.001)), axis=0)).max(0)
    head = [BASE.index[name] for name in ("headYaw", "headPitch", "headRoll")]
    assert moved[head].max() < 0.08  # degrees in a millisecond
    moved[head] = 0
    assert moved.max() < 0.05


def test_every_mark_is_reached():
    for t_s, values in MARKS:
        pose = perform(t_s)
        for name, value in values.items():
            assert pose.values[BASE.index[name]] == pytest.approx(value, abs=1e-4)


def test_it_shows_what_an_avatar_can_do_and_leaves_lids_and_gaze_to_idle_motion():
    seen = poses(np.arange(0, LOOP_S, 0.05))
    yaw, roll = seen[:, BASE.index["headYaw"]], seen[:, BASE.index["headRoll"]]
    assert yaw.max() > 15 > -15 > yaw.min()
    assert np.ptp(roll) > 10
    assert seen[:, BASE.index["eyeHappyLeft"]].max() == 1.0
    weights = perform(5.0).weights
    for name in BASE.names:
        if name.startswith(("eyeBlink", "eyeLook")):
            assert weights[BASE.index[name]] == 0.0


def test_it_talks_in_syllables_with_pauses():
    mouth = poses(np.arange(*TALKS_S, 0.01))[:, JAW]
    syllables = np.sum((mouth[1:] > 0.2) & (mouth[:-1] <= 0.2))
    assert 6 <= syllables <= 18
    assert mouth.max() > 0.5
    assert np.mean(mouth < 0.02) > 0.3
