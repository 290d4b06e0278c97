"""A running show: signals, pipes, a terminal, a full disk, a settings file that changes."""

import json
import os
import re
import resource
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.cli.conftest import Run, environment
from tests.cli.films import facts
from tests.terminals import Terminal

SMALL = ("--size", "320x180", "--fps", "30", "--output", "null")


class Show:
    """A `vtuber run` in a process of its own, whose lines are waited for."""

    def __init__(self, folder: Path, *words: str, **options: object) -> None:
        self._process = subprocess.Popen(  # type: ignore[call-overload]
            [sys.executable, "-m", "vtuber", "run", *words],
            **{
                "cwd": folder,
                "env": environment(folder),
                "stdin": subprocess.PIPE,
                "stdout": subprocess.PIPE,
                "stderr": subprocess.STDOUT,
                **options,
            },
        )
        self.said = ""

    def wait_for(self, text: str, limit_s: float = 30.0) -> None:
        """Read what it says until it said this."""
        file = self._process.stdout.fileno()
        while text not in self.said:
            assert select.select([file], [], [], limit_s)[0], f"no {text!r} in {self.said!r}"
            data = os.read(file, 4096)
            assert data, f"it ended without {text!r}: {self.said!r}"
            self.said += data.decode()

    def tell(self, line: str) -> None:
        self._process.stdin.write(line.encode() + b"\n")
        self._process.stdin.flush()

    def signal(self, number: int) -> None:
        self._process.send_signal(number)

    def end(self) -> int:
        """Wait for its end, with what it says until then; give its exit code."""
        self.said += self._process.communicate(timeout=30)[0].decode()
        assert "Traceback" not in self.said
        return self._process.returncode

    def kill(self) -> None:
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()


@pytest.fixture
def start(tmp_path: Path, bundle: Path) -> Iterator[object]:
    shows: list[Show] = []

    def run(*words: str, **options: object) -> Show:
        shows.append(Show(tmp_path, "--avatar", str(bundle), *SMALL, *words, **options))
        return shows[-1]

    yield run
    for show in shows:
        show.kill()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_show_with_a_summary_and_a_whole_film(
    number: int, start, tmp_path: Path
) -> None:
    show = start("--record", "film.mp4", "--json")
    show.tell("expression nonsense")
    show.wait_for("no expression")
    show.signal(number)
    assert show.end() == 0
    report = json.loads(show.said.strip().rpartition("\n")[2])
    assert report["seconds"] < 20
    assert facts(tmp_path / "film.mp4")[-1] == pytest.approx(report["seconds"] * 30, abs=2)
    assert not list(tmp_path.glob("*.part*"))


def test_lines_of_a_pipe_are_commands_and_nonsense_says_what_is_meant(start) -> None:
    show = start()
    show.tell("hide")
    show.tell("fly")
    show.wait_for("no command called 'fly'")
    show.tell("avatar nowhere")
    show.wait_for("(the old avatar stays)")
    show.tell("avatar default")
    show.wait_for("now: Miro (default)")
    show.tell("quit")
    assert show.end() == 0


def test_a_settings_file_is_taken_over_while_the_show_runs(start, tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("mirror = true\n")
    show = start("--settings", str(path))
    show.wait_for("drawn by")
    path.write_text("mirror = 'perhaps'\n[view]\nzoom = 99\n")
    show.wait_for("the old settings stay")
    show.wait_for("view.zoom")
    path.write_text("mirror = false\n")
    show.wait_for("settings read again: mirror")
    show.tell("quit")
    assert show.end() == 0


def test_a_full_disk_ends_the_film_and_not_the_show(start, tmp_path: Path) -> None:
    def small_disk() -> None:  # for 3 s of film: it breaks off once, far from the end
        resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))

    show = start("--record", "film.mp4", "--seconds", "5", "--json", preexec_fn=small_disk)
    assert show.end() == 0
    assert show.said.count("stopped") == 1, show.said
    assert json.loads(show.said.strip().rpartition("\n")[2])["frames"] > 75


def test_a_pipe_that_never_ends_and_says_nothing_does_not_hold_the_end(start) -> None:
    show = start("--seconds", "1")
    assert show.end() == 0  # communicate() closes the pipe only after the end of the output


