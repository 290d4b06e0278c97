"""The beat leans to where values arrive: on a grid that is moved as the show would move it."""

import math
import random

import pytest

from vtuber.runtime.phase import Phase

BEAT_NS = 1e9 / 60


def waits_ms(rate_hz: float, offset_ms: float, jitter_ms: float, seconds: float) -> list[float]:
    """Let values arrive and the grid follow; give how long each waits for its beat."""
    phase, dice = Phase(BEAT_NS), random.Random(7)
    grid_ns, waits = 0, []
    for i in range(round(seconds * rate_hz)):
        arrived_ns = round(i * 1e9 / rate_hz + (offset_ms + dice.uniform(0, jitter_ms)) * 1e6)
        waits.append((-(arrived_ns - grid_ns) % BEAT_NS) / 1e6)
        grid_ns += phase.shift_ns(arrived_ns, grid_ns)
    return waits


@pytest.mark.parametrize("offset_ms", [0.0, 2.0, 8.0, 12.0, 16.0])
@pytest.mark.parametrize("rate_hz", [30.0, 60.0, 29.91, 30.1])
def test_after_two_seconds_values_hardly_wait(offset_ms: float, rate_hz: float) -> None:
    settled = waits_ms(rate_hz, offset_ms, 1.0, 12.0)[round(2 * rate_hz) :]
    assert sum(settled) / len(settled) < 2.5  # half a beat is 8.3


def test_nearly_all_of_those_that_tremble_come_before_the_beat() -> None:
    settled = waits_ms(30.0, 5.0, 4.0, 30.0)[60:]
    missed = sum(wait > BEAT_NS / 1e6 - 4 for wait in settled)
    assert missed < 0.06 * len(settled)
    assert sum(settled) / len(settled) < 5.0


def test_no_step_is_longer_than_half_a_millisecond() -> None:
    phase, grid_ns, steps = Phase(BEAT_NS), 0, []
    for i in range(200):
        steps.append(phase.shift_ns(round(i * 1e9 / 30) + 8_000_000, grid_ns))
        grid_ns += steps[-1]
    assert 0 < max(map(abs, steps)) <= 500_001
    assert abs(steps[-1]) < 50_000


def test_a_camera_that_keeps_no_time_with_the_beat_moves_nothing() -> None:
    phase = Phase(BEAT_NS)
    shifts = [phase.shift_ns(round(i * 1e9 / 25), 0) for i in range(200)]
    assert max(map(abs, shifts[20:])) == 0


def test_nothing_moves_before_something_is_known() -> None:
    phase = Phase(BEAT_NS)
    assert [phase.shift_ns(round(i * 1e9 / 30) + 7_000_000, 0) for i in range(9)] == [0] * 9
    assert not math.isnan(phase.shift_ns(3 * 10**8 + 7_000_000, 0))
