"""Outputs of a running show, switched off and on: what they held is free, and is theirs again."""

import socket
import urllib.error
import urllib.request
from pathlib import Path

import numpy as np
import pytest

from tests.shows.waiting import until
from vtuber.core.errors import UserError
from vtuber.core.picture import Box, Picture
from vtuber.output import record
from vtuber.runtime.clock import ManualClock, SystemClock
from vtuber.runtime.meter import Meter
from vtuber.shows.live.sinks import Sinks, parse_outputs

PIXELS = np.full((64, 64, 4), 255, np.uint8)


def picture(number: int) -> Picture:
    return Picture(PIXELS, Box(0, 0, 64, 64), 0, 0, number)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as held:
        return int(held.getsockname()[1])


def is_free(port: int) -> bool:
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True


def opened(*texts: str, clock: ManualClock | None = None) -> Sinks:
    made = Sinks(
        parse_outputs(texts, None, 30.0), (64, 64), clock or SystemClock(), Meter(),
        lambda sentence: None, frozenset({"alpha"}),
    )  # fmt: skip
    made.open()
    return made


@pytest.mark.parametrize("name", ["web", "alpha"])
def test_a_port_is_free_while_its_output_is_off_and_answers_again_when_it_is_on(name: str) -> None:
    port = free_port()
    sinks = opened(f"{name}:port={port}", "null")
    try:
        assert sinks.states()[name] == ("on", "")
        assert sinks.switch(name, None) == f"output {name} is switched off"
        until(lambda: sinks.states()[name][0] == "off")
        until(lambda: is_free(port))
        assert sinks.states()["null"][0] == "on"
        assert sinks.switch(name, True) == f"output {name} is switched on"
        until(lambda: sinks.states()[name][0] == "on")
        socket.create_connection(("127.0.0.1", port), 10).close()
    finally:
        sinks.close(None, 0)


def test_a_page_that_is_off_is_gone_and_what_else_is_on_its_server_stays() -> None:
    sinks = opened("web")
    server = sinks.server()
    server.add_page("/mine", "text/plain", lambda: b"here")

    def read(path: str) -> bytes:
        with urllib.request.urlopen(server.url + path, timeout=10) as answer:
            return bytes(answer.read())

    try:
        assert read("")
        sinks.switch("web", False)
        until(lambda: sinks.states()["web"][0] == "off")
        with pytest.raises(urllib.error.HTTPError, match="404"):
            read("")
        assert read("mine") == b"here"
        sinks.switch("web", True)
        until(lambda: sinks.states()["web"][0] == "on")
        assert read("")
    finally:
        sinks.close(None, 0)


def test_a_port_that_somebody_took_meanwhile_is_said_and_had_when_it_is_free_again() -> None:
    port = free_port()
    sinks = opened(f"alpha:port={port}")
    (worker,) = [each.worker for each in sinks.watched]
    try:
        sinks.switch("alpha", False)
        until(lambda: is_free(port))
        with socket.create_server(("127.0.0.1", port)):
            sinks.switch("alpha", True)
            until(lambda: sinks.states()["alpha"][0] == "down")
            assert f"port {port}" in sinks.states()["alpha"][1]
            assert worker.check(0) is not None
        worker.check(10**12)  # its pause is over
        until(lambda: sinks.states()["alpha"] == ("on", ""))
    finally:
        sinks.close(None, 0)


def test_a_default_that_was_busy_at_the_start_can_be_switched_on_later() -> None:
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
        sinks = opened("null", f"alpha:port={port}")
        state, why = sinks.states()["alpha"]
        assert state == "off"
        assert f"port {port}" in why
    assert list(sinks.report()) == ["null"]
    sinks.switch("alpha", True)
    until(lambda: sinks.states()["alpha"] == ("on", ""))
    sinks.close(None, 0)
    assert not sinks.failed


def test_a_film_that_is_switched_off_is_whole_and_the_next_one_is_another(tmp_path: Path) -> None:
    import av

    clock = ManualClock()
    sinks = opened(f"record:path={tmp_path / 'a.mp4'},fps=10", clock=clock)
    for take in range(2):
        for beat in range(10):
            sinks.offer(picture(beat), clock.now_ns())
            clock.advance(0.1)
        sinks.switch("record", False)
        until(lambda: sinks.states()["record"][0] == "off", 30)
        clock.advance(60)
        if not take:
            sinks.switch("record", True)
            until(lambda: sinks.states()["record"][0] == "on", 30)
    sinks.close(None, clock.now_ns())
    assert not sinks.failed
    films = sorted(path.name for path in tmp_path.iterdir())
    assert films == ["a.1.mp4", "a.mp4"]
    for name in films:
        with av.open(str(tmp_path / name)) as film:
            assert len(list(film.decode(video=0))) == 10


def test_a_film_that_broke_off_and_was_switched_off_does_not_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, said = ManualClock(), list[str]()
    chosen = parse_outputs((f"record:path={tmp_path / 'a.mp4'},fps=10",), None, 30.0)
    sinks = Sinks(chosen, (64, 64), clock, Meter(), said.append)
    sinks.open()
    (worker,) = [each.worker for each in sinks.watched]

    def film(beats: int) -> None:
        for beat in range(beats):
            sinks.offer(picture(beat), clock.now_ns())
            clock.advance(0.1)

    film(20)
    until(lambda: sinks.report()["record"]["frames"] == 20, 30)
    with monkeypatch.context() as full:
        full.setattr(record, "LEAST_FREE_BYTES", 2**62)
        film(15)
        until(lambda: not worker.is_alive, 30)
        assert worker.check(clock.now_ns()) is not None
        sinks.switch("record", False)
        film(1)
    sinks.switch("record", True)
    until(lambda: sinks.states()["record"][0] == "on", 30)
    film(10)
    sinks.close(None, clock.now_ns())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.1.mp4", "a.mp4"]
    assert said[-1] == f"recorded {tmp_path / 'a.mp4'}"


def test_a_film_that_is_switched_off_just_before_the_end_is_not_filled_up_to_it(
    tmp_path: Path,
) -> None:
    import av

    clock = ManualClock()
    sinks = opened(f"record:path={tmp_path / 'a.mp4'},fps=10", clock=clock)
    for beat in range(5):
        sinks.offer(picture(beat), clock.now_ns())
        clock.advance(0.1)
    sinks.switch("record", False)
    sinks.close(picture(9), clock.now_ns() + 60 * 10**9)  # while it may still be closing
    with av.open(str(tmp_path / "a.mp4")) as film:
        assert len(list(film.decode(video=0))) == 5


def test_a_name_that_is_none_says_which_there_are() -> None:
    sinks = opened("null")
    with pytest.raises(UserError, match="no output called 'nul'; did you mean null"):
        sinks.switch("nul", True)
    sinks.close(None, 0)
