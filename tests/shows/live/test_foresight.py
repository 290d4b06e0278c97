"""How far ahead a beat looks."""

import itertools

import numpy as np
import pytest

from vtuber.shows.live.foresight import Foresight

MS = 1_000_000


def learnt(gaps_ms, delay_ms=5.0):
    """Show pictures with these gaps; give how far ahead each looked, in ms, and at what moment."""
    foresight, now_ms, found = Foresight(), 0.0, []
    for gap_ms in gaps_ms:
        found.append((foresight.ns / MS, now_ms + foresight.ns / MS))
        foresight.learn(round(now_ms * MS), round((now_ms + delay_ms) * MS))
        now_ms += gap_ms
    return np.array(found).T


def test_where_all_are_in_time_it_is_the_delay_and_half_a_beat():
    ahead_ms, _ = learnt([20.0] * 10)
    assert ahead_ms[:2].tolist() == [0.0, 0.0]
    assert ahead_ms[2:] == pytest.approx(5.0 + 10.0)


def test_what_begins_is_seen_as_late_as_it_is_looked_ahead_however_uneven_the_beats():
    dice = np.random.default_rng(4)
    gaps_ms = dice.choice([17.0, 17.0, 33.0, 83.0], 4000)
    ahead_ms, _ = learnt(gaps_ms)
    shown_ms = np.cumsum(gaps_ms) + 5.0
    begins_ms = dice.uniform(2000.0, shown_ms[-2], 4000)
    seen = np.searchsorted(shown_ms - 5.0 + ahead_ms, begins_ms)  # the first that shows it
    assert np.mean(shown_ms[seen] - begins_ms) == pytest.approx(0.0, abs=3.0)


def test_where_drawing_takes_now_long_now_short_it_looks_further():
    foresight, dice = Foresight(), np.random.default_rng(6)
    for beat in range(200):
        delay_ms = dice.choice([5.0, 25.0])
        foresight.learn(20 * beat * MS, round((20 * beat + delay_ms) * MS))
    assert foresight.ns / MS > 15.0 + 10.0 + 3.0


def test_what_is_looked_at_never_goes_back():
    dice = np.random.default_rng(5)
    _, moments_ms = learnt(dice.choice([16.0, 17.0, 150.0, 5000.0], 2000, p=[0.5, 0.4, 0.09, 0.01]))
    assert all(one <= other for one, other in itertools.pairwise(moments_ms[5:]))
