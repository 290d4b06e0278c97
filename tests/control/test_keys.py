import io
import os
import sys
import threading

import pytest

from vtuber.control import keys as keyboards
from vtuber.control import terminal
from vtuber.control.keys import KEYS, Hands, decode_keys
from vtuber.core.command import Hide, Move, Quit, SetExpression, Zoom, parse_command
from vtuber.core.errors import UserError
from vtuber.core.steer import PressKey

posix = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX's")


class Heard:
    """What hands did and said, in a show that has room for so many commands."""

    def __init__(self, keys=None, room=10_000):
        self.commands, self.said, self.room = [], [], room
        self.is_new = threading.Event()
        self.hands = Hands(keys or {}, self.emit, self.said.append)

    def emit(self, command):
        if len(self.commands) >= self.room:
            return False
        self.commands.append(command)
        self.is_new.set()
        return True


@pytest.fixture
def pipe(monkeypatch):
    """Give the end that writes into standard input."""
    reading, writing = os.pipe()
    with open(reading) as stdin, os.fdopen(writing, "wb", 0) as hand:
        monkeypatch.setattr(sys, "stdin", stdin)
        yield hand


def test_every_built_in_key_is_a_command():
    for text in KEYS.values():
        parse_command(text)
    assert parse_command(KEYS["q"]) == Quit()


def test_own_keys_come_on_top_of_the_built_in_ones():
    heard = Heard({"h": "zoom 2", "j": "expression joy"})
    heard.hands._obey_keys(iter([["h", "j"], [], ["q", "?"]]), threading.Event())
    assert heard.commands == [Zoom(2.0), SetExpression("joy"), Quit()]
    heard.hands.rebind({"j": "hide"})
    heard.hands._obey_keys(iter(["hj"]), threading.Event())
    assert heard.commands[3:] == [Hide(), Hide()]


def test_a_key_that_is_pressed_elsewhere_does_the_same():
    heard = Heard({"j": "expression joy"}, room=2)
    for key in ("j", "~", "left", "h"):
        heard.hands.press(key)
    assert heard.commands == [SetExpression("joy"), parse_command(KEYS["left"])]


def test_keys_that_come_too_fast_are_left_out_counted_and_said_once():
    heard = Heard(room=256)
    heard.hands._obey_keys(iter(["m" * 2000, "m~" * 250, [], [], "m", []]), threading.Event())
    assert len(heard.commands) == 256
    assert heard.said == [f"{n} keys came too fast and were left out" for n in (1994, 1)]


def test_a_question_mark_lists_all_keys_once_for_a_burst_and_ones_own_too():
    heard = Heard({"j": "expression smug"})
    heard.hands._obey_keys(iter([["?", "?"]]), threading.Event())
    heard.hands.press("?")
    listed, again = heard.said
    assert listed == again
    assert listed.splitlines()[0].split() == ["h", "hide", "c", "calibrate"]
    assert "j      expression smug" in listed
    assert all(f"{key:5}  " in listed for key in KEYS)
    assert max(map(len, listed.splitlines())) < 80


def test_a_question_mark_that_has_a_command_is_obeyed():
    heard = Heard({"?": "hide"})
    heard.hands.press("?")
    assert (heard.commands, heard.said) == ([Hide()], [])


def test_a_key_without_a_command_is_refused_at_the_start():
    with pytest.raises(UserError, match="no command called 'dance'"):
        Heard({"j": "dance"})


@pytest.mark.parametrize(
    ("sent", "keys"),
    [
        ("hq", ["h", "q"]),
        ("\x1b[A\x1b[D+", ["up", "left", "+"]),
        ("\x1bOA\x1bOB", ["up", "down"]),  # with "application cursor keys"
        ("\x1b[1;5C", ["right"]),  # with Ctrl
        ("\x1b[3~", []),  # Delete: neither [ nor 3
        ("\x1b[15~h\x1bOQ", ["F5", "h", "F2"]),
        ("\x1b", ["\x1b"]),
        ("é", ["é"]),
        ("", []),
    ],
)
def test_what_a_terminal_sends_is_read_as_keys(sent, keys):
    assert decode_keys(sent) == keys


