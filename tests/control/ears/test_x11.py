"""Keys on a real X server while another window has the focus, and even the whole keyboard."""

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from tests.shows.waiting import until
from vtuber.control.ears.x11 import X11Ear
from vtuber.core.errors import DeviceLost, UserError

display = pytest.importorskip("Xlib.display", reason="python-xlib is not installed")
X = pytest.importorskip("Xlib.X")
XK = pytest.importorskip("Xlib.XK")
xtest = pytest.importorskip("Xlib.ext.xtest")
pytestmark = pytest.mark.skipif(shutil.which("Xvfb") is None, reason="Xvfb is not installed")


class Desk:
    """An X server, a window with the focus, and hands on its keyboard."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        read, write = os.pipe()
        command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "64x64x24"]
        self.server = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
        self.marks = ["F9", "F10", "F11", "F12"]
        os.close(write)
        with os.fdopen(read) as answer:
            name = ":" + answer.readline().strip()
        monkeypatch.setenv("DISPLAY", name)
        self.hands = display.Display(name)
        root = self.hands.screen().root
        self.window = root.create_window(
            0, 0, 64, 64, 0, self.hands.screen().root_depth, event_mask=X.KeyPressMask
        )
        self.window.map()
        self.hands.sync()
        self.window.set_input_focus(X.RevertToParent, X.CurrentTime)
        self.hands.sync()

    def do(self, what: int, key: str) -> None:
        code = self.hands.keysym_to_keycode(XK.string_to_keysym(key))
        assert code, key
        xtest.fake_input(self.hands, what, code)
        self.hands.sync()

    def tap(self, *keys: str) -> None:
        for key in keys:
            self.do(X.KeyPress, key)
        for key in reversed(keys):
            self.do(X.KeyRelease, key)

    def presses_seen(self) -> int:
        """Count the presses that the window with the focus got."""
        count = self.hands.pending_events()
        return sum(self.hands.next_event().type == X.KeyPress for _ in range(count))


class Listening:
    """An ear in a thread, what it told, and what ended it."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, ...]] = []
        self.error: Exception | None = None
        self.stop = threading.Event()
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def _run(self) -> None:
        try:
            X11Ear().listen(lambda names: self.heard.append(tuple(names)), self.stop)
        except (UserError, DeviceLost) as error:
            self.error = error


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    desk = Desk(monkeypatch)
    yield desk
    desk.server.terminate()
    desk.server.wait(30)


@pytest.fixture
def listening(desk: Desk) -> Iterator[Listening]:
    """Begin to listen, and wait until a key is heard."""
    listening = Listening()

    def is_heard() -> bool:
        desk.tap("Escape")
        return bool(listening.heard) or listening.error is not None

    until(is_heard, 30)
    assert listening.error is None
    desk.tap("Pause")
    until(lambda: ("pause",) in listening.heard, 30)  # what was tapped before is heard by now
    listening.heard.clear()
    desk.presses_seen()
    yield listening
    listening.stop.set()
    listening.thread.join(30)


def last_heard(desk: Desk, listening: Listening) -> list[Any]:
    """Give what was heard up to now: a mark is tapped, and waited for."""
    mark = desk.marks.pop()  # one that was not let go in this very millisecond
    desk.tap(mark)
    until(lambda: listening.heard[-1:] == [(mark,)], 30)
    told, listening.heard[:] = listening.heard[:-1], []
    return told


def test_keys_are_heard_by_their_names_and_the_window_gets_them_all_the_same(
    desk: Desk, listening: Listening
) -> None:
    desk.hands.change_keyboard_control(auto_repeat_mode=X.AutoRepeatModeOff)  # presses are counted
    desk.tap("F2")
    desk.tap("Control_L", "Alt_L", "h")
    desk.tap("Shift_L", "1")
    desk.tap("KP_5")
    desk.tap("Super_L", "Page_Up")
    assert last_heard(desk, listening) == [
        ("F2",), ("ctrl+alt+h",), ("shift+1", "!"), ("num_5",), ("super+page_up",),
    ]  # fmt: skip
    assert desk.presses_seen() == 10  # with those that are held, and the mark


def test_a_game_that_has_grabbed_the_keyboard_hides_nothing(
    desk: Desk, listening: Listening
) -> None:
    now = X.GrabModeAsync
    assert desk.window.grab_keyboard(False, now, now, X.CurrentTime) == X.GrabSuccess
    desk.tap("F3")
    assert last_heard(desk, listening) == [("F3",)]


def test_a_key_that_is_held_is_told_once_however_often_it_repeats(
    desk: Desk, listening: Listening
) -> None:
    desk.do(X.KeyPress, "F5")
    repeats = 0

    def has_repeated() -> bool:
        nonlocal repeats
        repeats += desk.presses_seen()
        return repeats > 3

    until(has_repeated, 30)
    desk.do(X.KeyRelease, "F5")
    assert last_heard(desk, listening) == [("F5",)]

    def is_told_again() -> bool:
        desk.tap("F5")
        return ("F5",) in listening.heard

    until(is_told_again, 30)


def test_a_server_that_ends_and_one_that_is_not_there_are_told_in_words(
    desk: Desk, listening: Listening
) -> None:
    desk.server.terminate()
    desk.server.wait(30)
    listening.thread.join(30)
    assert isinstance(listening.error, DeviceLost)
    assert str(listening.error) == "hotkeys: the X11 desktop has gone"
    again = Listening()
    again.thread.join(30)
    assert "X11 does not let us in" in str(again.error)
