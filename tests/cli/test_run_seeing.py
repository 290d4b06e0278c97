"""`vtuber run --trace`, `--log` and the report of a crash, as the user meets them."""

import subprocess
from collections.abc import Callable
from pathlib import Path

from tests.runtime.test_trace import checked

Run = Callable[..., "subprocess.CompletedProcess[str]"]
SHORT = ("--video", "card", "--size", "64x64", "--fps", "30", "--seconds", "1", "--output", "null")


def test_a_trace_and_a_log_of_a_show(vtuber: Run, bundle: Path, tmp_path: Path) -> None:
    done = vtuber("run", *SHORT, "--avatar", bundle, "--trace", "t.json", "--log", "a.log")
    assert done.returncode == 0, done.stderr
    events = checked((tmp_path / "t.json").read_text())
    assert not (tmp_path / "t.json.part").exists()
    tracks = {e["args"]["name"] for e in events if e["name"] == "thread_name"}
    assert {"beat", "tracker", "output null"} <= tracks
    work = {e["name"] for e in events if e["ph"] == "X"}
    assert {"beat", "advance", "draw", "read_back", "read", "track"} <= work
    log = (tmp_path / "a.log").read_text()
    assert "python 3" in log
    assert "is drawn by" in log


def test_a_trace_or_a_log_that_cannot_be_written_is_refused(vtuber: Run, tmp_path: Path) -> None:
    for flag in ("--trace", "--log"):
        done = vtuber("run", *SHORT, flag, tmp_path)
        assert done.returncode == 2
        assert "name another" in done.stderr or "name a file" in done.stderr
        assert "Traceback" not in done.stderr
