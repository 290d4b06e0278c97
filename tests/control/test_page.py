"""The control page over HTTP: what it gives to whom. The page itself: tests/real."""

import asyncio
import io
import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from urllib.parse import urlsplit

import numpy as np
import pytest
from PIL import Image

from tests.control.rooms import Desk
from vtuber.control.asking import Answer
from vtuber.control.page import BEHIND, MOST_PX, ControlPage
from vtuber.core.picture import Box, Picture
from vtuber.runtime.http import HttpServer


class Up:
    """A page that is up, and whom it asks."""

    def __init__(self) -> None:
        self.desk = Desk()
        self.picture: Picture | None = None
        self.server = HttpServer("127.0.0.1", 0)
        self.server.start()
        facts = {"avatars": {"default": "Miro"}, "items": []}
        self.looks = 0
        self.page = ControlPage(self.desk.ask, lambda: self.picture, lambda: facts, self._look)
        self.address = self.page.open(self.server)
        self.query = urlsplit(self.address).query

    def _look(self) -> bytes:
        self.looks += 1
        return b"the camera"

    def status_of(self, path: str, **headers: str) -> int:
        asked = urllib.request.Request(self.server.url.rstrip("/") + path, headers=headers)
        try:
            with urllib.request.urlopen(asked, timeout=5) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code

    def jpeg(self) -> np.ndarray:
        address = f"{self.server.url}control/picture.jpg?{self.query}"
        with urllib.request.urlopen(address, timeout=5) as answer:
            return np.asarray(Image.open(io.BytesIO(answer.read())))


@pytest.fixture
def up() -> Iterator[Up]:
    up = Up()
    yield up
    up.page.close()
    up.server.stop()


@pytest.mark.parametrize("path", ["/control", "/control/picture.jpg", "/control/camera.jpg"])
def test_page_and_picture_are_for_who_has_the_token_and_for_no_other_site(
    up: Up, path: str
) -> None:
    assert up.status_of(f"{path}?{up.query}") == 200
    for query in ("", "?token=", "?token=x", f"?{up.query}x", "?token=%C3%A9"):
        assert up.status_of(path + query) == 403
    assert up.status_of(f"{path}?{up.query}", Origin="http://evil.example") == 403
    assert up.status_of(f"{path}?{up.query}", Host="evil.example") == 403


def test_the_camera_is_drawn_for_who_has_the_token_and_for_nobody_else(up: Up) -> None:
    for query in ("", "?token=x"):
        assert up.status_of("/control/camera.jpg" + query) == 403
    assert up.looks == 0
    assert up.status_of(f"/control/camera.jpg?{up.query}") == 200
    assert up.looks == 1


def test_what_the_page_needs_is_there_and_nothing_else(up: Up) -> None:
    for name in ("page.js", "tuning.js", "hands.js", "words.js", "page.css"):
        assert up.status_of(f"/control/{name}") == 200
    for name in ("index.html", "../page.py", "%2e%2e/page.py"):
        assert up.status_of(f"/control/{name}") == 404


def test_every_show_has_a_token_of_its_own() -> None:
    queries = set()
    for _ in range(2):
        up = Up()
        queries.add(up.query)
        up.server.stop()
    assert len(queries) == 2


def test_a_page_that_was_taken_down_is_gone(up: Up) -> None:
    up.page.close()
    assert up.status_of(f"/control?{up.query}") == 404


def test_the_picture_is_the_newest_small_and_opaque(up: Up) -> None:
    assert up.jpeg().shape == (180, 320, 3)
    rgba = np.zeros((720, 1280, 4), np.uint8)
    rgba[:, 640:] = (250, 0, 0, 255)
    up.picture = Picture(rgba, Box(640, 0, 1280, 720), 0, 0, 0)
    seen = up.jpeg().astype(int)
    assert seen.shape == (MOST_PX * 9 // 16, MOST_PX, 3)
    assert np.abs(seen[100, 500] - (250, 0, 0)).max() < 12
    assert np.abs(seen[100, 100] - BEHIND).max() < 12


def talk(up: Up, *messages: str, answers: int, headers: dict[str, str] | None = None) -> list[str]:
    """Send messages over the WebSocket of a page, and give what comes: facts, then the rest."""

    async def talking() -> list[str]:
        import aiohttp

        address = f"{up.server.url}control/socket?{up.query}"
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(address, headers=headers) as line,
        ):
            for message in messages:
                await line.send_str(message)
            return [(await line.receive_str(timeout=5)) for _ in range(answers + 1)]

    return asyncio.run(talking())


def test_a_page_is_told_the_facts_and_its_commands_are_answered_by_their_numbers(up: Up) -> None:
    lines = [json.dumps({"id": n, "line": line}) for n, line in ((7, "hide"), (8, "no such"))]
    facts, *answers = [json.loads(text) for text in talk(up, *lines, answers=2)]
    assert facts["facts"]["avatars"] == {"default": "Miro"}
    assert answers == [
        {"answer": {"id": 7, "is_done": True, "said": "heard hide"}},
        {"answer": {"id": 8, "is_done": False, "said": "heard no such"}},
    ]
    assert up.desk.lines == ["hide", "no such"]


def test_an_answer_that_comes_later_from_another_thread_arrives(up: Up) -> None:
    up.desk.answers_at_once = False

    async def talking() -> str:
        import aiohttp

        address = f"{up.server.url}control/socket?{up.query}"
        async with aiohttp.ClientSession() as session, session.ws_connect(address) as line:
            await line.receive_str(timeout=5)
            await line.send_str('{"id": 1, "line": "hide"}')
            while not up.desk.waiting:
                await asyncio.sleep(0.01)
            up.desk.waiting[0](Answer(True, "later"))
            return await line.receive_str(timeout=5)

    assert json.loads(asyncio.run(talking()))["answer"]["said"] == "later"


def test_status_reaches_pages_and_the_last_one_those_that_come_later(up: Up) -> None:
    up.page.tell({"status": {"fps": 60}})
    _, status = talk(up, answers=1)
    assert json.loads(status) == {"now": {"status": {"fps": 60}}}


@pytest.mark.parametrize("nonsense", ["", "[]", "7", '{"id": 1}', '{"id": "x", "line": "hide"}'])
def test_nonsense_ends_a_connection_and_nothing_else(up: Up, nonsense: str) -> None:
    with pytest.raises((TypeError, RuntimeError)):  # aiohttp: a close, where text was expected
        talk(up, nonsense, answers=1)
    assert not up.desk.lines
    assert talk(up, '{"id": 1, "line": "hide"}', answers=1)


@pytest.mark.parametrize("wrong", ["origin", "token"])
def test_the_socket_is_for_our_own_page_with_its_token(up: Up, wrong: str) -> None:
    from aiohttp import WSServerHandshakeError

    headers = {"Origin": "http://evil.example"} if wrong == "origin" else None
    if wrong == "token":
        up.query = "token=x"
    with pytest.raises(WSServerHandshakeError) as refused:
        talk(up, "{}", answers=0, headers=headers)
    assert refused.value.status == 403
