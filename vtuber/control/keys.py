"""Keys of the terminal that started the show, or lines of a pipe, in; Commands out."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from itertools import zip_longest

from vtuber.control import terminal
from vtuber.core.command import Command, Quit, format_command, parse_command
from vtuber.core.errors import UserError
from vtuber.core.ports import StopEvent
from vtuber.core.steer import PressKey

PAUSE_S = 0.1  # of a pipe that is faster than the show, or gives nonsense
LONGEST_LINE = 40_000  # bytes: a line to say may have 10,000 characters
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
    "o": "outfit",
    "s": "skip",
    "x": "hush",
    "q": "quit",
}
_ARROWS = {"A": "up", "B": "down", "C": "right", "D": "left"}  # after ESC [ or ESC O
# xterm's control sequences, "VT220-Style Function Keys": after ESC O, and the number in ESC [ 15 ~
_FUNCTION = {"P": "F1", "Q": "F2", "R": "F3", "S": "F4", "11": "F1", "12": "F2", "13": "F3",
             "14": "F4", "15": "F5", "17": "F6", "18": "F7", "19": "F8", "20": "F9", "21": "F10",
             "23": "F11", "24": "F12"}  # fmt: skip
# ECMA-48, 5.4: ESC [ and its parameters up to a final byte; ESC O and one; or a plain character
_KEY = re.compile(r"\x1b\[([0-?]*)[ -/]*([@-~])|\x1bO(.)|(.)", re.DOTALL)
_WINDOWS_ARROWS = {"\0H": "up", "\0P": "down", "\0M": "right", "\0K": "left"}
HELP = "?"  # lists the keys, where it has no command and no script listens for it
_COLUMN, _COLUMNS = 27, 2  # of that list: `0  expression neutral`
NAMED_KEYS = tuple(_ARROWS.values())  # every other key is called by its character


class Hands:
    """Reads standard input: single keys where it is a terminal, one command a line elsewhere.

    `emit` never blocks and tells whether there was room. Where there is none, keys are left out
    and counted (nobody means 2,500 pasted ones), and a pipe waits.
    """

    def __init__(
        self,
        keys: Mapping[str, str],
        emit: Callable[[Command], bool],
        say: Callable[[str], None],
        listens: Callable[[str], bool] = lambda key: False,
    ) -> None:
        """Take keys on top of `KEYS`. Raises UserError for a key whose command is none.

        `listens` tells whether a script waits for a key.
        """
        self._emit, self._say, self._listens = emit, say, listens
        self.rebind(keys)

    def rebind(self, keys: Mapping[str, str]) -> None:
        """Take other keys on top of `KEYS`, while it runs or before."""
        self._commands = {key: parse_command(text) for key, text in {**KEYS, **keys}.items()}

    def press(self, key: str) -> None:
        """Obey one key, from any thread; what means nothing, or finds no room, is left out."""
        if key == HELP and not self._meant(HELP):
            self._say(self._list_keys())
        for command in self._meant(key):
            self._emit(command)

    def _meant(self, key: str) -> list[Command]:
        """Give what a key stands for, and the key itself when a script waits for it."""
        command = self._commands.get(key)
        meant: list[Command] = [] if command is None else [command]
        return [*meant, PressKey(key)] if self._listens(key) else meant

    def run(self, stop: StopEvent) -> None:
        """Read until asked to stop, or until the input ends: a job for a Worker."""
        if sys.stdin is None or sys.stdin.closed:
            return
        if not sys.stdin.isatty():
            self._obey_lines(terminal.chunks(stop), stop)
        elif sys.platform == "win32":
            self._say(self._greeting())
            presses = terminal.windows_keys(stop)
            self._obey_keys(([_WINDOWS_ARROWS.get(k, k) for k in keys] for keys in presses), stop)
        elif terminal.is_in_foreground():
            with terminal.one_key_at_a_time() as again:
                self._say(self._greeting())
                chunks = terminal.chunks(stop, again)
                self._obey_keys((decode_keys(_text(data)) for data in chunks), stop)

    def _greeting(self) -> str:
        quits = [key for key, command in self._commands.items() if command == Quit()]
        key = quits[0] if quits else "Ctrl-C"
        return f"{key} ends the show, {HELP} lists the keys"

    def _list_keys(self) -> str:
        """Say what every key does, one's own among them."""
        told = [f"{key:5}  {format_command(does)}" for key, does in self._commands.items()]
        rows = zip_longest(*[iter(told)] * _COLUMNS, fillvalue="")
        return "\n".join("".join(f"{cell:{_COLUMN}}" for cell in row).rstrip() for row in rows)

    def _obey_keys(self, presses: Iterator[list[str]], stop: StopEvent) -> None:
        """Obey keys as they come; an empty list says that none came for a while."""
        left_out = 0
        for keys in presses:
            if HELP in keys and not self._meant(HELP):
                self._say(self._list_keys())
            for key in keys:
                if stop.is_set():
                    return
                left_out += sum(not self._emit(command) for command in self._meant(key))
            if left_out and not keys:
                self._say(f"{left_out} keys came too fast and were left out")
                left_out = 0

    def _obey_lines(self, chunks: Iterator[bytes], stop: StopEvent) -> None:
        rest = b""
        for chunk in chunks:
            *lines, rest = (rest + chunk).split(b"\n")
            rest = rest[:LONGEST_LINE]
            for line in lines:
                if stop.is_set():
                    return
                self._obey_line(_text(line[:LONGEST_LINE]), stop)
        self._obey_line(_text(rest), stop)

    def _obey_line(self, line: str, stop: StopEvent) -> None:
        """Emit the command of one line when there is room for it, or say what is wrong with it."""
        if not line.strip():
            return
        try:
            command = parse_command(line)
        except UserError as error:
            self._say(str(error))
            stop.wait(PAUSE_S)  # a pipe that floods us with nonsense does not flood the log
            return
        while not self._emit(command) and not stop.wait(PAUSE_S):
            pass


def decode_keys(text: str) -> list[str]:
    """Name the keys in what a terminal sent; keys that have no name here are left out.

    >>> decode_keys("h\x1b[A+\x1b[3~\x1bOQ\x1b[15~")
    ['h', 'up', '+', 'F2', 'F5']
    """
    found = (match.groups() for match in _KEY.finditer(text))
    keys = (
        plain or _ARROWS.get(csi or ss3) or _FUNCTION.get(ss3 or (number if csi == "~" else ""))
        for number, csi, ss3, plain in found
    )
    return [key for key in keys if key]


def _text(data: bytes) -> str:
    return data.decode(errors="replace")