def test_a_pipe_gives_one_command_a_line_until_it_ends(pipe):
    heard = Heard()
    pipe.write(b"hide\n\nexpression joy\nmove 0.1 ")
    pipe.write(b"0.2\nquit")
    pipe.close()
    heard.hands.run(threading.Event())
    assert heard.commands == [Hide(), SetExpression("joy"), Move(0.1, 0.2), Quit()]
    assert heard.said == []


def test_nonsense_in_a_pipe_is_answered_in_words_and_does_no_harm(pipe, monkeypatch):
    monkeypatch.setattr(keyboards, "PAUSE_S", 0.0)
    heard = Heard()
    pipe.write(b"dance\n\xff\xfe\x00\n" + b"x" * 50_000 + b"\nhide\n")
    pipe.close()
    heard.hands.run(threading.Event())
    assert heard.commands == [Hide()]
    assert len(heard.said) == 3
    assert "no command called 'dance'" in heard.said[0]
    assert max(map(len, heard.said)) < 2_000


def test_a_pipe_that_is_faster_than_the_show_waits_and_loses_nothing(pipe, monkeypatch):
    class Room(threading.Event):
        """Makes room for one command more each time that somebody waits for it."""

        def wait(self, timeout=None):
            heard.room += 1
            return self.is_set()

    heard = Heard(room=1)
    pipe.write(b"hide\nzoom 2\nquit\n")
    pipe.close()
    heard.hands.run(Room())
    assert heard.commands == [Hide(), Zoom(2.0), Quit()]


def test_a_pipe_that_waits_for_room_can_be_left(pipe):
    heard, stop = Heard(room=0), threading.Event()
    stop.set()
    heard.hands._obey_lines(iter([b"hide\n" * 10]), stop)
    heard.hands._obey_line("hide", stop)
    assert heard.commands == []


def test_a_pipe_that_says_nothing_can_be_left(pipe):
    heard, stop = Heard(), threading.Event()
    reader = threading.Thread(target=heard.hands.run, args=(stop,), daemon=True)
    reader.start()
    stop.set()
    reader.join(5.0)
    assert not reader.is_alive()


@pytest.mark.parametrize("stdin", [None, "closed"])
def test_a_show_without_standard_input_has_no_hands(monkeypatch, stdin):
    if stdin == "closed":
        stdin = io.StringIO()
        stdin.close()
    monkeypatch.setattr(sys, "stdin", stdin)
    Heard().hands.run(threading.Event())


@posix
def test_keys_of_a_terminal_need_no_enter_and_its_mode_is_given_back(monkeypatch):
    import termios

    master, slave = os.openpty()
    before = termios.tcgetattr(slave)
    heard, stop = Heard(), threading.Event()
    with open(slave) as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        monkeypatch.setattr(terminal, "is_in_foreground", lambda: True)
        reader = threading.Thread(target=heard.hands.run, args=(stop,), daemon=True)
        reader.start()
        while termios.tcgetattr(slave)[3] & (termios.ICANON | termios.ECHO):
            assert reader.is_alive()  # what is typed before is flushed with the old mode
        os.write(master, b"h")
        assert heard.is_new.wait(5.0)
        heard.is_new.clear()
        os.write(master, b"\x1b[C")
        assert heard.is_new.wait(5.0)
        stop.set()
        reader.join(5.0)
        assert termios.tcgetattr(slave) == before
    os.close(master)
    assert heard.commands == [Hide(), Move(0.02, 0.0)]
    assert heard.said == ["q ends the show, ? lists the keys"]


@posix
def test_a_terminal_that_belongs_to_another_program_is_left_alone(monkeypatch):
    import termios

    master, slave = os.openpty()  # not our controlling terminal: nobody's foreground is ours
    before = termios.tcgetattr(slave)
    with open(slave) as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        heard = Heard()
        os.write(master, b"h\n")
        heard.hands.run(threading.Event())
        assert termios.tcgetattr(slave) == before
    os.close(master)
    assert heard.commands == []


def test_a_key_that_a_script_waits_for_is_told_beside_what_it_means_here():
    got = []
    hands = Hands({}, lambda command: got.append(command) is None, print, lambda key: key in "hF2")
    for key in ("h", "F2", "F3"):
        hands.press(key)
    assert got == [Hide(), PressKey("h"), PressKey("F2")]
