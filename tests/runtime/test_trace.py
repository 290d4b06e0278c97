"""A trace, held to Google's Trace Event Format as Perfetto reads it."""

import io
import json
import threading
from collections import defaultdict
from typing import Any

import pytest

from vtuber.runtime import trace as traces
from vtuber.runtime.meter import Meter
from vtuber.runtime.trace import Trace

MS = 1_000_000
NEEDED = {"X": {"ts", "dur"}, "b": {"ts", "id", "cat"}, "e": {"ts", "id", "cat"}, "M": {"args"}}


def checked(text: str) -> list[dict[str, Any]]:
    """Read a trace and hold every event to the format; give the events."""
    table = json.loads(text)
    events: list[dict[str, Any]] = table["traceEvents"]
    open_waits: set[object] = set()
    spans: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for event in events:
        assert {"name", "ph", "pid", "tid"} | NEEDED[event["ph"]] <= set(event)
        if event["ph"] == "X":
            assert event["dur"] >= 0
            spans[event["tid"]].append((event["ts"], event["ts"] + event["dur"]))
        elif event["ph"] == "b":
            open_waits.add(event["id"])
        elif event["ph"] == "e":
            open_waits.remove(event["id"])
    assert not open_waits
    for track in spans.values():  # on one track spans lie apart, or one within the other
        ends: list[float] = []
        for begin, end in sorted(track, key=lambda span: (span[0], -span[1])):
            while ends and ends[-1] <= begin:
                ends.pop()
            assert not ends or end <= ends[-1] + 1e-3
            ends.append(end)
    return events


def test_each_thread_has_a_named_track_and_spans_keep_their_times() -> None:
    file = io.StringIO()
    with Trace(file, 0, {"version": "1"}) as trace:
        meter = Meter(trace.note)
        meter.mark("beat", 5 * MS, 9 * MS)
        meter.mark("draw", 6 * MS, 8 * MS)
        other = threading.Thread(target=lambda: meter.mark("track", 1 * MS, 4 * MS), name="tracker")
        other.start()
        other.join()
    events = checked(file.getvalue())
    tracks = {e["args"]["name"]: e["tid"] for e in events if e["name"] == "thread_name"}
    assert set(tracks) == {"beat", "tracker"}
    spans = {e["name"]: (e["tid"], e["ts"], e["dur"]) for e in events if e["ph"] == "X"}
    assert spans == {
        "beat": (tracks["beat"], 5000.0, 4000.0),
        "draw": (tracks["beat"], 6000.0, 2000.0),
        "track": (tracks["tracker"], 1000.0, 3000.0),
    }
    assert json.loads(file.getvalue())["otherData"] == {"version": "1", "lost spans": "0"}


def test_waits_that_overlap_are_pairs_and_no_spans_of_a_thread() -> None:
    file = io.StringIO()
    with Trace(file, 0, {}) as trace:
        trace.note("latency", 0, 60 * MS)
        trace.note("latency", 33 * MS, 93 * MS)
    waits = [e for e in checked(file.getvalue()) if e["ph"] in "be"]
    assert [e["ts"] for e in waits] == [0.0, 60_000.0, 33_000.0, 93_000.0]


def test_memory_is_bounded_and_what_is_left_out_is_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(traces, "MOST_WAITING", 10)
    file = io.StringIO()
    trace = Trace(file, 0, {})
    for number in range(25):
        trace.note("draw", number, number + 1)
    assert trace.lost == 15
    with trace:
        pass
    assert len([e for e in checked(file.getvalue()) if e["ph"] == "X"]) == 10
    assert json.loads(file.getvalue())["otherData"] == {"lost spans": "15"}


def test_what_a_meter_adds_is_traced_too_and_ends_now() -> None:
    spans: list[tuple[str, int, int]] = []
    meter = Meter(lambda *span: spans.append(span))
    meter.add("draw", 3 * MS)
    ((stage, begin_ns, end_ns),) = spans
    assert (stage, end_ns - begin_ns) == ("draw", 3 * MS)
    assert set(meter.percentiles()) == {"draw"}
    meter.mark("beat", 0, MS)
    assert set(meter.percentiles()) == {"draw"}
