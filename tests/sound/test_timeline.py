import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from vtuber.core.speech import SAMPLE_RATE_HZ
from vtuber.sound.timeline import DriverClock, FrameClock, Timeline, ns_of

BLOCK = 960
MS = 1_000_000


def played(jitter_ms, ahead_s=0.1, missing=0, blocks=500):
    """Let a driver tell the times of blocks whose truth is known; give the errors in ms."""
    dice = np.random.default_rng(1)
    clock, errors = FrameClock(), []
    for block in range(blocks):
        frame = block * BLOCK
        now_ns = ns_of(frame) + round(dice.uniform(-jitter_ms, jitter_ms) * MS)
        says_nothing = missing and block % missing == 0
        clock.learn(frame, now_ns, 0.0 if says_nothing else ahead_s, 0.05)
        errors.append((clock.ns(frame) - ns_of(frame)) / MS - ahead_s * 1000)
    return np.abs(errors[100:])


def test_a_trembling_driver_is_smoothed():
    assert np.percentile(played(jitter_ms=12), 95) < 3.0


def test_blocks_without_a_time_change_nothing_once_there_was_one():
    assert np.percentile(played(jitter_ms=12, missing=7), 95) < 3.0


def test_a_driver_that_never_says_a_time_counts_with_its_latency():
    clock = FrameClock()
    for block in range(3):
        clock.learn(block * BLOCK, ns_of(block * BLOCK), 0.0, 0.05)
    assert clock.ns(0) == 50 * MS


def test_when_a_driver_looked_at_its_clock_is_known_however_late_it_is_heard():
    clock, dice = DriverClock(), np.random.default_rng(3)
    late_ms = [0.5, *dice.exponential(20.0, 100)]  # that Python was busy
    wrong_ms = [
        (clock.ns(5.0 + 0.02 * block, (100 + 20 * block) * MS + round(ms * MS)) / MS)
        - (100 + 20 * block)
        for block, ms in enumerate(late_ms)
    ]
    assert max(late_ms) > 50
    assert all(0 <= wrong < 0.51 for wrong in wrong_ms)


def test_a_driver_without_a_clock_or_whose_clock_was_set_is_taken_at_our_word():
    clock = DriverClock()
    assert clock.ns(0.0, 7 * MS) == 7 * MS
    assert clock.ns(500.0, 100 * MS) == 100 * MS
    assert clock.ns(400.0, 120 * MS) == 120 * MS  # set back
    assert clock.ns(900.02, 140 * MS) == 140 * MS  # and forth


def test_a_first_word_replaces_the_guess_at_once():
    clock = FrameClock()
    clock.learn(0, 0, 0.0, 0.05)
    clock.learn(BLOCK, 20 * MS, 0.08, 0.05)
    assert clock.ns(0) == 80 * MS


def test_small_errors_slew_and_large_ones_jump():
    clock = FrameClock()
    for block in range(20):
        clock.learn(block * BLOCK, ns_of(block * BLOCK), 0.05, 0.05)
    clock.learn(20 * BLOCK, 400 * MS, 0.09, 0.05)
    assert clock.ns(0) == 52 * MS
    clock.learn(21 * BLOCK, 420 * MS + 1000 * MS, 0.05, 0.05)
    assert clock.ns(0) == 1050 * MS


def test_words_that_agree_are_followed_at_once():
    clock = FrameClock()
    for block in range(50):
        clock.learn(block * BLOCK, ns_of(block * BLOCK), 0.05, 0.05)
    for block in range(50, 55):  # 30 ms without data
        clock.learn(block * BLOCK, ns_of(block * BLOCK), 0.08, 0.05)
    assert clock.ns(0) == 80 * MS


def test_the_first_words_of_a_driver_are_averaged():
    clock = FrameClock()
    for block, ahead_s in enumerate([0.05, 0.09, 0.07, 0.03]):
        clock.learn(block * BLOCK, ns_of(block * BLOCK), ahead_s, 0.05)
    assert clock.ns(0) == 60 * MS


def test_samples_are_heard_when_their_frames_are_and_stand_still_in_a_gap():
    clock, line = FrameClock(0), Timeline()
    line.add(clock, 0, 0, 480)  # 10 ms, from 0 on
    line.add(clock, 4800, 480, 480)  # 10 ms, from 100 ms on
    at_ms = [-5, 0, 5, 10, 50, 100, 105, 110, 500]
    heard = [line.heard(ms * MS) for ms in at_ms]
    assert heard == [0, 0, 240, 480, 480, 480, 720, 960, 960]


def test_an_earlier_time_may_be_asked_for_after_a_later_one():
    clock, line = FrameClock(0), Timeline()
    line.add(clock, 0, 0, 4800)
    assert [line.heard(ms * MS) for ms in (10, 40, 20, 50, 30)] == [480, 1920, 960, 2400, 1440]


@settings(deadline=None, max_examples=50)
@given(
    st.lists(st.tuples(st.integers(-90, 90), st.integers(0, BLOCK)), min_size=1, max_size=40),
)
def test_heard_never_goes_back_whatever_a_driver_says(blocks):
    clock, line, first, last = FrameClock(), Timeline(), 0, 0.0
    for block, (off_ms, count) in enumerate(blocks):
        frame, now_ns = block * BLOCK, ns_of(block * BLOCK)
        clock.learn(frame, now_ns + off_ms * MS, 0.1, 0.1)
        line.add(clock, frame, first, count)
        first += count
        heard = line.heard(now_ns)
        assert last <= heard <= first
        last = heard


def test_every_sample_is_told_once_in_order_and_without_seams():
    clock, line, got = FrameClock(), Timeline(), []
    dice = np.random.default_rng(2)
    for block in range(200):
        frame, now_ns = block * BLOCK, ns_of(block * BLOCK)
        clock.learn(frame, now_ns + round(dice.uniform(-5, 5) * MS), 0.1, 0.1)
        line.add(clock, frame, frame, BLOCK)
        got += line.spans(now_ns)
    got += line.spans(ns_of(300 * BLOCK))
    assert [span.first for span in got] == [0, *np.cumsum([s.count for s in got])[:-1].tolist()]
    assert got[-1].first + got[-1].count == 200 * BLOCK
    for before, after in itertools.pairwise(got):
        seam_ns = after.start_ns - before.start_ns - ns_of(before.count)
        assert abs(seam_ns) < 1e9 / SAMPLE_RATE_HZ


def test_a_gap_is_told_as_one():
    clock, line = FrameClock(0), Timeline()
    line.add(clock, 0, 0, 480)
    line.add(clock, 4800, 480, 480)
    told = line.spans(500 * MS)
    assert [(s.first, s.count, s.start_ns) for s in told] == [(0, 480, 0), (480, 480, 100 * MS)]


def test_what_was_heard_before_is_remembered_when_nobody_takes_it():
    clock, line = FrameClock(0), Timeline()
    for run in range(200):
        line.add(clock, run * 2 * BLOCK, run * BLOCK, BLOCK)
    assert line.heard(ns_of(400 * BLOCK)) == 200 * BLOCK
    assert line.heard(0) >= 0
    assert sum(span.count for span in line.spans(ns_of(400 * BLOCK))) <= 64 * BLOCK
