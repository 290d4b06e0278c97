"""`vtuber bench latency` finds its marks on the canvas of a real Chromium."""

import json

import pytest

from vtuber.cli.main import run
from vtuber.shows.bench.browser import find_chromium

pytestmark = [
    pytest.mark.skipif(find_chromium() is None, reason="Chromium is not installed"),
    pytest.mark.alone,
]


def test_marks_are_found_on_the_canvas_and_its_clock_is_ours(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = ["--sink", "web", "--size", "480x270", "--fps", "15", "--seconds", "4", "--json"]
    assert run(["bench", "latency", *words]) == 0
    told = json.loads(capsys.readouterr().out)["sinks"]["web"]
    assert told["frames"] >= 10
    assert 5 < told["latency_ms"]["p50"] < 1000
    assert told["stages"]["deliver"]["p50"] > 0  # a clock that is wrong has readers before senders
