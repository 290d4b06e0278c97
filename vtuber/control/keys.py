"""Keys of the terminal that started the show, or lines of a pipe, in; Commands out."""

from __future__ import annotations

import atexit
import contextlib
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping

from vtuber.core.command import Command, parse_command
from vtuber.core.errors import UserError
from vtuber.core.ports import StopEvent

POLL_S = 0.1
LONGEST_LINE = 1000  # bytes
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
_ARROWS = {"A": "up", "B": "down", "C": "right", "D": "left"}  # after ESC [ or ESC O
# ECMA-48, 5.4: ESC [ and its parameters up to a final byte; ESC O and one; or a plain character
_KEY = re.compile(r"\x1b\[[0-?]*[ -/]*([@-~])|\x1bO(.)|(.)", re.DOTALL)
_WINDOWS_ARROWS = {"H": "up", "P": "down", "M": "right", "K": "left"}  # after NUL or 0xE0
NAMED_KEYS = tuple(_ARROWS.values())  # every other key is called by its character


class Hands:
    """Reads standard input: single keys where it is a terminal, one command a line elsewhere."""

    def __init__(
        self,
        keys: Mapping[str, str],
        emit: Callable[[Command], None],
        say: Callable[[str], None],
    ) -> None:
        """Take keys on top of `KEYS`. Raises UserError for a key whose command is none."""
        self._emit, self._say = emit, say
        self.rebind(keys)

    def rebind(self, keys: Mapping[str, str]) -> None:
        """Take other keys on top of `KEYS`, while it runs or before."""
        self._commands = {key: parse_command(text) for key, text in {**KEYS, **keys}.items()}

    def run(self, stop: StopEvent) -> None:
        """Read until asked to stop, or until the input ends: a job for a Worker."""
        if sys.stdin is None or sys.stdin.closed:
            return
        if not sys.stdin.isatty():
            self._obey_lines(_chunks(stop), stop)
        elif sys.platform == "win32":
            self._obey_keys(_windows_keys(stop), stop)
        elif _is_in_foreground():
            with _one_key_at_a_time() as again:
                chunks = _chunks(stop, again)
                pressed = (key for data in chunks for key in decode_keys(_text(data)))
                self._obey_keys(pressed, stop)

    def _obey_keys(self, keys: Iterator[str], stop: StopEvent) -> None:
        for key in keys:
            if stop.is_set():
                return
            if key in self._commands:
                self._emit(self._commands[key])

    def _obey_lines(self, chunks: Iterator[bytes], stop: StopEvent) -> None:
        rest = b""
        for chunk in chunks:
            *lines, rest = (rest + chunk).split(b"\n")
            rest = rest[:LONGEST_LINE]
            for line in lines:
                if stop.is_set():
                    return
                if not self.obey_line(_text(line[:LONGEST_LINE])):
                    stop.wait(POLL_S)  # a pipe that floods us with nonsense does not flood the log
        self.obey_line(_text(rest))

    def obey_line(self, line: str) -> bool:
        """Emit the command of one line, or say what is wrong with it; tell whether it was good."""
        if line.strip():
            try:
                self._emit(parse_command(line))
            except UserError as error:
                self._say(str(error))
                return False
        return True


def decode_keys(text: str) -> list[str]:
    """Name the keys in what a terminal sent; keys that have no name here are left out.

    >>> decode_keys("h\x1b[A+\x1b[3~")
    ['h', 'up', '+']
    """
    found = (match.groups() for match in _KEY.finditer(text))
    keys = (plain or _ARROWS.get(csi or ss3, "") for csi, ss3, plain in found)
    return [key for key in keys if key]


@contextlib.contextmanager
def _one_key_at_a_time() -> Iterator[Callable[[], None]]:
    """Let keys come without Enter and without echo; Ctrl-C still interrupts.

    Gives what sets the terminal so again, where Ctrl-Z and `fg` have put it back.
    """
    import termios
    import tty

    def restore() -> None:
        with contextlib.suppress(termios.error):  # the terminal has gone
            termios.tcsetattr(file, termios.TCSADRAIN, old)

    def again() -> None:
        with contextlib.suppress(termios.error):
            if termios.tcgetattr(file)[tty.LFLAG] & termios.ICANON and _is_in_foreground():
                tty.setcbreak(file)

    file = sys.stdin.fileno()
    old = termios.tcgetattr(file)
    again()
    atexit.register(restore)  # for a thread that is cut off at the end of the program
    try:
        yield again
    finally:
        atexit.unregister(restore)
        restore()


def _is_in_foreground() -> bool:
    """Tell whether the terminal is ours: reading it in the background (`&`) would stop us."""
    try:
        return os.tcgetpgrp(sys.stdin.fileno()) == os.getpgrp()
    except OSError:
        return False


def _chunks(stop: StopEvent, look: Callable[[], None] = lambda: None) -> Iterator[bytes]:
    """Give what comes in, and look after the terminal in between.

    By `os.read`: a thread that dies inside sys.stdin aborts Python's exit. On Windows, where a pipe
    cannot be waited for, it blocks.
    """
    import select

    file = sys.stdin.fileno()
    while not stop.is_set():
        look()
        if sys.platform == "win32" or select.select([file], [], [], POLL_S)[0]:
            try:
                data = os.read(file, 4096)
            except OSError:  # the terminal has gone
                return
            if not data:
                return
            yield data


def _text(data: bytes) -> str:
    return data.decode(errors="replace")


def _windows_keys(stop: StopEvent) -> Iterator[str]:
    import msvcrt

    while not stop.wait(POLL_S):
        while msvcrt.kbhit():  # type: ignore[attr-defined]
            key = msvcrt.getwch()  # type: ignore[attr-defined]
            if key in "\x00\xe0":
                key = _WINDOWS_ARROWS.get(msvcrt.getwch(), "")  # type: ignore[attr-defined]
            yield key
