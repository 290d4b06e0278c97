"""The terminal that started a show: its mode is given back, and taken again, whatever happens."""

import os
import re
import select
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.shows.waiting import until

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX's")

REPOSITORY = Path(__file__).resolve().parents[2]
LIMIT_S = 20.0
HANDS = """
import sys, threading
from vtuber.control.keys import Hands
from vtuber.core.command import Quit
stop = threading.Event()
def emit(command):
    print("did", command, flush=True)
    if command == Quit():
        stop.set()
    return True
Hands({}, emit, print).run(stop)
"""
HANGING = """
import sys, threading
from vtuber import __main__
from vtuber.control.keys import Hands
from vtuber.control.terminal import give_back
has_hung = threading.Event()
def emit(command):
    has_hung.set()
    threading.Event().wait()
keys = Hands({}, emit, lambda text: print(text, flush=True))
threading.Thread(target=keys.run, args=(threading.Event(),), daemon=True).start()
has_hung.wait()
give_back()
give_back()
__main__._leave_threads_behind(7)
"""


class Terminal:
    """A pseudo-terminal, and a program that it belongs to."""

    def __init__(self, *command: str) -> None:
        self._ours, self._theirs = os.openpty()
        self.mode = self.find_mode()
        self.seen = ""
        self._program = subprocess.Popen(
            command, cwd=REPOSITORY, env={**os.environ, "PS1": "> ", "TERM": "dumb"},
            stdin=self._theirs, stdout=self._theirs, stderr=self._theirs,
            start_new_session=True, preexec_fn=_take_terminal,
        )  # fmt: skip

    def find_mode(self) -> list[object]:
        import termios

        return termios.tcgetattr(self._theirs)

    def write(self, text: str) -> None:
        os.write(self._ours, text.encode())

    def see(self, pattern: str) -> None:
        """Wait for a text that was not seen yet."""
        while (found := re.search(pattern, self.seen)) is None:
            assert select.select([self._ours], [], [], LIMIT_S)[0], f"{pattern!r}: {self.seen!r}"
            self.seen += os.read(self._ours, 4096).decode()
        self.seen = self.seen[found.end() :]

    def wait(self) -> int:
        return self._program.wait(LIMIT_S)

    def close(self) -> None:
        if self._program.poll() is None:
            os.killpg(self._program.pid, signal.SIGKILL)
            self._program.wait()
        os.close(self._ours)
        os.close(self._theirs)


def _take_terminal() -> None:
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


@pytest.fixture
def run() -> Iterator[object]:
    terminals = []

    def start(*command: str) -> Terminal:
        terminals.append(Terminal(*command))
        return terminals[-1]

    yield start
    for terminal in terminals:
        terminal.close()


def test_a_thread_that_hangs_does_not_keep_the_echo(run) -> None:
    terminal = run(sys.executable, "-c", HANGING)
    terminal.see("ends the show")
    assert terminal.find_mode() != terminal.mode
    terminal.write("h")
    assert terminal.wait() == 7
    assert terminal.find_mode() == terminal.mode


def test_keys_work_again_after_ctrl_z_and_fg(run) -> None:
    terminal = run("bash", "--norc", "--noprofile", "-i")
    terminal.see("> ")
    terminal.write(f"{shlex.quote(sys.executable)} -c {shlex.quote(HANDS)}\n")
    terminal.see(r"q ends the show; the other keys: vtuber run --help\r\n")
    terminal.write("h")
    terminal.see(r"did Hide")
    mode = terminal.find_mode()
    terminal.write("\x1a")
    terminal.see("Stopped")
    terminal.write("fg\n")
    terminal.see("Hands")  # the shell says what it goes on with, and that in the mode it had before
    until(lambda: terminal.find_mode() == mode, LIMIT_S)
    terminal.write("h")
    terminal.see(r"did Hide")
    terminal.write("q")
    terminal.see(r"did Quit\(\)")
    terminal.see("> ")
    terminal.write("stty -a\n")
    terminal.see(r"[^-]icanon")
    terminal.see(r" echo ")
