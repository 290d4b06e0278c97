"""The socket of a show: who may use it, and that whoever uses it is answered."""

import os
import socket
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.control.rooms import Desk
from vtuber.control import places, visitor
from vtuber.control.asking import Answer
from vtuber.control.doorway import LONGEST_LINE, MOST_CLIENTS, Doorway
from vtuber.core.errors import UserError
from vtuber.runtime.worker import Worker

KINDS = [
    pytest.param(True, marks=pytest.mark.skipif(not places.HAS_UNIX, reason="no Unix sockets")),
    False,
]


class Door:
    """A doorway that is open, in a thread."""

    def __init__(self, folder: Path, unix: bool) -> None:
        self.desk, self.folder = Desk(), folder
        self.doorway = Doorway(self.desk.ask, "miro", folder, unix=unix)
        self.doorway.open("http://127.0.0.1:9301/control?token=x")
        self.worker = Worker("control socket", self.doorway.run)
        self.worker.start()

    def place(self) -> places.Place:
        return visitor.pick(folder=self.folder)

    def connect(self) -> socket.socket:
        place = self.doorway._place  # looking for it would be a client, too
        line = places.connect(self.folder, place)
        line.settimeout(5)
        if place.token:
            line.sendall(place.token.encode() + b"\n")
        return line

    def close(self) -> None:
        self.worker.ask_to_stop()
        assert self.worker.join(5)
        assert self.worker.error is None
        self.doorway.close()


@pytest.fixture(params=KINDS, ids=["unix", "port"])
def door(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Door]:
    door = Door(tmp_path / "shows", request.param)
    yield door
    door.close()


def until_closed(line: socket.socket) -> bytes:
    """Read what comes until the other end hangs up, with or without having read all."""
    got = b""
    try:
        while data := line.recv(4096):
            got += data
    except ConnectionResetError:
        pass
    return got


def test_a_line_reaches_the_show_and_its_answer_comes_back(door: Door) -> None:
    answer = visitor.ask("expression joy", door.place(), door.folder)
    assert answer == Answer(True, "heard expression joy")
    assert visitor.ask("no such", door.place(), door.folder) == Answer(False, "heard no such")
    assert door.desk.lines == ["expression joy", "no such"]


def test_folder_and_files_are_their_owners_alone(door: Door) -> None:
    assert stat.S_IMODE(door.folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in door.folder.iterdir()} == {0o600}


def test_lines_of_one_client_are_answered_in_order_also_when_it_has_hung_up_on_its_side(
    door: Door,
) -> None:
    with door.connect() as line:
        line.sendall(b"one\n\ntwo\nthree\nhalf")
        line.shutdown(socket.SHUT_WR)
        assert until_closed(line) == b"ok heard one\nok heard two\nok heard three\n"
    assert door.desk.lines == ["one", "two", "three"]


def test_a_client_that_waits_for_an_answer_keeps_nobody_else_waiting(door: Door) -> None:
    door.desk.answers_at_once = False
    with door.connect() as slow:
        slow.sendall(b"slow\nafter\n")
        while not door.desk.waiting:
            door.place()
        door.desk.answers_at_once = True
        assert visitor.ask("quick", door.place(), door.folder).is_done
        assert door.desk.lines == ["slow", "quick"]
        door.desk.waiting[0](Answer(True, "at\nlast"))
        with slow.makefile("rb") as stream:
            assert [stream.readline(), stream.readline()] == [b"ok at last\n", b"ok heard after\n"]


def test_a_line_without_end_is_refused_and_its_client_sent_away(door: Door) -> None:
    with door.connect() as line:
        line.sendall(b"x" * (LONGEST_LINE + 1))
        assert until_closed(line).startswith(b"no send at most")
    assert not door.desk.lines


def test_more_clients_than_there_are_places_are_sent_away(door: Door) -> None:
    lines = [door.connect() for _ in range(MOST_CLIENTS)]
    for line in lines:
        line.sendall(b"here\n")
        assert line.recv(100)
    late = places.connect(door.folder, door.doorway._place)
    late.settimeout(5)
    assert until_closed(late) == b""
    for line in (*lines, late):
        line.close()


def test_a_port_opens_to_its_token_only(tmp_path: Path) -> None:
    door = Door(tmp_path / "shows", unix=False)
    port = door.place().port
    for wrong in (b"expression joy\n", b"\n", b"GET / HTTP/1.1\r\n", "é\n".encode()):
        with socket.create_connection(("127.0.0.1", port), 5) as line:
            line.sendall(wrong + b"expression joy\n")
            assert until_closed(line) == b""
    assert not door.desk.lines
    door.close()


def test_who_asks_while_the_show_ends_is_told_so(door: Door) -> None:
    door.desk.answers_at_once = False
    with door.connect() as line:
        line.sendall(b"quit\n")
        while not door.desk.waiting:
            door.place()
        place = door.place()
        door.worker.ask_to_stop()
        door.desk.waiting[0](Answer(True, "bye"))
        assert line.recv(100) == b"ok bye\n"
    assert door.worker.join(5)
    door.doorway.close()
    with pytest.raises(UserError, match="cannot be reached"):
        visitor.ask("hide", place, door.folder)


def test_of_several_shows_the_newest_is_meant_and_others_go_by_name_or_number(
    door: Door, tmp_path: Path
) -> None:
    mine = door.place()
    older = places.Place(1, "older", mine.port, mine.token)
    listener = None
    if not mine.port:
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(str(places.socket_path(door.folder, 1)))
        listener.listen()
    path = places.write(door.folder, older)
    os.utime(path, ns=(1, 1))
    assert [place.name for place in places.shows(door.folder)] == ["miro", "older"]
    assert visitor.pick("older", door.folder).pid == 1
    assert visitor.pick(str(os.getpid()), door.folder).name == "miro"
    with pytest.raises(UserError, match=r"no show called 'x' is running; there is: miro"):
        visitor.pick("x", door.folder)
    if listener is not None:
        listener.close()


def test_what_a_dead_show_left_is_removed(door: Door) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    places.write(door.folder, places.Place(1, "dead", port, "token"))
    if places.HAS_UNIX:
        with socket.socket(socket.AF_UNIX) as dead:
            dead.bind(str(places.socket_path(door.folder, 2)))
        places.write(door.folder, places.Place(2, "dead, too"))
    (door.folder / "7.json").write_text("[]")
    assert [place.name for place in places.shows(door.folder)] == ["miro"]
    assert not list(door.folder.glob("[12].*"))


def test_the_doorway_leaves_nothing_behind(tmp_path: Path) -> None:
    door = Door(tmp_path / "shows", unix=places.HAS_UNIX)
    door.close()
    door.doorway.close()
    assert not list((tmp_path / "shows").iterdir())
    with pytest.raises(UserError, match="no show is running"):
        visitor.pick(folder=tmp_path / "shows")


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="only where files have modes")
def test_a_folder_that_others_may_enter_is_not_used(tmp_path: Path) -> None:
    folder = tmp_path / "shows"
    folder.mkdir(mode=0o755)
    with pytest.raises(UserError, match="others may enter"):
        Doorway(Desk().ask, "miro", folder).open()
    with pytest.raises(UserError, match="others may enter"):
        places.shows(folder)
    folder.rmdir()
    folder.symlink_to(tmp_path)
    with pytest.raises(UserError, match="no folder of its own"):
        places.private(folder)


@pytest.mark.skipif(not places.HAS_UNIX, reason="no Unix sockets")
def test_a_path_too_long_for_a_socket_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="too long"):
        Doorway(Desk().ask, "miro", tmp_path / ("x" * 120)).open()
