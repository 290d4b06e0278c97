import numpy as np
import pytest

from vtuber.track.baseline import Neutral, OpenLid

FRAME_NS = 33_333_333


def test_an_open_lid_is_the_upper_part_of_the_last_three_seconds():
    lid = OpenLid()
    for n in range(90):
        lid.add(0.36 if n % 2 else 0.30, False, n * FRAME_NS)
    assert lid.value == pytest.approx(0.36)
    for n in range(90, 200):
        lid.add(0.25, False, n * FRAME_NS)
    assert lid.value == pytest.approx(0.25)


def test_closed_eyes_do_not_become_open_ones_but_a_wrong_start_mends_itself():
    lid = OpenLid()
    for n in range(60):
        lid.add(0.32, False, n * FRAME_NS)
    for n in range(60, 60 + 240):  # eight seconds
        lid.add(0.20, True, n * FRAME_NS)
    assert lid.value == pytest.approx(0.32)
    for n in range(300, 500):
        lid.add(0.20, True, n * FRAME_NS)
    assert lid.value == pytest.approx(0.20)


def test_no_eye_is_open_at_nothing():
    lid = OpenLid()
    for n in range(100):
        lid.add(0.01, False, n * FRAME_NS)
    assert lid.value == OpenLid.LOWEST


def test_a_neutral_moves_to_the_performer_but_stays_near_the_average():
    neutral = Neutral(np.array([1.0, 1.0]), np.array([0.3, 0.3]))
    assert neutral.values.tolist() == [1.0, 1.0]
    for n in range(600):
        neutral.add(np.array([1.1, 5.0]), n * FRAME_NS)
    assert 1.06 < neutral.values[0] < 1.1
    assert neutral.values[1] == pytest.approx(1.3)


def test_one_picture_changes_the_neutral_little():
    neutral = Neutral(np.array([1.0]), np.array([0.3]))
    neutral.add(np.array([1.3]), 0)
    assert neutral.values[0] < 1.02


def test_a_neutral_does_not_depend_on_the_frame_rate():
    slow, fast = (Neutral(np.zeros(1), np.ones(1)) for _ in range(2))
    for n in range(300):
        fast.add(np.array([0.5]), n * 10_000_000)
        if n % 10 == 0:
            slow.add(np.array([0.5]), n * 10_000_000)
    assert fast.values == pytest.approx(slow.values)
