import threading

import pytest

from vtuber.runtime import meter as meters
from vtuber.runtime.meter import Meter


def test_percentiles_are_in_milliseconds_of_each_stage():
    meter = Meter()
    for ms in range(101):
        meter.add("draw", ms * 1_000_000)
    meter.add("track", 7_000_000)
    assert meter.percentiles() == {
        "draw": {"p50_ms": 50.0, "p95_ms": 95.0, "p99_ms": 99.0},
        "track": {"p50_ms": 7.0, "p95_ms": 7.0, "p99_ms": 7.0},
    }


def test_the_recent_median_looks_at_the_newest_only():
    meter = Meter()
    for ms in [100] * 50 + [2] * 30:
        meter.add("draw", ms * 1_000_000)
    assert meter.recent_ms("draw") == 2.0
    assert meter.recent_ms("draw", 80) == 100.0
    assert meter.recent_ms("nothing") == 0.0


def test_a_block_that_raises_is_timed_too():
    meter = Meter()
    with pytest.raises(KeyError), meter.time("draw"):
        raise KeyError
    assert meter.percentiles()["draw"]["p50_ms"] >= 0.0


def test_memory_is_bounded(monkeypatch):
    monkeypatch.setattr(meters, "KEPT", 10)
    meter = Meter()
    for ms in range(100):
        meter.add("draw", ms * 1_000_000)
    assert meter.percentiles()["draw"]["p50_ms"] == 94.5


def test_it_may_be_read_while_other_threads_write():
    meter, done = Meter(), threading.Event()

    def write(name):
        for number in range(3_000):
            meter.add(f"{name} {number % 50}", 1_000_000)
        done.set()

    writers = [threading.Thread(target=write, args=(name,), daemon=True) for name in "ab"]
    for writer in writers:
        writer.start()
    while not done.is_set():
        assert all(row["p50_ms"] == 1.0 for row in meter.percentiles().values())
        assert meter.recent_ms("a 0") in (0.0, 1.0)
    for writer in writers:
        writer.join()
    assert len(meter.percentiles()) == 100
