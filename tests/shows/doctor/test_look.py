"""The doctor sees what is there, names what is not, and neither hangs nor falls."""

import argparse
import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from vtuber.cli import doctor as verb
from vtuber.runtime.program import Program
from vtuber.settings import file
from vtuber.shows.doctor.look import (
    Check,
    can_run,
    examine,
    files,
    finding_of,
    obs,
    packages,
    settings,
)
from vtuber.shows.doctor.mends import mend_for
from vtuber.shows.doctor.probes import Finding

NAMES = [
    "python", "files", "settings", "opengl", "tracking", "cameras", "virtual_camera", "audio",
    "drawing", "voice", "obs",
]  # fmt: skip


@pytest.fixture(scope="module")
def checks() -> dict[str, Check]:
    return {check.name: check for check in examine()}


def test_it_looks_at_everything_a_show_can_use(checks: dict[str, Check]) -> None:
    assert list(checks) == NAMES


def test_what_is_not_ok_comes_with_what_mends_it(checks: dict[str, Check]) -> None:
    for check in checks.values():
        assert check.found
        assert bool(check.mend) == (check.state != "ok"), check


def test_it_finds_what_these_tests_themselves_run_on(checks: dict[str, Check]) -> None:
    ready = [checks[name].state for name in ("python", "files", "settings", "opengl", "tracking")]
    assert ready == ["ok"] * 5
    assert can_run(list(checks.values()))
    assert "mediapipe 0.10.21" in checks["tracking"].found


def test_a_settings_file_that_no_show_would_take_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file, "user_config_path", lambda name: tmp_path)
    assert settings() == Finding("ok", f"none; they would lie in {tmp_path / 'settings.toml'}")
    (tmp_path / "settings.toml").write_text("avatar = 'nobody'\nsize = 3")
    found = settings()
    assert found.state == "broken"
    assert "settings.toml has 2 faults:" in found.found
    assert "no avatar called 'nobody'" in found.found


def test_one_needed_thing_that_is_missing_is_no_show() -> None:
    there = Check("files", "ok", "", "", needed=True)
    optional = Check("obs", "missing", "", "install it", needed=False)
    assert can_run([there, optional])
    assert not can_run([there, Check("opengl", "broken", "", "mend it", needed=True)])


@pytest.mark.parametrize("platform", ["linux", "win32", "darwin", "freebsd14"])
@pytest.mark.parametrize("name", [*NAMES, "camera_shut", "portaudio", "sounddevice", "cv2"])
def test_every_trouble_has_a_mend_on_every_platform(name: str, platform: str) -> None:
    assert mend_for(name, platform)


def test_a_probe_that_hangs_is_cut_off() -> None:
    started_s = time.monotonic()
    found = {check.name: check for check in examine(limit_s=0.0)}
    assert time.monotonic() - started_s < 5.0
    assert found["tracking"].state == "broken"
    assert "no answer within 0 s" in found["tracking"].found


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("import os; os.abort()", "the test ended with code"),
        ("raise OSError('no such driver')", "OSError: no such driver"),
        ("print('a library chats')", "not an answer"),
    ],
)
def test_a_probe_that_dies_or_babbles_is_a_finding(code: str, said: str) -> None:
    with Program([sys.executable, "-c", code]) as probe:
        finding = finding_of(probe, 10.0, 10.0)
    assert finding.state == "broken"
    assert said in finding.found


def install(name: str, version: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a package of this version, without contents, before the one that is installed."""
    metadata = folder / f"{name.replace('-', '_')}-{version}.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text(f"Name: {name}\nVersion: {version}\n")
    monkeypatch.syspath_prepend(folder)


def test_a_second_opencv_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert packages().state == "ok"
    install("opencv-python-headless", "5.0.0", tmp_path, monkeypatch)
    finding = packages()
    assert finding.state == "broken"
    assert "opencv-python-headless" in finding.found
    assert "opencv-contrib-python==4.11.0.86" in mend_for(finding.mend, sys.platform)


@pytest.mark.parametrize(
    ("name", "version", "said"),
    [
        ("mediapipe", "1.2.2", "mediapipe 1.2.2 instead of ==0.10.21"),
        ("numpy", "2.1.0", "numpy 2.1.0 instead of <2,>=1.26"),
        ("simplejpeg", "1.8.2", "simplejpeg 1.8.2 instead of <2,>=1.9"),
    ],
)
def test_a_package_of_a_version_that_does_not_fit_is_found_out(
    name: str, version: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(name, version, tmp_path, monkeypatch)
    assert said in packages().found


@pytest.mark.parametrize(
    ("name", "version"),
    [
        ("numpy", "1.26.9"),
        ("aiohttp", "3.99.0rc1"),  # who has a trial version knows it
        ("torch", "1.0"),  # of an extra: `voice` looks at it
    ],
)
def test_a_package_that_fits_or_that_a_show_does_not_need_is_no_fault(
    name: str, version: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(name, version, tmp_path, monkeypatch)
    assert packages().state == "ok", packages().found


def test_the_avatars_that_ship_are_named() -> None:
    assert "default" in files().found


@pytest.mark.skipif(sys.platform == "win32", reason="OBS is found through the registry there")
def test_obs_is_found_and_whether_it_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "obs"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert "its WebSocket server answers" in obs(server.getsockname()[1]).found
        closed_port = server.getsockname()[1]
    assert "not running" in obs(closed_port).found


def _run(*flags: str) -> int:
    parser = argparse.ArgumentParser()
    verb.configure(parser)
    return verb.run(parser.parse_args(flags))


def test_json_is_one_object_that_agrees_with_the_exit_code(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code = _run("--json")
    said = json.loads(capsys.readouterr().out)
    assert [check["name"] for check in said["checks"]] == NAMES
    assert code == (0 if said["can_run"] else 1)


def test_a_terminal_without_ticks_gets_plain_marks() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from vtuber.cli.doctor import *; print(marks())"],
        env={**os.environ, "PYTHONIOENCODING": "ascii"}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "'ok': 'ok'" in done.stdout
