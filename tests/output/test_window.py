"""The window: a real one, on a virtual X screen, looked at from outside."""

import ctypes
import ctypes.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from vtuber.capture.still import read_picture
from vtuber.core.command import Command, Zoom
from vtuber.core.errors import UserError
from vtuber.core.picture import Box, Picture
from vtuber.core.ports import SinkContext
from vtuber.core.tune import SwitchOutput
from vtuber.output.window import NOTCH, Options, Output, fitted
from vtuber.runtime.clock import SystemClock

SIZE = (320, 180)


@contextmanager
def _screen() -> Iterator[str]:
    """Start a virtual X screen and give its name."""
    if not shutil.which("Xvfb") or not shutil.which("ffmpeg"):
        pytest.skip("no Xvfb or no ffmpeg: a window needs a screen, and an eye on it")
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "640x480x24", "-nolisten", "tcp",
         "-noreset"],
        pass_fds=[write], stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(write)
    with os.fdopen(read) as pipe:
        number = pipe.readline().strip()
    try:
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    with _screen() as name:
        yield name


@contextmanager
def _running(*command: str, **more: object) -> Iterator[subprocess.Popen]:
    process = subprocess.Popen(command, **more)  # type: ignore[call-overload]
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


class _Fingers:
    """A person at the virtual screen: the X server makes real events of what they do."""

    def __init__(self, display: str) -> None:
        names = [ctypes.util.find_library(name) for name in ("X11", "Xtst")]
        if None in names:
            pytest.skip("no libX11 or no libXtst: nobody can touch the virtual screen")
        self._x, self._test = (ctypes.CDLL(name) for name in names)
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XStringToKeysym.restype = ctypes.c_ulong
        self._display = ctypes.c_void_p(self._x.XOpenDisplay(display.encode()))

    def move(self, x: int, y: int) -> None:
        self._test.XTestFakeMotionEvent(self._display, -1, x, y, 0)
        self._x.XSync(self._display, 0)

    def button(self, number: int, is_down: bool) -> None:
        self._test.XTestFakeButtonEvent(self._display, number, int(is_down), 0)
        self._x.XSync(self._display, 0)

    def key(self, name: str) -> None:
        symbol = ctypes.c_ulong(self._x.XStringToKeysym(name.encode()))
        code = self._x.XKeysymToKeycode(self._display, symbol) & 0xFF
        for is_down in (1, 0):
            self._test.XTestFakeKeyEvent(self._display, code, is_down, 0)
            self._x.XSync(self._display, 0)

    def close(self) -> None:
        self._x.XCloseDisplay(self._display)


@pytest.fixture
def touched(
    display: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Output, _Fingers, list[Command], list[str]]]:
    """Give a window, fingers over its middle, and what it told the show."""
    import glfw

    monkeypatch.setenv("DISPLAY", display)
    acts: list[Command] = []
    keys: list[str] = []
    fingers = _Fingers(display)
    window = Output(
        Options(background="#000000"),
        SinkContext(SIZE, 30.0, SystemClock(), lambda _: None, act=acts.append, press=keys.append),
    )
    window.open()
    window.send(_picture())
    left, top = glfw.get_window_pos(window._window)
    glfw.focus_window(window._window)
    fingers.move(left + 160, top + 90)
    window.send(_picture())
    yield window, fingers, acts, keys
    window.close()
    fingers.close()


def _send_until(window: Output, is_so: Callable[[], bool]) -> None:
    for _ in range(200):
        window.send(_picture())
        if is_so():
            return
    raise AssertionError("nothing came of it")


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


def _of_size(display: str, folder: Path, size_px: tuple[int, int], rgba: np.ndarray) -> np.ndarray:
    """Give what a window shows of a picture when it has another size than the picture."""
    import glfw

    window = Output(Options(background="#000000"), _context([]))
    window.open()
    try:
        glfw.set_window_pos(window._window, 0, 0)
        glfw.set_window_size(window._window, *size_px)
        picture = Picture(rgba, Box(0, 0, *SIZE), 0, 0, 0)
        for _ in range(200):
            window.send(picture)
            if glfw.get_framebuffer_size(window._window) == size_px:
                break
        window.send(picture)
        window._gl.finish()
        return _seen(display, folder)[: size_px[1], : size_px[0]]
    finally:
        window.close()


