"""Keys of the terminal that started the show, or lines of a pipe, in; Commands out."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator, Mapping

from vtuber.core.command import Command, parse_command
from vtuber.core.errors import UserError
from vtuber.core.ports import StopEvent

POLL_S = 0.1
KEYS: Mapping[str, str] = {
    "h": "hide",
    "c": "calibrate",
    "m": "mirror",
    "r": "reset",
    "+": "zoom 1.1",
    "=": "zoom 1.1",
    "-": "zoom 0.909",
    "left": "move -0.02 0",
    "right": "move 0.02 0",
    "up": "move 0 0.02",
    "down": "move 0 -0.02",
    "[": "rotate 5",
    "]": "rotate -5",
    "0": "expression neutral",
    "1": "expression joy",
    "2": "expression laugh",
    "3": "expression anger",
    "4": "expression sadness",
    "5": "expression surprise",
    "6": "expression shy",
    "7": "expression sleepy",
    "8": "expression love",
    "9": "expression panic",
    "q": "quit",
}
_ARROWS = {"A": "up", "B": "down", "C": "right", "D": "left"}  # after ESC [ (ECMA-48)
_WINDOWS_ARROWS = {"H": "up", "P": "down", "M": "right", "K": "left"}  # after NUL or 0xE0


class Hands:
    """Reads standard input: single keys where it is a terminal, one command a line elsewhere."""

    def __init__(
        self,
        keys: Mapping[str, str],
        emit: Callable[[Command], None],
        say: Callable[[str], None],
    ) -> None:
        """Take keys on top of `KEYS`. Raises UserError for a key whose command is none."""
        self._commands = {key: parse_command(text) for key, text in {**KEYS, **keys}.items()}
        self._emit, self._say = emit, say

    def run(self, stop: StopEvent) -> None:
        """Read until asked to stop, or until the input ends: a job for a Worker."""
        if sys.stdin is None or sys.stdin.closed:
            return
        if not sys.stdin.isatty():
            self._read_lines(stop)
        elif sys.platform == "win32":
            self._obey_keys(_windows_keys(stop))
        else:
            with _one_key_at_a_time():
                self._obey_keys(_terminal_keys(stop))

    def _obey_keys(self, keys: Iterator[str]) -> None:
        for key in keys:
            if key in self._commands:
                self._emit(self._commands[key])

    def _read_lines(self, stop: StopEvent) -> None:
        for line in sys.stdin:
            if stop.is_set():
                return
            if line.strip():
                self.obey_line(line)

    def obey_line(self, line: str) -> None:
        """Emit the command of one line, or say what is wrong with it."""
        try:
            self._emit(parse_command(line[:1000]))
        except UserError as error:
            self._say(str(error))


def decode_keys(text: str) -> list[str]:
    """Name the keys in what a terminal sent.

    >>> decode_keys("h\x1b[A+")
    ['h', 'up', '+']
    """
    keys, at = [], 0
    while at < len(text):
        if text.startswith("\x1b[", at) and text[at + 2 : at + 3] in _ARROWS:
            keys.append(_ARROWS[text[at + 2]])
            at += 3
        else:
            keys.append(text[at])
            at += 1
    return keys


@contextlib.contextmanager
def _one_key_at_a_time() -> Iterator[None]:
    """Let keys come without Enter and without echo; Ctrl-C still interrupts."""
    import termios
    import tty

    old = termios.tcgetattr(sys.stdin)
    tty.setcbreak(sys.stdin)
    try:
        yield
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, old)


def _terminal_keys(stop: StopEvent) -> Iterator[str]:
    import os
    import select

    file = sys.stdin.fileno()
    while not stop.is_set():
        if select.select([file], [], [], POLL_S)[0]:
            data = os.read(file, 64)
            if not data:
                return
            yield from decode_keys(data.decode(errors="replace"))


def _windows_keys(stop: StopEvent) -> Iterator[str]:
    import msvcrt

    while not stop.wait(POLL_S):
        while msvcrt.kbhit():  # type: ignore[attr-defined]
            key = msvcrt.getwch()  # type: ignore[attr-defined]
            if key in "\x00\xe0":
                key = _WINDOWS_ARROWS.get(msvcrt.getwch(), "")  # type: ignore[attr-defined]
            yield key
