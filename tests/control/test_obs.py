"""The connection to OBS, against a server that speaks its protocol: every trouble is a sentence."""

import contextlib
import logging
import socket
import threading
import traceback
from collections.abc import Iterator

import pytest

from vtuber.control import obs as module
from vtuber.control.obs import CHANGED, CLOSING, Obs, ObsRefused
from vtuber.control.obs_address import ObsAddress
from vtuber.core.errors import DeviceLost, UserError


def test_requests_are_answered_and_events_come_in_their_order(server) -> None:
    with Obs(server.address) as obs:
        assert obs.ask("GetVersion") == {"obsVersion": "31.0.0"}
        for scene in ("A", "B"):
            server.tell("CurrentProgramSceneChanged", sceneName=scene)
        events = [obs.next_event(2.0), obs.next_event(2.0)]
        assert [event.data["sceneName"] for event in events if event] == ["A", "B"]
        assert obs.next_event(0.01) is None


def test_what_obs_refuses_has_its_words_and_its_code(server) -> None:
    with Obs(server.address) as obs, pytest.raises(ObsRefused, match="No source was found") as told:
        obs.ask("GetSceneItemList", sceneName="none")
    assert told.value.code == 600


def test_an_obs_that_is_not_ready_is_asked_again(server) -> None:
    server.not_ready = 3
    with Obs(server.address) as obs:
        assert obs.ask("GetVersion")["obsVersion"] == "31.0.0"
    assert server.not_ready == 0


@pytest.mark.parametrize(
    ("password", "sentence"),
    [("hunter2", r"refuses the password of --password; OBS shows it"), ("", "VTUBER_OBS_PASSWORD")],
)
def test_a_wrong_password_is_told_and_never_shown(server, password, sentence, caplog) -> None:
    caplog.set_level(logging.DEBUG)
    address = ObsAddress("127.0.0.1", server.port, password, "--password")
    with pytest.raises(UserError, match=sentence) as told, Obs(address):
        pass
    report = "".join(traceback.format_exception(told.value))
    assert "hunter2" not in report + caplog.text


def test_no_obs_is_told_with_what_to_tick() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(UserError, match=r"no OBS answers at .*Enable WebSocket server"):
        Obs(ObsAddress("127.0.0.1", port)).open()


def test_a_server_that_its_own_file_calls_off_is_told_so() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(UserError, match=r"server is off, says obs\.json"):
        Obs(ObsAddress("127.0.0.1", port, "", "obs.json", is_off=True)).open()


@contextlib.contextmanager
def answering(words: bytes) -> Iterator[int]:
    """Answer one connection with some words, and with silence from then on."""
    done = threading.Event()

    def answer() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.sendall(words)
            done.wait(10)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=answer)
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            done.set()
            thread.join()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "something else than OBS answers"),
        (b"\x00\xff garbage\r\n\r\n", "no OBS answers"),
        (b"", "no OBS answers"),
    ],
)
def test_something_else_on_the_port_is_told(words: bytes, sentence: str, monkeypatch) -> None:
    monkeypatch.setattr(module, "CONNECT_S", 0.5)
    with answering(words) as port, pytest.raises(UserError, match=sentence):
        Obs(ObsAddress("127.0.0.1", port)).open()


def test_an_obs_that_goes_is_lost_at_once_in_a_request_and_while_waiting(server) -> None:
    with Obs(server.address) as obs:
        server.is_broken = True
        with pytest.raises(DeviceLost, match="has gone"):
            obs.ask("GetVersion")
        with pytest.raises(DeviceLost, match="has gone"):
            obs.next_event(5.0)


def test_an_obs_that_hangs_is_lost_after_a_while(server, monkeypatch) -> None:
    monkeypatch.setattr(module, "ANSWER_S", 0.2)
    with Obs(server.address) as obs:
        server.is_mute = True
        with pytest.raises(DeviceLost, match="does not answer"):
            obs.ask("GetVersion")


def test_an_answer_without_what_was_asked_for_is_a_loss_in_words(server) -> None:
    server.model.GetInputList = lambda: {"inputs": [{"inputName": "one"}]}
    with Obs(server.address) as obs:
        with pytest.raises(DeviceLost, match="GetVersion without its outputActive"):
            obs.ask("GetVersion")["outputActive"]
        with pytest.raises(DeviceLost, match="GetInputList without its inputKind"):
            obs.ask("GetInputList")["inputs"][0]["inputKind"]
        server.tell(CHANGED)
        event = obs.next_event(2.0)
        assert event is not None
        with pytest.raises(DeviceLost, match=f"{CHANGED} without its sceneName"):
            event.data["sceneName"]


def test_only_events_that_somebody_waits_for_are_kept(server) -> None:
    with Obs(server.address) as obs:
        for _ in range(3):
            server.tell("CurrentPreviewSceneChanged", sceneName="A")
        server.tell(CHANGED, sceneName="B")
        server.tell(CLOSING)
        events = [obs.next_event(2.0), obs.next_event(2.0)]
        assert [event.name for event in events if event] == [CHANGED, CLOSING]


def test_it_may_be_closed_twice_and_opened_again(server) -> None:
    obs = Obs(server.address)
    for _ in range(2):
        obs.open()
        assert obs.ask("GetStreamStatus") == {"outputActive": False}
        obs.close()
        obs.close()