def test_in_a_larger_window_no_border_shows_at_the_other_side(
    display: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", display)
    rgba = np.zeros((SIZE[1], SIZE[0], 4), np.uint8)
    rgba[-20:] = 255
    assert _of_size(display, tmp_path, (600, 338), rgba)[:150].max() == 0


def test_in_a_small_window_a_picture_is_averaged(
    display: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", display)
    rgba = np.zeros((SIZE[1], SIZE[0], 4), np.uint8)
    rgba[..., 3] = 255
    rgba[:, ::4] = 255  # lines a quarter as wide as what is between them
    shown = _of_size(display, tmp_path, (80, 45), rgba).astype(int)
    assert np.abs(shown - 64).max() <= 2


def test_without_a_desktop_the_user_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    with pytest.raises(UserError, match="--output web"):
        Output(Options(), _context([])).open()


def test_a_closed_window_ends_quietly(display: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import glfw

    monkeypatch.setenv("DISPLAY", display)
    said: list[str] = []
    acts: list[Command] = []
    window = Output(Options(), replace(_context(said), act=acts.append))
    window.open()
    glfw.set_window_should_close(window._window, True)
    window.send(_picture())
    window.send(_picture())
    window.close()
    assert said == ["the window was closed; the show goes on"]
    assert acts == [SwitchOutput("window", on=False)]  # so it can be switched on again


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


def test_dragging_moves_the_avatar_by_as_much(
    touched: tuple[Output, _Fingers, list[Command], list[str]],
) -> None:
    window, fingers, acts, _ = touched
    left, top = window._glfw.get_window_pos(window._window)
    fingers.move(left + 100, top + 100)
    window.send(_picture())
    assert acts == [], "nobody holds it"
    fingers.button(1, True)
    for step in range(1, 6):
        fingers.move(left + 100 + 9 * step, top + 100 - 18 * step)
        window.send(_picture())
    _send_until(window, lambda: len(acts) >= 5 or sum(a.x for a in acts) > 0.249)
    assert sum(act.x for act in acts) == pytest.approx(45 / 180, abs=1e-6)
    assert sum(act.y for act in acts) == pytest.approx(90 / 180, abs=1e-6)
    fingers.button(1, False)
    fingers.move(left + 10, top + 10)
    told = len(acts)
    for _ in range(5):
        window.send(_picture())
    assert len(acts) == told, "it was let go"


def test_the_wheel_zooms(touched: tuple[Output, _Fingers, list[Command], list[str]]) -> None:
    window, fingers, acts, _ = touched
    for number in (4, 4, 5):  # the wheel's buttons: up, up, down
        fingers.button(number, True)
        fingers.button(number, False)
    product = 1.0

    def zoomed() -> bool:
        nonlocal product
        product = float(np.prod([act.factor for act in acts]))
        return product == pytest.approx(NOTCH)

    _send_until(window, zoomed)
    fingers.button(5, True)
    fingers.button(5, False)
    _send_until(window, lambda: len(acts) > 0 and acts[-1] == Zoom(1 / NOTCH))


def test_keys_are_those_of_the_terminal(
    touched: tuple[Output, _Fingers, list[Command], list[str]],
) -> None:
    window, fingers, _, keys = touched
    for name in ("h", "Left", "1", "plus", "Up", "Shift_L"):
        fingers.key(name)
    _send_until(window, lambda: len(keys) >= 5)
    window.send(_picture())
    assert keys[:3] == ["h", "left", "1"]
    assert keys[3] in ("+", "=")  # one key without Shift
    assert keys[4:] == ["up"]


BLUE = (40, 120, 200)
BEHIND = f"""
import glfw, moderngl
glfw.init()
window = glfw.create_window(640, 480, "behind", None, None)
glfw.make_context_current(window)
gl, times = moderngl.create_context(), 0
while not glfw.window_should_close(window):
    gl.screen.use()
    gl.clear(*(c / 255 for c in {BLUE}), 1)
    glfw.swap_buffers(window)
    glfw.wait_events_timeout(0.05)
    times += 1
    if times == 5:
        print("shown", flush=True)
"""
COMPOSITORS = {"xcompmgr": ("-n",), "picom": ("--backend", "xrender", "--config", "/dev/null")}


@pytest.mark.parametrize("compositor", [*COMPOSITORS, ""])
def test_the_window_is_see_through_where_the_desktop_mixes_windows_and_else_black(
    compositor: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A half-transparent green over blue, pixel by pixel."""
    if compositor and not shutil.which(compositor):
        pytest.skip(f"no {compositor}, which mixes windows")
    rgba = np.zeros((SIZE[1], SIZE[0], 4), np.uint8)
    rgba[40:140, 60:160] = 255, 0, 0, 255
    rgba[40:140, 160:260] = 0, 128, 0, 128
    with ExitStack() as stack:
        monkeypatch.setenv("DISPLAY", name := stack.enter_context(_screen()))
        if compositor:
            command = (compositor, *COMPOSITORS[compositor])
            stack.enter_context(_running(*command, stderr=subprocess.DEVNULL))
            _until_mixed(name)
        behind = stack.enter_context(
            _running(sys.executable, "-c", BEHIND, stdout=subprocess.PIPE, text=True)
        )
        assert behind.stdout is not None
        assert behind.stdout.readline() == "shown\n"
        window = Output(Options(), _context([]))
        window.open()
        stack.callback(window.close)
        for _ in range(50):
            window.send(Picture(rgba, Box(60, 40, 260, 140), 0, 0, 0))
            screen = _seen(name, tmp_path).astype(int)
            if screen[90, 100, 0] == 255:
                break
    clear = BLUE if compositor else (0, 0, 0)
    half = np.array((0, 128, 0)) + np.array(clear) * 127 / 255
    assert np.abs(screen[10, 10] - clear).max() <= 1
    assert np.abs(screen[90, 100] - (255, 0, 0)).max() <= 1
    assert np.abs(screen[90, 200] - half).max() <= 1
    assert np.abs(screen[470, 630] - BLUE).max() <= 1


def _until_mixed(display: str) -> None:
    """Wait until a compositor owns the screen (ICCCM: the selection _NET_WM_CM_S0)."""
    x = ctypes.CDLL(ctypes.util.find_library("X11"))
    x.XOpenDisplay.restype = ctypes.c_void_p
    x.XInternAtom.restype = x.XGetSelectionOwner.restype = ctypes.c_ulong
    screen = ctypes.c_void_p(x.XOpenDisplay(display.encode()))
    name = ctypes.c_ulong(x.XInternAtom(screen, b"_NET_WM_CM_S0", 0))
    end_s = time.monotonic() + 10
    while not x.XGetSelectionOwner(screen, name):
        assert time.monotonic() < end_s, "the compositor does not start"
    x.XCloseDisplay(screen)
