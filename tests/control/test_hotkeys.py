"""Hotkeys: a table is checked whole, a press is obeyed once, and only what is known leaves."""

import threading
from dataclasses import dataclass, field
from typing import Any

import pytest

from vtuber.control.hotkeys import Hotkeys, check_hotkeys
from vtuber.core.command import Command, Hide, SetExpression
from vtuber.core.errors import UserError
from vtuber.core.ports import StopEvent
from vtuber.core.steer import PressKey


@dataclass
class Typist:
    """An ear that hears what a test says, then waits to be stopped."""

    presses: list[tuple[str, ...]] = field(default_factory=list)

    def listen(self, pressed: Any, stop: StopEvent) -> None:
        for names in self.presses:
            pressed(names)
        stop.wait(20)


def unsaid(sentence: str) -> None:
    raise AssertionError(sentence)


def test_every_fault_of_a_table_is_said_at_once_and_conflicts_are_named() -> None:
    table = {
        "Ctrl+F1": "hide", "control+f1": "mirror", "esk": "hide", "F2": "expresion joy",
        "h": "hide on",
    }  # fmt: skip
    with pytest.raises(UserError) as refused:
        check_hotkeys(table, {"h": "hide"})
    text = str(refused.value)
    for part in (
        "hotkeys Ctrl+F1 and control+f1 are the same key", "did you mean esc",
        "hotkey F2: no command called 'expresion'", "hotkey h: in terminal and window this key",
        "ctrl+alt+h",
    ):  # fmt: skip
        assert part in text


def test_a_press_is_obeyed_by_its_first_name_that_means_something_and_others_are_not_seen() -> None:
    got: list[Command] = []

    def emit(command: Command) -> bool:
        got.append(command)
        return True

    hotkeys = Hotkeys({"ctrl+alt+H": "hide", "!": "expression joy"}, emit, unsaid, {"F2", "!"})
    for names in (("a",), ("alt+h",), ("ctrl+alt+h",), ("shift+1", "!"), ("F2",), ()):
        hotkeys.press(names)
    assert got == [Hide(), SetExpression("joy"), PressKey("!"), PressKey("F2")]
    hotkeys.rebind({"a": "hide on"})
    hotkeys.press(("a",))
    hotkeys.press(("ctrl+alt+h",))
    assert got[4:] == [Hide(True)]
    assert hotkeys.heard == 4


def test_nobody_listens_before_there_is_a_key_to_listen_for() -> None:
    ears: list[Typist] = []

    def ear(say: object) -> Typist:
        ears.append(Typist([("F1",)]))
        return ears[-1]

    obeyed = threading.Event()

    def emit(command: Command) -> bool:
        obeyed.set()
        return True

    has_looked = threading.Event()

    class Stop(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            has_looked.set()
            return super().wait(timeout)

    hotkeys, stop = Hotkeys({}, emit, unsaid, ear=ear), Stop()
    thread = threading.Thread(target=hotkeys.run, args=(stop,), daemon=True)
    thread.start()
    assert has_looked.wait(30)
    assert not ears
    assert not hotkeys.is_listening
    hotkeys.rebind({"F1": "hide"})
    assert obeyed.wait(30)
    assert hotkeys.is_listening
    stop.set()
    thread.join(30)
    assert not hotkeys.is_listening


def test_where_nothing_can_hear_the_job_ends_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    said: list[str] = []
    Hotkeys({"F1": "hide"}, lambda command: True, said.append).run(threading.Event())
    assert "vtuber do" in said[0]
    assert said[1] == "without hotkeys: there is no X11 desktop here (DISPLAY is not set)"
