"""The window: a real one, on a virtual X screen, looked at from outside."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from vtuber.capture.still import read_picture
from vtuber.core.errors import UserError
from vtuber.core.picture import Box, Picture
from vtuber.core.ports import SinkContext
from vtuber.output.window import Options, Output, fitted
from vtuber.runtime.clock import SystemClock

SIZE = (320, 180)


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """Start a virtual X screen and give its name."""
    if not shutil.which("Xvfb") or not shutil.which("ffmpeg"):
        pytest.skip("no Xvfb or no ffmpeg: a window needs a screen, and an eye on it")
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "640x480x24", "-nolisten", "tcp"],
        pass_fds=[write], stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(write)
    with os.fdopen(read) as pipe:
        number = pipe.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait()


def _context(said: list[str]) -> SinkContext:
    return SinkContext(SIZE, 30.0, SystemClock(), said.append)


def _picture() -> Picture:
    """Make a red upper half over nothing, and a blue corner at the upper left."""
    rgba = np.zeros((SIZE[1], SIZE[0], 4), np.uint8)
    rgba[:90] = (200, 0, 0, 255)
    rgba[:20, :20] = (0, 0, 200, 255)
    return Picture(rgba, Box(0, 0, SIZE[0], 90), 0, 0, 0)


def _seen(display: str, folder: Path) -> np.ndarray:
    path = folder / "screen.png"
    subprocess.run(
        ["ffmpeg", "-v", "error", "-y", "-f", "x11grab", "-i", display, "-frames:v", "1", path],
        check=True, capture_output=True,
    )  # fmt: skip
    return read_picture(path)


def test_a_window_shows_the_picture_upright_over_its_background(
    display: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", display)
    window = Output(Options(background="#00ff00"), _context([]))
    window.open()
    try:
        for _ in range(3):
            window.send(_picture())
        screen = _seen(display, tmp_path)
    finally:
        window.close()
    blue = np.argwhere((screen == (0, 0, 200)).all(axis=2))
    top, left = blue.min(axis=0)
    assert len(blue) == 400
    assert tuple(screen[top + 45, left + 160]) == (200, 0, 0)
    assert tuple(screen[top + 135, left + 160]) == (0, 255, 0)


def test_without_a_desktop_the_user_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    with pytest.raises(UserError, match="--output web"):
        Output(Options(), _context([])).open()


def test_a_closed_window_ends_quietly(display: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import glfw

    monkeypatch.setenv("DISPLAY", display)
    said: list[str] = []
    window = Output(Options(), _context(said))
    window.open()
    glfw.set_window_should_close(window._window, True)
    window.send(_picture())
    window.send(_picture())
    window.close()
    assert said == ["the window was closed; the show goes on"]


def test_a_picture_keeps_its_shape_and_stands_on_the_bottom_edge() -> None:
    assert fitted((1280, 720), (1280, 1000)) == (0, 0, 1280, 720)
    assert fitted((1280, 720), (2000, 720)) == (360, 0, 1280, 720)


def test_macos_is_told_that_it_has_no_window_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vtuber.output.window._PLATFORM", "darwin")
    with pytest.raises(UserError, match="macOS"):
        Output(Options(), _context([]))


def test_a_second_window_is_refused_and_leaves_the_first_alone(
    display: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", display)
    first, second = Output(Options(), _context([])), Output(Options(), _context([]))
    first.open()
    with pytest.raises(UserError, match="one window"):
        second.open()
    second.close()
    first.send(_picture())
    first.close()
    second.open()  # the place is free again
    second.close()


def test_a_window_that_fails_while_it_opens_leaves_its_place(
    display: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", display)
    with monkeypatch.context() as broken:
        broken.setattr("vtuber.output.window.VERSION", "no GLSL ")
        with pytest.raises(Exception, match="GLSL"):
            Output(Options(), _context([])).open()
    window = Output(Options(), _context([]))
    window.open()
    window.close()
