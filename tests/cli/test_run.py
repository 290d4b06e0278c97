"""`vtuber run` from end to end: real clips, the real tracker, real OpenGL, a film at the end."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.cli.conftest import environment
from tests.cli.films import black, cut, face_x, facts, iris_px

Run = Callable[..., "subprocess.CompletedProcess[str]"]
SMALL = ("--size", "320x180", "--fps", "30")


def summary(done: "subprocess.CompletedProcess[str]") -> dict:
    """Give what `--json` printed: one object, and nothing else there."""
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout.count("\n") == 1
    report: dict = json.loads(done.stdout)
    assert set(report) == {
        "frames", "seconds", "fps", "late_beats", "stages", "sinks", "failed", "track",
    }  # fmt: skip
    assert report["failed"] == []
    assert set(report["track"]) == {"frames", "found"}
    for sink in report["sinks"].values():
        assert set(sink) == {"frames", "dropped", "delay_ms"}
    for stage in report["stages"].values():
        assert set(stage) == {"p50_ms", "p95_ms", "p99_ms"}
    assert {"advance", "draw"} <= set(report["stages"])
    return report


@pytest.fixture(scope="module")
def shown(
    clip: Path, bundle: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, dict[str, dict]]:
    """Play the clip and the same clip flipped; give the folder of films, and the summaries."""
    folder = tmp_path_factory.mktemp("shown")
    shows = {}
    for name, source in (
        ("straight", clip),
        ("flipped", cut(clip, folder / "clip.mp4", 8.0, flip=True)),
    ):
        words = [
            "run",
            "--video",
            source,
            "--avatar",
            bundle,
            *SMALL,
            "--seconds",
            "8",
            "--json",
            "--output",
            "null",
            "--record",
            f"{name}.mp4",
            "--record-faces",
            f"{name}.jsonl",
        ]
        shows[name] = subprocess.Popen(
            [sys.executable, "-m", "vtuber", *words], cwd=folder, env=environment(folder),
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
    reports = {}
    for name, show in shows.items():
        out, err = show.communicate(timeout=60)
        reports[name] = summary(subprocess.CompletedProcess([], show.returncode, out, err))
    return folder, reports


def poses(path: Path, name: str) -> np.ndarray:
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    return np.array([row["pose"][name] for row in rows])


def agreement(film: np.ndarray, person: np.ndarray) -> float:
    """Correlate what a film shows with what a person did up to a third of a second before."""
    n = min(len(film), len(person)) - 10
    each = [float(np.corrcoef(film[lag : lag + n], person[:n])[0, 1]) for lag in range(10)]
    return max(each, key=abs)


def test_a_clip_becomes_a_film_of_the_asked_size_rate_and_length(
    shown: tuple[Path, dict[str, dict]],
) -> None:
    folder, reports = shown
    assert facts(folder / "straight.mp4") == ("h264", 320, 180, 30.0, 240)
    report = reports["straight"]
    assert report["seconds"] == 8.0
    beats = report["frames"] + report["late_beats"]
    assert beats in (240, 241)  # it leans to the camera by up to an interval
    film = report["sinks"]["record"]
    assert (film["frames"], film["dropped"]) == (240, 0)
    assert 0 < film["delay_ms"] < 2500
    assert set(report["sinks"]) == {"null", "record"}
    assert report["track"]["found"] == report["track"]["frames"] > 100


def test_the_avatar_moves_as_in_a_mirror_and_the_flipped_clip_moves_it_the_other_way(
    shown: tuple[Path, dict[str, dict]],
) -> None:
    folder, _ = shown
    moves = {name: poses(folder / f"{name}.jsonl", "headX") for name in ("straight", "flipped")}
    n = min(len(faces) for faces in moves.values())
    assert np.corrcoef(moves["straight"][:n], moves["flipped"][:n])[0, 1] < -0.9
    for name, person in moves.items():
        # A head that goes to the performer's right (headX < 0) goes to the right of a mirror.
        assert agreement(face_x(folder / f"{name}.mp4"), person) < -0.5


def test_the_avatar_blinks_when_the_person_blinks(shown: tuple[Path, dict[str, dict]]) -> None:
    folder, _ = shown
    seen = iris_px(folder / "straight.mp4")
    blink = np.minimum(
        *(poses(folder / "straight.jsonl", f"eyeBlink{s}") for s in ("Left", "Right"))
    )
    begins = np.flatnonzero((blink[1:] > 0.6) & (blink[:-1] <= 0.6))
    assert len(begins) >= 3, "the labelled blinks of this clip"
    open_px = np.median(seen)
    for begin in begins[begins < len(seen) - 10]:
        assert seen[begin : begin + 10].min() < 0.4 * open_px, begin
    calm = np.flatnonzero(blink < 0.2)
    assert np.median(seen[calm[calm < len(seen)]]) > 0.8 * open_px


def test_a_replay_of_the_recorded_faces_moves_the_same_way(
    shown: tuple[Path, dict[str, dict]], vtuber: Run, bundle: Path, tmp_path: Path
) -> None:
    folder, _ = shown
    done = vtuber(
        "run", "--replay", folder / "straight.jsonl", "--avatar", bundle, *SMALL, "--json",
        "--output", "null", "--record", "again.mp4", "--seconds", "5",
    )  # fmt: skip
    assert summary(done)["track"]["frames"] > 100
    again, before = face_x(tmp_path / "again.mp4"), face_x(folder / "straight.mp4")
    n = min(len(again), len(before)) - 6
    assert max(np.corrcoef(again[lag : lag + n], before[:n])[0, 1] for lag in range(6)) > 0.8


def test_a_black_clip_that_ends_gives_idle_motion_and_the_show_goes_on_for_its_seconds(
    vtuber: Run, bundle: Path, tmp_path: Path
) -> None:
    clip = black(tmp_path / "black.mp4", 1.0)
    done = vtuber(
        "run", "--video", clip, "--avatar", bundle, *SMALL, "--json", "--seconds", "5",
        "--output", "null:fps=10", "--output", "null", "--record", "out.mp4",
    )  # fmt: skip
    report = summary(done)
    assert report["track"]["found"] == 0 < report["track"]["frames"] <= 30  # a busy tracker skips
    assert facts(tmp_path / "out.mp4")[-1] == 150
    assert set(report["sinks"]) == {"null", "null2", "record"}
    assert report["sinks"]["null"]["frames"] <= 51
    assert np.ptp(face_x(tmp_path / "out.mp4")) > 0.3  # it sways
    seen = iris_px(tmp_path / "out.mp4")
    assert seen.min() < 0.4 * np.median(seen)  # it blinks


def test_a_clip_that_ends_ends_the_show_with_its_last_frame(
    vtuber: Run, bundle: Path, clip: Path, tmp_path: Path
) -> None:
    source = cut(clip, tmp_path / "one.mp4", 1.5)
    done = vtuber(
        "run", "--video", source, "--avatar", bundle, *SMALL, "--json", "--output", "null"
    )
    report = summary(done)
    assert report["seconds"] == pytest.approx(1.5, abs=0.35)
    assert report["track"]["found"] > 30


def test_a_clip_can_go_round_and_round(
    vtuber: Run, bundle: Path, clip: Path, tmp_path: Path
) -> None:
    source = cut(clip, tmp_path / "one.mp4", 0.8)
    done = vtuber("run", "--video", f"{source}:loop=1", "--avatar", bundle, *SMALL, "--json",
                  "--output", "null", "--seconds", "2.5")  # fmt: skip
    assert summary(done)["track"]["frames"] > 40  # of 24


def test_without_a_camera_a_performance_plays_and_the_page_has_an_address(
    vtuber: Run, bundle: Path
) -> None:
    done = vtuber("run", "--avatar", bundle, *SMALL, "--seconds", "1")
    assert done.returncode == 0, done.stderr
    if "camera 0" in done.stdout:
        pytest.skip("this machine has a camera")
    assert "no camera" in done.stdout
    assert "http://127.0.0.1:" in done.stdout
    assert "pictures in 1.0 s" in done.stdout
    assert "\x1b" not in done.stdout  # no colours for what is no terminal
