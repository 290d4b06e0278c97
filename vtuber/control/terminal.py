"""Standard input as it comes: the bytes of a terminal in single keys, or of a pipe.

LAW: whoever changes the terminal's mode gives it back, on every way out and without waiting for
output: a terminal that is held (Ctrl-S) never drains, and the show ends all the same.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from typing import Any

from vtuber.core.ports import StopEvent

POLL_S = 0.1
_found: dict[int, Any] = {}  # terminals whose mode is changed: the file, its mode before


@contextlib.contextmanager
def one_key_at_a_time() -> Iterator[Callable[[], None]]:
    """Let keys come without Enter and without echo; Ctrl-C still interrupts.

    Gives what sets the terminal so again, where Ctrl-Z and `fg` have put it back.
    """
    import termios
    import tty

    def again() -> None:
        with contextlib.suppress(termios.error):
            is_changed = not termios.tcgetattr(file)[tty.LFLAG] & termios.ICANON
            if file in _found and not is_changed and is_in_foreground():
                termios.tcflush(file, termios.TCIFLUSH)  # what was typed before is for nobody
                tty.setcbreak(file, termios.TCSANOW)

    file = sys.stdin.fileno()
    _found[file] = termios.tcgetattr(file)
    atexit.register(give_back)  # for a program that ends without asking for it
    again()
    try:
        yield again
    finally:
        give_back()
        atexit.unregister(give_back)


def give_back() -> None:
    """Put the terminal into the mode in which it was found, from any thread and more than once.

    The thread that reads keys may hang, so the end of the program does not wait for it.
    """
    while _found:
        import termios

        file, mode = _found.popitem()
        # In the background the terminal is the shell's again, and to touch it would stop us.
        if is_in_foreground():
            with contextlib.suppress(termios.error):  # the terminal has gone
                termios.tcsetattr(file, termios.TCSANOW, mode)


def is_in_foreground() -> bool:
    """Tell whether the terminal is ours: reading it in the background (`&`) would stop us."""
    try:
        return os.tcgetpgrp(sys.stdin.fileno()) == os.getpgrp()
    except (OSError, ValueError):  # it has gone, or is closed
        return False


def chunks(stop: StopEvent, look: Callable[[], None] = lambda: None) -> Iterator[bytes]:
    """Give what comes in, nothing (b"") when nothing came for a while; `look` in between.

    By `os.read`: a thread that dies inside sys.stdin aborts Python's exit. On Windows, where a pipe
    cannot be waited for, it blocks.
    """
    import select

    file = sys.stdin.fileno()
    while not stop.is_set():
        look()
        if sys.platform != "win32" and not select.select([file], [], [], POLL_S)[0]:
            yield b""
            continue
        try:
            data = os.read(file, 4096)
        except OSError:  # the terminal has gone
            return
        if not data:
            return
        yield data


def windows_keys(stop: StopEvent) -> Iterator[list[str]]:
    """Give the keys of a Windows console as `getwch` names them: arrows as NUL and a letter."""
    import msvcrt

    while not stop.wait(POLL_S):
        pressed = []
        while msvcrt.kbhit():  # type: ignore[attr-defined]
            key = msvcrt.getwch()  # type: ignore[attr-defined]
            if key in "\x00\xe0":
                key = "\x00" + msvcrt.getwch()  # type: ignore[attr-defined]
            pressed.append(key)
        yield pressed
