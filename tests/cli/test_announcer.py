"""What a show says reaches the terminal in order, and nobody waits for a terminal that is held."""

import dataclasses
import fcntl
import logging
import os
import re
import select
import threading
from typing import TextIO

import pytest

from vtuber.cli import announcer as announcers
from vtuber.cli.announcer import MOST_WAITING, TerminalAnnouncer, announced_log
from vtuber.shows.live.status import Status

PIPE = 4096  # bytes: the least that a pipe can hold
WIPE = "\r\x1b[K"


def status(fps: float, track_hz: float | None = 30.0) -> Status:
    return Status(fps, 0, track_hz, 25.0, True, 5.0)


class Screen:
    """A stream that is a pipe, which is read only in the end; a held one has no room for a byte."""

    def __init__(self, *, is_terminal: bool = False, is_held: bool = False) -> None:
        self._reading, writing = os.pipe()
        self._held = b""
        if is_held:
            fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, PIPE)
            self._held = b"." * PIPE
            os.write(writing, self._held)
        self.stream: TextIO = open(writing, "w", encoding="ascii")  # noqa: SIM115
        self.stream.isatty = lambda: is_terminal  # type: ignore[method-assign]

    def read(self, end: bytes = b"") -> str:
        """Read up to this, or all when nothing more can come."""
        if not end:
            self.stream.close()
        seen = b""
        while not (end and seen.endswith(end)):
            assert select.select([self._reading], [], [], 10.0)[0], seen
            data = os.read(self._reading, PIPE)
            seen += data
            if not data:
                break
        assert seen.startswith(self._held)
        return seen.removeprefix(self._held).decode()

    def leave(self) -> None:
        os.close(self._reading)


def test_sentences_come_in_order_and_an_address_stands_out_on_a_terminal() -> None:
    plain, terminal = Screen(), Screen(is_terminal=True)
    for screen in (plain, terminal):
        with TerminalAnnouncer(screen.stream) as announcer:
            announcer.say("one")
            announcer.say("http://127.0.0.1:1/")
            announcer.say("zwei \u00e4")
    assert plain.read() == "one\n\n    http://127.0.0.1:1/\n\nzwei \\xe4\n"
    assert "\x1b[1mhttp://127.0.0.1:1/\x1b[0m" in terminal.read()


def test_the_status_line_is_for_terminals_and_is_wiped_by_a_sentence_and_at_the_end() -> None:
    plain, terminal = Screen(), Screen(is_terminal=True)
    for screen in (plain, terminal):
        with TerminalAnnouncer(screen.stream) as announcer:
            announcer.status(status(30.0))
            if screen is terminal:
                assert screen.read(b"drawing  5.0 ms").startswith(
                    " 30.0 fps  late 0  tracker 30.0/s"
                )
            announcer.say("one")
            if screen is terminal:
                assert screen.read(b"one\n") == f"{WIPE}one\n"
            announcer.status(status(29.0))
            if screen is terminal:
                assert screen.read(b"drawing  5.0 ms").startswith(" 29.0 fps")
    assert plain.read() == "one\n"
    assert terminal.read() == WIPE


@pytest.mark.parametrize(
    ("track_hz", "shown"),
    [(None, "built-in performance"), (0.0, "tracker  0.0/s  face found"), (30.0, "tracker 30.0/s")],
)
def test_a_tracker_that_pauses_is_not_called_a_performance(
    track_hz: float | None, shown: str
) -> None:
    screen = Screen(is_terminal=True)
    with TerminalAnnouncer(screen.stream) as announcer:
        announcer.status(status(30.0, track_hz))
        assert shown in screen.read(b"drawing  5.0 ms")


def test_nobody_waits_for_a_held_terminal_and_what_was_left_out_is_counted() -> None:
    screen = Screen(is_terminal=True, is_held=True)
    said = MOST_WAITING + 50

    def speak() -> None:
        for number in range(said):
            announcer.say(f"sentence {number}")
            announcer.status(status(float(number)))

    with TerminalAnnouncer(screen.stream) as announcer:
        speaker = threading.Thread(target=speak, daemon=True)
        speaker.start()
        speaker.join(5.0)
        assert not speaker.is_alive()
        seen = screen.read(b"drawing  5.0 ms")
        assert seen.count(" fps ") <= 2  # the newest, and one that was under way
        assert f"{said - 1}.0 fps" in seen
    numbers = [int(number) for number in re.findall(r"sentence (\d+)\n", seen)]
    missing = said - len(numbers)
    assert missing >= 49
    assert f"({missing} sentences were left out)\n" in seen
    assert numbers == [*range(said - MOST_WAITING - missing), *numbers[-MOST_WAITING:]]
    assert numbers[-MOST_WAITING:] == [*range(said - MOST_WAITING, said)]


def test_a_held_terminal_is_left_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(announcers, "END_S", 0.01)
    screen = Screen(is_held=True)

    def speak() -> None:
        with TerminalAnnouncer(screen.stream) as announcer:
            announcer.say("one")

    speaker = threading.Thread(target=speak, daemon=True)
    speaker.start()
    speaker.join(5.0)
    assert not speaker.is_alive()
    assert screen.read(b"one\n") == "one\n"  # it was only late


def test_a_reader_that_leaves_does_no_harm() -> None:
    screen = Screen(is_terminal=True)
    screen.leave()
    with TerminalAnnouncer(screen.stream) as announcer:
        announcer.say("one")
        announcer.status(status(30.0))
        announcer.say("two")


def test_a_terminal_that_does_not_block_gets_every_word() -> None:
    screen = Screen(is_held=True)
    os.set_blocking(screen.stream.fileno(), False)
    with TerminalAnnouncer(screen.stream) as announcer:
        announcer.say("o" * 3 * PIPE)  # in four pieces at least
        assert screen.read(b"o\n") == "o" * 3 * PIPE + "\n"


def test_the_log_speaks_by_the_announcer_meanwhile_and_not_afterwards() -> None:
    screen = Screen()
    before = logging.getLogger().handlers[:]
    with TerminalAnnouncer(screen.stream) as announcer, announced_log(announcer):
        logging.getLogger("vtuber.test").warning("a clip is %s", "damaged")
    assert logging.getLogger().handlers == before
    assert "a clip is damaged\n" in screen.read()


def test_the_status_line_says_of_every_output_what_it_got_what_not_and_how_late(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    sinks = {
        "alpha": {"frames": 899, "dropped": 0, "delay_ms": 14.2},
        "record": {"frames": 898, "dropped": 3, "delay_ms": 31.0},
    }
    screen = Screen(is_terminal=True)
    with TerminalAnnouncer(screen.stream) as announcer:
        announcer.status(dataclasses.replace(status(30.0), sinks=sinks))
        assert screen.read(b"31 ms").endswith("  alpha 899 14 ms  record 898 -3 31 ms")
    screen.read()
