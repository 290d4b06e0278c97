"""The control page of a show: status, standings and pictures out to browsers, lines of commands in.

LAW: without the token of its address nobody gets the page, a picture or its WebSocket (403); and
the server answers its own pages only, so no other web site can use it, token or not.
"""

from __future__ import annotations

import asyncio
import dataclasses
import hmac
import json
import secrets
from collections.abc import Callable, Mapping
from functools import partial
from importlib.resources import files
from typing import Any

import numpy as np

from vtuber.control.asking import Answer, Ask
from vtuber.core.picture import Picture
from vtuber.core.ports import HttpHost, WebSocket
from vtuber.image.alpha import over_colour
from vtuber.image.convert import resized

PAGE, SOCKET = "/control", "/control/socket"
PICTURE, CAMERA = "/control/picture.jpg", "/control/camera.jpg"
_SCRIPTS = ("page.js", "tuning.js", "hands.js", "words.js")
PLAIN = {f"/control/{name}": (name, "text/javascript; charset=utf-8") for name in _SCRIPTS} | {
    "/control/page.css": ("page.css", "text/css; charset=utf-8")
}
MOST_PX = 640  # of the picture's longer side: what a phone shows
QUALITY = 80
BEHIND = (38, 42, 51)  # the avatar stands before it, as in page.css
MOST_PAGES = 8
MOST_UNSENT = 64  # messages to a page that does not read

Facts = Callable[[], Mapping[str, Any]]  # what a page is told once, when it comes


class ControlPage:
    """The page, on a server that runs. Methods may be called from any thread."""

    def __init__(
        self,
        ask: Ask,
        picture: Callable[[], Picture | None],
        facts: Facts,
        camera: Callable[[], bytes],
    ) -> None:
        """`camera` draws the camera's picture with what was found in it, as a JPEG."""
        self._ask, self._picture, self._facts, self._camera = ask, picture, facts, camera
        self._token = secrets.token_urlsafe(16)
        self._server: HttpHost | None = None
        self._pages: set[asyncio.Queue[str]] = set()  # what each has not been sent; in the loop
        self._newest = ""  # status

    def open(self, server: HttpHost) -> str:
        """Put the page up; give its address with the token. UserError when the path is taken."""
        web = files("vtuber.control").joinpath("web")
        body = web.joinpath("index.html").read_bytes()
        server.add_page(PAGE, "text/html; charset=utf-8", partial(bytes, body))
        server.add_page(PICTURE, "image/jpeg", self.jpeg)
        server.add_page(CAMERA, "image/jpeg", self._camera)
        server.add_websocket(SOCKET, self._serve, MOST_PAGES)
        for path in (PAGE, PICTURE, CAMERA, SOCKET):
            server.guard(path, self._admits)
        for path, (name, content_type) in PLAIN.items():
            server.add_page(path, content_type, partial(bytes, web.joinpath(name).read_bytes()))
        self._server = server
        return f"{server.url.rstrip('/')}{PAGE}?token={self._token}"

    def close(self) -> None:
        """Take the page down; pages that are open say so and try again."""
        server, self._server = self._server, None
        if server is not None:
            for path in (PAGE, PICTURE, CAMERA, SOCKET, *PLAIN):
                server.remove(path)

    @property
    def is_watched(self) -> bool:
        return bool(self._pages)

    def tell(self, status: Mapping[str, Any]) -> None:
        """Show all pages what is the case now: values that JSON knows."""
        self._newest = json.dumps({"now": status})
        if self._server is not None:
            self._server.call_soon(self._tell, self._newest)

    def jpeg(self) -> bytes:
        """Encode the newest picture, small; an empty one before the first."""
        import simplejpeg

        picture = self._picture()
        rgba = np.zeros((180, 320, 4), np.uint8) if picture is None else picture.rgba
        height, width = rgba.shape[:2]
        share = min(1.0, MOST_PX / max(width, height))
        size_px = max(1, round(width * share)), max(1, round(height * share))
        rgb = over_colour(resized(rgba, size_px), BEHIND)
        return bytes(simplejpeg.encode_jpeg(rgb, QUALITY, "RGB", "420", True))

    def _admits(self, query: Mapping[str, str]) -> bool:
        return hmac.compare_digest(query.get("token", "").encode(), self._token.encode())

    def _tell(self, message: str) -> None:
        for page in self._pages:
            _offer(page, message)

    async def _serve(self, socket: WebSocket) -> None:
        unsent: asyncio.Queue[str] = asyncio.Queue(MOST_UNSENT)
        _offer(unsent, json.dumps({"facts": self._facts()}))
        if self._newest:
            _offer(unsent, self._newest)
        self._pages.add(unsent)
        ways = [asyncio.create_task(way(socket, unsent)) for way in (self._read, _write)]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._pages.discard(unsent)
            for way in ways:
                way.cancel()

    async def _read(self, socket: WebSocket, unsent: asyncio.Queue[str]) -> None:
        """Obey what a page asks for until it has gone: {"id": NUMBER, "line": COMMAND}."""
        while (text := await socket.receive()) is not None:
            try:
                asked = json.loads(text)
                number, line = asked["id"], asked["line"]
            except (ValueError, TypeError, KeyError):
                return  # it is no page of ours
            if not isinstance(line, str) or not isinstance(number, int):
                return
            self._ask(line, partial(self._answered, unsent, number))

    def _answered(self, unsent: asyncio.Queue[str], number: int, answer: Answer) -> None:
        words = json.dumps({"answer": {"id": number, **dataclasses.asdict(answer)}})
        if self._server is not None:
            self._server.call_soon(_offer, unsent, words)


async def _write(socket: WebSocket, unsent: asyncio.Queue[str]) -> None:
    while await socket.send(await unsent.get()):
        pass


def _offer(unsent: asyncio.Queue[str], message: str) -> None:
    """Send a message unless the page has stopped reading."""
    if not unsent.full():
        unsent.put_nowait(message)
