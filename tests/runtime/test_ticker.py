from hypothesis import given
from hypothesis import strategies as st

from vtuber.runtime.clock import ManualClock
from vtuber.runtime.ticker import Ticker

RATES = st.sampled_from([24.0, 25.0, 30000 / 1001, 30.0, 50.0, 60.0, 144.0]) | st.floats(1, 240)
WORK_S = st.lists(st.floats(0, 3), max_size=40)


def beats(ticker, clock, work_s):
    given = []
    for seconds in work_s:
        given.append(ticker.wait())
        clock.advance(seconds)
    return given


@given(RATES, WORK_S, st.integers(0, 2**50))
def test_beats_stay_on_the_grid_whatever_the_work_costs(fps, work_s, begin_ns):
    clock = ManualClock(begin_ns)
    ticker = Ticker(clock, fps)
    last = -1
    for seconds in work_s:
        beat = ticker.wait()
        assert beat.deadline_ns == begin_ns + round(beat.index * 1e9 / fps)
        assert beat.index > last
        assert 0 <= clock.now_ns() - beat.deadline_ns <= 1e9 / fps + 1  # at most one interval late
        last = beat.index
        clock.advance(seconds)


@given(RATES, WORK_S)
def test_every_interval_is_a_beat_or_is_counted_as_late(fps, work_s):
    clock = ManualClock()
    ticker = Ticker(clock, fps)
    given = beats(ticker, clock, work_s)
    reached = given[-1].index + 1 if given else 0
    assert len(given) + ticker.late_beats == reached


@given(st.floats(1, 240), st.integers(1, 200))
def test_work_that_fits_its_interval_is_never_late(fps, count):
    clock = ManualClock()
    ticker = Ticker(clock, fps)
    given = beats(ticker, clock, [0.999 / fps] * count)
    assert [beat.index for beat in given] == list(range(count))
    assert ticker.late_beats == 0


def test_a_long_hold_up_skips_whole_intervals_and_is_not_caught_up_with():
    clock = ManualClock()
    ticker = Ticker(clock, 10.0)
    ticker.wait()
    clock.advance(0.57)  # beats 1 to 4 are over; 5 was due at 0.5 and is given late
    assert ticker.wait().index == 5
    assert ticker.late_beats == 4
    assert ticker.wait().index == 6
    assert clock.now_ns() == 600_000_000
