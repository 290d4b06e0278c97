"""The whole measurement, small and short: a real show, real readers, every stage, the report."""

import contextlib
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from vtuber.cli.main import run
from vtuber.shows.bench import ends
from vtuber.shows.bench.follow import STAGES
from vtuber.shows.bench.peers import PEERS

pytestmark = pytest.mark.alone

WORDS = ["bench", "latency", "--size", "480x270", "--fps", "30", "--seconds", "1.5"]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], str]:
    """Measure null and alpha once; give what was printed, and the page."""
    page, printed = tmp_path_factory.mktemp("bench") / "report.html", io.StringIO()
    with contextlib.redirect_stdout(printed):
        code = run([*WORDS, "--sink", "null", "alpha", "--json", "--html", str(page)])
    assert code == 0
    return json.loads(printed.getvalue()), page.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["null", "alpha"])
def test_marks_are_found_in_the_pixels_of_each_reader(
    report: tuple[dict[str, Any], str], name: str
) -> None:
    told = report[0]["sinks"][name]
    assert told["frames"] >= 15
    assert told["dropped"] < told["frames"] / 2
    latency = told["latency_ms"]
    assert 1 < latency["p50"] <= latency["p95"] <= latency["p99"] < 1000


def test_every_stage_takes_its_time_and_together_they_are_the_latency(
    report: tuple[dict[str, Any], str],
) -> None:
    assert set(report[0]["stages"]) == set(STAGES)
    for frames in report[0]["frames"].values():
        ways = [frame for frame in frames if frame["stages_ms"]]
        assert len(ways) > 0.9 * len(frames)
        for frame in ways:
            assert sum(frame["stages_ms"].values()) == pytest.approx(frame["latency_ms"], abs=0.1)
            assert min(frame["stages_ms"].values()) > -1.0


def test_the_beat_stands_beside_a_bare_one(report: tuple[dict[str, Any], str]) -> None:
    told = report[0]
    assert told["bare_ticker"]["beats"] > 60
    assert 0 <= told["late_beats"] <= 1
    assert told["fps"] > 5
    assert told["cpu_percent"] > 1


def test_the_page_needs_no_other_file_and_names_machine_and_peers(
    report: tuple[dict[str, Any], str],
) -> None:
    told, page = report
    assert page.count("<svg") == 4
    assert not re.search(r"""<link|src=["'](?!#)|(?<!<a )href=["'](?!#)""", page)  # but sources
    assert str(told["machine"]["processor"]) in page
    assert all(peer.figure in page for peer in PEERS)


def test_an_output_without_a_reader_here_is_left_out_in_a_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(ends, "find_chromium", lambda: None)
    assert ends.why_not("web").startswith("web: no Chromium")
    assert run([*WORDS, "--sink", "web"]) == 2
    assert "no Chromium" in capsys.readouterr().err


def test_an_output_that_nobody_can_read_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*WORDS, "--sink", "telegraph"]) == 2
    assert "choose of: null, alpha" in capsys.readouterr().err


def test_a_report_that_cannot_be_written_is_no_crash(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "none" / "report.html"
    words = [*WORDS[:-1], "0.5", "--sink", "null", "--html", str(folder)]
    assert run(words) == 2
    assert "cannot write" in capsys.readouterr().err
