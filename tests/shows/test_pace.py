"""The beat's rate: on the grid whatever the work costs, `auto` settled once, late beats counted."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vtuber.runtime.clock import ManualClock
from vtuber.shows.pace import FPS_HIGH, FPS_LOW, TRIAL_S, Pace


def play(pace: Pace, clock: ManualClock, seconds: float, cost_s: float, ready_s: float = 0) -> None:
    end_ns = pace.start_ns + round(seconds * 1e9)
    while (beat := pace.wait(end_ns)) is not None:
        clock.advance(cost_s)
        pace.settle(beat.deadline_ns, beat.deadline_ns - pace.start_ns >= ready_s * 1e9)


@settings(max_examples=60, deadline=None)
@given(
    fps=st.sampled_from([1.0, 24.0, 29.97, 30.0, 60.0, 240.0]),
    seconds=st.floats(0.05, 4.0),
    costs_s=st.lists(st.floats(0.0, 0.3), min_size=1, max_size=20),
)
def test_beats_and_late_beats_are_the_deadlines_between_start_and_end(
    fps: float, seconds: float, costs_s: list[float]
) -> None:
    clock = ManualClock(5)
    pace = Pace(clock, fps, pytest.fail)
    end_ns = pace.start_ns + round(seconds * 1e9)
    while pace.wait(end_ns) is not None:
        clock.advance(costs_s[pace.beats % len(costs_s)])
    assert pace.beats + pace.late_beats == pytest.approx(math.ceil(seconds * fps), abs=1)


def test_a_machine_that_holds_sixty_keeps_sixty_and_it_is_said_once() -> None:
    said: list[str] = []
    clock = ManualClock()
    pace = Pace(clock, "auto", said.append)
    play(pace, clock, 8.0, cost_s=0.010)
    assert (pace.beats, pace.late_beats) == (480, 0)
    assert said == [f"{FPS_HIGH:g} pictures a second"]


def test_a_machine_that_does_not_goes_on_with_thirty_and_it_is_said_once() -> None:
    said: list[str] = []
    clock = ManualClock()
    pace = Pace(clock, "auto", said.append)
    play(pace, clock, 8.0, cost_s=0.025)
    assert len(said) == 1
    assert said[0].startswith(f"{FPS_LOW:g} pictures")
    assert pace.late_beats == 0  # at thirty a second, not one of them was
    assert pace.beats == pytest.approx(TRIAL_S * 40 + (8 - TRIAL_S) * FPS_LOW, abs=3)


def test_what_would_be_late_at_thirty_too_is_counted_of_the_trial() -> None:
    clock = ManualClock()
    pace = Pace(clock, "auto", lambda sentence: None)
    play(pace, clock, TRIAL_S + 0.2, cost_s=0.060)  # 17 beats a second, of 60 or of 30
    assert pace.late_beats == pytest.approx((TRIAL_S + 0.2) * (FPS_LOW - 17), abs=12)


def test_beats_that_an_import_costs_do_not_settle_the_rate() -> None:
    said: list[str] = []
    clock = ManualClock()
    pace = Pace(clock, "auto", said.append)
    end_ns = round(10e9)
    while (beat := pace.wait(end_ns)) is not None:
        is_importing = beat.deadline_ns < 2e9
        clock.advance(0.12 if is_importing else 0.005)
        pace.settle(beat.deadline_ns, not is_importing)
    assert said == [f"{FPS_HIGH:g} pictures a second"]
    assert pace.late_beats > 50  # they are late all the same


@pytest.mark.parametrize("away_s", [1.2, 2.9, 60.0])
def test_a_suspension_does_not_settle_the_rate(away_s: float) -> None:
    said: list[str] = []
    clock = ManualClock()
    pace = Pace(clock, "auto", said.append)
    play(pace, clock, 2.0, cost_s=0.005)
    clock.advance(away_s)
    play(pace, clock, 2.0 + away_s + TRIAL_S - 0.1, cost_s=0.005)
    assert said == []  # the trial has begun anew
    play(pace, clock, 2.0 + away_s + TRIAL_S + 0.2, cost_s=0.005)
    assert said == [f"{FPS_HIGH:g} pictures a second"]


def test_a_machine_that_is_too_slow_is_told_so_after_a_suspension_too() -> None:
    said: list[str] = []
    clock = ManualClock()
    pace = Pace(clock, "auto", said.append)
    play(pace, clock, 1.0, cost_s=0.025)
    clock.advance(10.0)
    play(pace, clock, 20.0, cost_s=0.025)
    assert [sentence[:2] for sentence in said] == ["30"]


def test_a_rate_that_was_asked_for_is_never_settled() -> None:
    clock = ManualClock()
    pace = Pace(clock, 60.0, pytest.fail)
    play(pace, clock, 5.0, cost_s=0.03)
    assert pace.late_beats > 100


@pytest.mark.parametrize("fps", [30.0, 60.0])
def test_beats_begin_just_after_their_faces_and_none_is_late_for_it(fps: float) -> None:
    clock = ManualClock(5)
    pace = Pace(clock, fps, pytest.fail)
    faces_ns = [pace.start_ns + 9_000_000 + round(i * 1e9 / 30) for i in range(90)]
    waits_ms, seen = [], 0
    while seen < len(faces_ns):
        beat = pace.wait(None)
        assert beat is not None
        ready_ns = [ns for ns in faces_ns[seen:] if ns <= beat.deadline_ns]
        if ready_ns:  # only the newest counts
            waits_ms.append((beat.deadline_ns - ready_ns[-1]) / 1e6)
            pace.lean(ready_ns[-1])
            seen += len(ready_ns)
        clock.advance(0.4 / fps)
    assert waits_ms[0] > 5
    assert max(waits_ms[45:]) < 0.05 * 1000 / fps
    assert pace.late_beats == 0
    assert pace.next_ns > clock.now_ns()
