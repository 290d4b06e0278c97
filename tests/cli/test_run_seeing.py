"""`vtuber run --trace`, `--log` and the report of a crash, as the user meets them."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.cli.conftest import environment
from tests.runtime.test_trace import checked

BROKEN = """
import sys
from vtuber.cli.main import run
from vtuber.stage import Stage
drawn, draw = [], Stage.draw
def breaking(self, scene):
    drawn.append(scene)
    return draw(self, scene) if len(drawn) < 20 else drawn["no such beat"]
Stage.draw = breaking
sys.exit(run(sys.argv[1:]))
"""
Run = Callable[..., "subprocess.CompletedProcess[str]"]
SHORT = ("--video", "card", "--size", "64x64", "--fps", "30", "--seconds", "1", "--output", "null")


def test_a_trace_or_a_log_that_cannot_be_written_is_refused(vtuber: Run, tmp_path: Path) -> None:
    for flag in ("--trace", "--log"):
        done = vtuber("run", *SHORT, flag, tmp_path)
        assert done.returncode == 2
        assert "name another" in done.stderr or "name a file" in done.stderr
        assert "Traceback" not in done.stderr


def test_a_fault_of_the_program_leaves_a_report_a_trace_and_a_log(
    bundle: Path, tmp_path: Path
) -> None:
    address = "rtsp://me:hunter2@127.0.0.1:9/"
    words = [*SHORT, "--avatar", bundle, "--trace", "t.json", "--log", "logs/a.log"]
    (tmp_path / "settings.toml").write_text(f'[camera]\ndevice = "{address}"\n')
    done = subprocess.run(
        [sys.executable, "-c", BROKEN, "run", *words, "--settings", "settings.toml"],
        cwd=tmp_path, env=environment(tmp_path), stdin=subprocess.DEVNULL, capture_output=True,
        text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 1
    assert "TypeError" in done.stderr
    (path,) = (tmp_path / "logs").glob("crash-*.txt")
    assert str(path.name) in done.stdout
    report = path.read_text()
    for wanted in ("TypeError", "renderer ", "python 3", "rtsp://***@127", "-1 s  draw"):
        assert wanted in report, report
    assert "hunter2" not in report
    events = checked((tmp_path / "t.json").read_text())
    assert not (tmp_path / "t.json.part").exists()
    tracks = {e["args"]["name"] for e in events if e["name"] == "thread_name"}
    assert {"beat", "tracker", "output null"} <= tracks
    work = {e["name"] for e in events if e["ph"] == "X"}
    assert {"beat", "advance", "draw", "read_back", "read", "track"} <= work
    log = (tmp_path / "logs" / "a.log").read_text()
    for wanted in ("python 3", "is drawn by", path.name):
        assert wanted in log
