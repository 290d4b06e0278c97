"""Idle motion: seeded, without state, smooth, and as people are."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.animate.show import Show
from vtuber.animate import gaze
from vtuber.animate.idle import _CLOSES, BLINK_S, BODY_LATE_S, SWAY, Idle
from vtuber.core.pose import BASE

BLINK = BASE.index["eyeBlinkLeft"]
MINUTE = np.arange(0, 60, 1 / 60)
MOST_AWAY_DEG = 14.0
GAZE = [i for i, name in enumerate(BASE.names) if name.startswith("eyeLook")]


def poses(idle, times_s):
    return np.array([idle.at(float(t)).values for t in times_s])


def track(values, name):
    return values[:, BASE.index[name]]


def looked_deg(values):
    """Give where the eyes look in the world: what they say, on the head."""
    x = track(values, "eyeLookOutLeft") - track(values, "eyeLookInLeft")
    y = track(values, "eyeLookUpLeft") - track(values, "eyeLookDownLeft")
    return np.stack([30 * x + track(values, "headYaw"), 20 * y + track(values, "headPitch")], 1)


def fixations(seed, minutes=5):
    slots = range(round(minutes * 60 / gaze.SLOT_S))
    return [one for slot in slots for one in gaze._fixations(seed, slot)]


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
    steepest = 1.5 * step_s  # of a smoothstep that takes a second
    assert moved[BLINK] <= steepest / (_CLOSES * BLINK_S) * 1.01
    assert moved[BASE.index["breath"]] < 0.01
    widest = 2 * MOST_AWAY_DEG + 6
    assert moved[GAZE].max() <= widest / 20 * steepest / gaze.jump_s(widest) * 1.01
    assert moved[[BASE.index[name] for name in SWAY]].max() < 0.2  # degrees


@pytest.mark.parametrize("seed", range(8))
def test_it_blinks_8_to_25_times_a_minute_every_2_to_6_seconds(seed):
    idle = Idle(seed)
    closed = poses(idle, np.arange(0, 240, 1 / 60))[:, BLINK]
    assert 8 * 4 <= blinks(closed) <= 25 * 4
    begins_s = np.flatnonzero((closed[1:] > 0.5) & (closed[:-1] <= 0.5)) / 60
    gaps_s = np.diff(begins_s)
    assert gaps_s.max() < 6.1
    assert np.all((gaps_s > 1.7) | (gaps_s < 0.4))  # a double blink, or a time between


@pytest.mark.parametrize("fps", [24, 30, 60])
def test_every_blink_closes_the_eye_in_some_picture_and_opens_slower(fps):
    closed = poses(Idle(2), np.arange(0, 120, 1 / fps))[:, BLINK]
    peaks = np.flatnonzero(
        (closed[1:-1] > 0.5) & (np.diff(closed)[:-1] > 0) & (np.diff(closed)[1:] <= 0)
    )
    assert closed[peaks + 1].min() > 0.7
    fine = poses(Idle(2), np.arange(0, 10, 1 / 600))[:, BLINK]
    assert 1.5 < (np.diff(fine) < 0).sum() / (np.diff(fine) > 0).sum() < 2.5


def test_some_blinks_hide_a_long_jump_of_the_eyes():
    closed = poses(Idle(0), np.arange(0, 120, 1 / 60))[:, BLINK]
    begins_s = np.flatnonzero((closed[1:] > 0) & (closed[:-1] == 0)) / 60
    jumps_s = np.array(gaze.long_jumps_s(0, 0.0, 120.0))
    with_jump = [np.abs(jumps_s - begin).min() < 0.04 for begin in begins_s]
    assert 0.25 < np.mean(with_jump) < 0.95


def test_both_eyes_blink_and_look_together():
    for values in poses(Idle(1), MINUTE):
        assert values[BASE.index["eyeBlinkLeft"]] == values[BASE.index["eyeBlinkRight"]]
        assert values[BASE.index["eyeLookOutLeft"]] == values[BASE.index["eyeLookInRight"]]
        assert values[BASE.index["eyeLookInLeft"]] == values[BASE.index["eyeLookOutRight"]]
        assert values[BASE.index["eyeLookUpLeft"]] == values[BASE.index["eyeLookUpRight"]]


@pytest.mark.parametrize("seed", range(4))
def test_fixations_last_a_third_of_a_second_to_three_and_most_less_than_one(seed):
    found = fixations(seed)
    lasted_s = np.diff([one.begin_s for one in found])
    assert lasted_s.min() >= gaze.SHORTEST_S - 1e-9
    assert lasted_s.max() <= gaze.LONGEST_S + 1e-9
    assert 0.6 < np.median(lasted_s) < 1.1
    assert np.std(lasted_s) > 0.4, "no two alike"


def test_most_jumps_are_small_and_none_is_slow():
    jumps = np.array([one.jump_deg for one in fixations(0)])
    assert np.mean(jumps < 6.0) > 0.6
    assert jumps.max() < 32
    values = poses(Idle(0), np.arange(0, 30, 1 / 1000))
    speed = np.hypot(*np.diff(looked_deg(values), axis=0).T) * 1000  # degrees a second
    assert np.mean(speed > 30) < 0.05, "they rest between jumps"
    assert speed.max() > 200


def test_it_looks_away_and_comes_back_to_the_audience():
    found = fixations(3)
    away = np.array([one.is_away for one in found])
    assert 0.1 < away.mean() < 0.45
    longest = max(len(run) for run in "".join("x" if a else " " for a in away).split())
    assert longest <= 7
    assert {np.sign(one.x_deg) for one in found if one.is_away} == {-1, 1}


def test_the_eyes_stay_where_they_look_while_the_head_moves():
    values = poses(Idle(2), MINUTE)
    looked = looked_deg(values)
    rests = np.hypot(*np.diff(looked, axis=0).T) < 1e-3
    assert rests.mean() > 0.9
    assert np.ptp(track(values, "headYaw")) > 4


def test_the_head_goes_along_with_a_long_look_late_and_part_of_the_way():
    seed = 1
    one = next(f for f in fixations(seed) if f.is_away and abs(f.x_deg) > 9)
    times_s = one.begin_s + np.array([-0.01, 0.06, 0.3])
    eyes, head = (np.array([gaze.at(seed, t)[i] for t in times_s]) for i in (0, 2))
    assert eyes[1] == pytest.approx(one.x_deg, abs=0.2), "the eyes are there"
    assert abs(head[1] - head[0]) < 0.2, "before the head has begun"
    assert abs(head[2] - head[0]) > 0.5


def test_the_body_follows_the_head_late_and_a_little():
    values = poses(Idle(4), np.arange(0, 240, 1 / 60))
    head, body = track(values, "headYaw"), track(values, "bodyYaw")
    late = round(BODY_LATE_S * 60)
    own = body[late:] - 0.3 * head[:-late]
    assert np.abs(own).max() <= SWAY["bodyYaw"][0] + 1e-4
    assert np.corrcoef(head[:-late], body[late:])[0, 1] > 0.6


@pytest.mark.parametrize("seed", range(4))
def test_it_breathes_12_to_18_times_a_minute_and_no_two_breaths_are_alike(seed):
    times_s = np.arange(0, 120, 1 / 60)
    full = np.array([Idle(seed).breath(t) for t in times_s])
    begins_s = np.flatnonzero((full[1:] > 0) & (full[:-1] == 0)) / 60
    lasted_s = np.diff(begins_s)
    assert 60 / 18 < lasted_s.min() < lasted_s.max() < 60 / 12
    assert np.std(lasted_s) > 0.1
    peaks = full[1:-1][(full[1:-1] > full[:-2]) & (full[1:-1] >= full[2:])]
    assert 0.7 < peaks.min() < peaks.max() - 0.1
    assert full.min() == 0.0
    assert full[0] == pytest.approx(0.0, abs=1e-9), "a show begins with a breath"


def test_the_head_sways_slightly_and_does_not_stand_still():
    values = poses(Idle(2), MINUTE)
    for name, most_deg in (("headYaw", 8.0), ("headPitch", 4.5), ("headRoll", 4.0)):
        angles = track(values, name)
        assert np.abs(angles).max() <= most_deg
        assert np.ptp(angles) > SWAY[name][0]


def test_a_tracker_that_sees_no_lids_leaves_the_blinks_to_idle_motion(avatar):
    show = Show(avatar)
    show.play(8.0, {"headYaw": 5.0})
    assert show.track("eyeBlinkLeft").max() > 0.9
    seen = Show(avatar)
    seen.play(8.0, {"headYaw": 5.0, "eyeBlinkLeft": 0.0, "eyeBlinkRight": 0.0})
    assert seen.track("eyeBlinkLeft")[60:].max() < 0.01
