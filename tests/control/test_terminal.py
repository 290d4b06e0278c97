"""The terminal that started a show: its mode is given back, and taken again, whatever happens."""

import os
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.shows.waiting import until
from tests.terminals import LIMIT_S, Terminal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX's")

REPOSITORY = Path(__file__).resolve().parents[2]
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


@pytest.fixture
def run() -> Iterator[object]:
    terminals: list[Terminal] = []

    def start(*command: str) -> Terminal:
        env = {**os.environ, "PS1": "> ", "TERM": "dumb"}
        terminals.append(Terminal(*command, cwd=REPOSITORY, env=env))
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
    terminal.see(r"q ends the show, \? lists the keys\r\n")
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
