"""`vtuber track` and `vtuber still`: what they write; and that the command starts quickly."""

import io
import json
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.cli.conftest import Run, environment
from tests.cli.films import cut
from vtuber.cli import track
from vtuber.core.pose import BASE


def rows(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines()]


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_who_wants_a_plot_has_no_lines_on_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    monkeypatch.setattr(sys, "stdout", screen)
    for plot, seen in ((Path("out.png"), ""), (None, "line")):
        with track._target(None, plot) as file:
            file.write("line")
        assert screen.getvalue() == seen


def test_a_plot_shows_what_the_filter_of_the_settings_does(
    vtuber: Run, data: Path, tmp_path: Path
) -> None:
    clip = data / "video" / "head-pose-face-detection-female.gif"
    (tmp_path / "calm.toml").write_text("[filter.head]\ncutoff_hz = 0.01\nbeta = 0\nreach = 99")
    done = vtuber("track", clip, "--plot", "out.png", "--settings", "calm.toml")
    assert done.returncode == 0, done.stderr
    assert "out.png shows what the filter does" in done.stderr
    assert (tmp_path / "out.png").stat().st_size > 20_000
    yaws = [row["pose"]["headYaw"] for row in rows(done.stdout)]
    assert max(yaws) - min(yaws) < 15  # she turns by 70
    wrong = vtuber("track", clip, "--plot", "out.txt")
    assert wrong.returncode == 2
    assert ".png" in wrong.stderr


def test_a_clip_gives_one_line_per_frame_with_every_named_value(
    vtuber: Run, clip: Path, tmp_path: Path
) -> None:
    source = cut(clip, tmp_path / "clip.mp4", 1.0)
    done = vtuber("track", source, "-o", "faces.jsonl")
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert done.stderr == "30 frames, a face in 30 of them\n"
    lines = rows((tmp_path / "faces.jsonl").read_text())
    assert [line["frame"] for line in lines] == list(range(30))
    assert lines[15]["t_s"] == pytest.approx(0.5, abs=0.002)
    for line in lines:
        assert set(line) == {"frame", "t_s", "found", "pose", "track_ms"}
        assert line["found"] is True
        assert set(line["pose"]) == set(BASE.names)
        assert line["track_ms"] > 0


def test_prediction_leads_the_head_and_nothing_else(vtuber: Run, data: Path) -> None:
    clip = data / "video" / "head-pose-face-detection-female.gif"
    plain = rows(vtuber("track", clip, "--seconds", "1.5").stdout)
    led = rows(vtuber("track", clip, "--seconds", "1.5", "--predict", "100").stdout)
    assert len(plain) == len(led) == 18
    yaw = np.array(
        [[a["pose"]["headYaw"], b["pose"]["headYaw"]] for a, b in zip(plain, led, strict=True)]
    )
    assert np.abs(yaw[:, 0] - yaw[:, 1]).max() > 0.05
    assert [a["pose"]["jawOpen"] for a in plain] == [b["pose"]["jawOpen"] for b in led]


def test_a_picture_gives_one_line(vtuber: Run, data: Path) -> None:
    picture = sorted((data / "stills").glob("*.jpg"))[0]
    (line,) = rows(vtuber("track", picture).stdout)
    assert line["found"] is True


def test_ctrl_c_keeps_the_lines_so_far(clip: Path, tmp_path: Path) -> None:
    tracking = subprocess.Popen(
        [sys.executable, "-m", "vtuber", "track", clip, "-o", "faces.jsonl"],
        cwd=tmp_path, env=environment(tmp_path), stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    part = tmp_path / "faces.jsonl.part"
    while tracking.poll() is None and not (part.exists() and part.stat().st_size):
        pass  # it writes 8 KB at a time
    tracking.send_signal(signal.SIGINT)
    assert tracking.wait(20) == 0
    assert len(rows((tmp_path / "faces.jsonl").read_text())) > 1
    assert not part.exists()


def test_a_reader_of_the_lines_may_leave(clip: Path, tmp_path: Path) -> None:
    command = f"{sys.executable} -m vtuber track {clip} --seconds 4 | head -n 1"
    done = subprocess.run(
        ["bash", "-c", f"{command}; exit ${{PIPESTATUS[0]}}"],
        env=environment(tmp_path), capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    assert len(rows(done.stdout)) == 1


def test_a_still_is_a_transparent_picture_of_the_asked_size_that_the_pose_changes(
    vtuber: Run, bundle: Path, tmp_path: Path
) -> None:
    words = ("still", "--avatar", bundle, "--size", "160x200")
    assert vtuber(*words, "-o", "rest.png").returncode == 0
    done = vtuber(*words, "--pose", '{"headYaw": 20}', "-o", "turned.png")
    assert (done.returncode, done.stdout) == (0, "turned.png\n"), done.stderr
    rest, turned = (
        np.array(Image.open(tmp_path / f"{n}.png")).astype(int) for n in ("rest", "turned")
    )
    assert rest.shape == (200, 160, 4)
    assert rest[0, 0, 3] == 0
    assert rest[..., 3].max() == 255
    assert np.abs(rest - turned).max() > 100


@pytest.mark.parametrize("verb", ["run", "still", "track", "avatar", "doctor"])
def test_every_verb_helps_without_importing_what_is_heavy(verb: str, vtuber: Run) -> None:
    done = vtuber(verb, "--help")
    assert done.returncode == 0
    assert done.stdout.startswith(f"usage: vtuber {verb}")
    program = (
        "import sys, vtuber.cli.main as m\n"
        f"try: m.run([{verb!r}, '--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'torch', 'mediapipe', 'moderngl', 'cv2', 'av', 'aiohttp'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    assert subprocess.run([sys.executable, "-c", program], capture_output=True).returncode == 0