@pytest.mark.parametrize("closed", ["<&-", ">&-", ">&- 2>&- <&-"])
def test_closed_streams_do_no_harm(closed: str, tmp_path: Path, bundle: Path) -> None:
    words = " ".join([sys.executable, "-m", "vtuber", "run", "--avatar", str(bundle), *SMALL])
    done = subprocess.run(
        ["bash", "-c", f"{words} --seconds 0.5 {closed}"],
        cwd=tmp_path, env=environment(tmp_path), capture_output=True, timeout=30, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done
    assert done.stderr == b""


def test_a_reader_that_leaves_does_not_end_the_show(tmp_path: Path, bundle: Path) -> None:
    words = " ".join([sys.executable, "-m", "vtuber", "run", "--avatar", str(bundle), *SMALL])
    done = subprocess.run(
        ["bash", "-c", f"{words} --seconds 1 --record a.mp4 | true; exit ${{PIPESTATUS[0]}}"],
        cwd=tmp_path, env=environment(tmp_path), stdin=subprocess.DEVNULL, capture_output=True,
        timeout=30, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done
    assert facts(tmp_path / "a.mp4")[-1] == 30


def test_the_default_port_gives_way_when_it_is_taken(vtuber: Run, bundle: Path) -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a show has just ended
        try:
            other.bind(("127.0.0.1", 9301))
            other.listen()
        except OSError:
            pass  # somebody has it: as well
        words = ("--avatar", bundle, "--size", "320x180", "--seconds", "0.5")
        done = vtuber("run", *words, "--output", "web", "--output", "null")
    assert done.returncode == 0, done.stderr
    found = re.search(r"http://127\.0\.0\.1:(\d+)/", done.stdout)
    assert found is not None
    assert found[1] != "9301"


PROGRAM = ("-m", "vtuber")
HANGING = """
import sys, threading
from vtuber.__main__ import main
from vtuber.control.keys import Hands
Hands._obey_keys = lambda self, keys, stop: threading.Event().wait()
sys.exit(main())
"""


@pytest.fixture
def terminal(tmp_path: Path, bundle: Path) -> Iterator[object]:
    if sys.platform == "win32":
        pytest.skip("Windows has no pseudo-terminals")
    terminals: list[Terminal] = []

    def run(*words: str, program: Sequence[str] = PROGRAM, is_held: bool = False) -> Terminal:
        small = ("--fps", "30", "--size", "320x180", "--avatar", str(bundle))
        command = (sys.executable, *program, "run", *small, *words)
        env = environment(tmp_path)
        terminals.append(Terminal(*command, cwd=tmp_path, env=env, is_held=is_held))
        return terminals[-1]

    yield run
    for each in terminals:
        each.close()


def test_a_terminal_gives_keys_and_gets_a_status_line_and_its_mode_back(terminal) -> None:
    show = terminal("--output", "web", "--seconds", "20")
    show.see("fps  late")
    assert re.search(r"\x1b\[1m.*http://127\.0\.0\.1:\d+/", show.said)  # it stands out
    assert show.said.count("q ends the show, ? lists the keys") == 1
    show.write("h\x1b[A123456789")  # the small avatar has few expressions
    show.see("no expression")
    show.write("?")
    show.see("expression joy")
    show.write("q")
    show.see("pictures in")
    assert show.wait() == 0
    assert show.find_mode() == show.mode


def test_2500_pasted_keys_do_no_harm(terminal) -> None:
    show = terminal("--output", "null", "--seconds", "20")
    show.see("fps  late")
    show.write("m" * 2500)
    show.see("keys came too fast and were left out")
    show.write("q")
    show.see("pictures in")
    assert show.wait() == 0
    assert show.find_mode() == show.mode


def test_a_thread_of_keys_that_hangs_does_not_leave_the_terminal_without_echo(terminal) -> None:
    show = terminal("--output", "null", "--seconds", "1", program=("-c", HANGING))
    show.see("q ends the show")
    assert show.find_mode() != show.mode
    show.see("pictures in")
    assert show.wait() == 0
    assert show.find_mode() == show.mode


def test_a_terminal_that_is_held_stops_neither_the_beat_nor_the_end(
    terminal, tmp_path: Path
) -> None:
    show = terminal("--output", "null", "--record", "film.mp4", "--seconds", "1", is_held=True)
    assert show.wait() == 0
    assert facts(tmp_path / "film.mp4")[-1] == 30
    assert show.find_mode() == show.mode
