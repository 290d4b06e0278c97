import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vtuber.animate.idle import BLINK_S, SWAY, Idle, breath
from vtuber.core.pose import BASE

BLINK = BASE.index["eyeBlinkLeft"]
MINUTE = np.arange(0, 60, 1 / 60)


def poses(idle, times_s):
    return np.array([idle.at(float(t)).values for t in times_s])


def blinks(closed):
    """Count how often a lid goes past half."""
    return np.sum((closed[1:] > 0.5) & (closed[:-1] <= 0.5))


def test_the_same_seed_and_time_are_the_same_pose_and_another_seed_another():
    assert np.array_equal(poses(Idle(3), [71.3]), poses(Idle(3), [71.3]))
    assert not np.array_equal(poses(Idle(3), [71.3]), poses(Idle(4), [71.3]))


def test_a_moment_needs_no_moments_before_it():
    idle = Idle(5)
    poses(idle, MINUTE)
    assert np.array_equal(poses(idle, [30.0]), poses(Idle(5), [30.0]))


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 50), st.integers(0, 4000))
def test_it_never_jumps_between_slots_or_within(seed, begin_s):
    step_s = 1 / 240
    moved = np.abs(np.diff(poses(Idle(seed), begin_s + np.arange(0, 8, step_s)), axis=0)).max(0)
    for name, most in {"eyeBlinkLeft": step_s / (0.33 * BLINK_S), "breath": 0.02}.items():
        assert moved[BASE.index[name]] <= most * 1.01
    gaze = [i for i, name in enumerate(BASE.names) if name.startswith("eyeLook")]
    assert moved[gaze].max() <= 0.9 * step_s / 0.06 * 1.01
    assert moved[[BASE.index[name] for name in SWAY]].max() < 0.05  # degrees


@pytest.mark.parametrize("seed", range(8))
def test_it_blinks_8_to_25_times_a_minute_every_2_to_6_seconds(seed):
    idle = Idle(seed)
    closed = poses(idle, np.arange(0, 240, 1 / 60))[:, BLINK]
    assert 8 * 4 <= blinks(closed) <= 25 * 4
    begins_s = np.flatnonzero((closed[1:] > 0.5) & (closed[:-1] <= 0.5)) / 60
    gaps_s = np.diff(begins_s)
    assert gaps_s.max() < 6.1
    assert np.all((gaps_s > 1.7) | (gaps_s < 0.4))  # a double blink, or a time between


def test_both_eyes_blink_and_look_together():
    for values in poses(Idle(1), MINUTE):
        assert values[BASE.index["eyeBlinkLeft"]] == values[BASE.index["eyeBlinkRight"]]
        assert values[BASE.index["eyeLookOutLeft"]] == values[BASE.index["eyeLookInRight"]]
        assert values[BASE.index["eyeLookInLeft"]] == values[BASE.index["eyeLookOutRight"]]
        assert values[BASE.index["eyeLookUpLeft"]] == values[BASE.index["eyeLookUpRight"]]


def test_it_looks_away_and_comes_back_to_the_audience():
    looked = poses(Idle(0), MINUTE)
    away = looked[:, BASE.index["eyeLookOutLeft"]] + looked[:, BASE.index["eyeLookInLeft"]]
    assert 0.4 < np.mean(away < 0.06) < 0.95
    assert away.max() > 0.15


def test_it_breathes_about_16_times_a_minute_from_empty_to_full():
    full = np.array([breath(t) for t in MINUTE])
    assert np.sum((full[1:] > 0.5) & (full[:-1] <= 0.5)) == 16
    assert (full.min(), full.max()) == (pytest.approx(0, abs=0.01), pytest.approx(1, abs=0.01))


def test_the_head_sways_within_its_amplitude_and_does_not_stand_still():
    swayed = poses(Idle(2), MINUTE)
    for name, (amplitude_deg, _, _) in SWAY.items():
        angles = swayed[:, BASE.index[name]]
        assert np.abs(angles).max() <= amplitude_deg
        assert np.ptp(angles) > amplitude_deg
