"""A transparent web page for OBS's Browser Source and for any browser.

Settings: port (0: 9301, or the next free one), host (this machine only, unless you say otherwise),
fps, quality (of the JPEG, 1..100), clients (how many may watch at once), background (#rrggbb, of
`/stream.mjpg`).

A picture travels as a JPEG of its straight colour and a PNG that is nothing but its alpha, both cut
to the alpha box: exact alpha, and the cheapest of eight ways that were measured. Each picture is
encoded once for all who watch, and not at all when nobody does. One picture is on its way to a
client until the client has drawn it; then it gets the newest. So one that stops reading costs
nobody anything.

For other programs: `/stream.mjpg`, opaque, and `/frame.png`, the picture of this moment with its
transparency.
"""

from __future__ import annotations

import math
import struct
import zlib
from dataclasses import dataclass
from functools import partial
from importlib.resources import files
from typing import Any, Literal

import numpy as np
from jaxtyping import UInt8

from vtuber.core.errors import UserError
from vtuber.core.picture import Picture
from vtuber.core.ports import HttpHost, HttpStream, SinkContext, WebSocket
from vtuber.image.convert import png
from vtuber.image.views import VIEWS
from vtuber.output._opaque import parse_colour
from vtuber.output._watchers import Watchers

PAGES = {
    "/": ("index.html", "text/html; charset=utf-8"),
    "/page.js": ("page.js", "text/javascript; charset=utf-8"),
}
SOCKET = "/pictures"
STREAM, FRAME = "/stream.mjpg", "/frame.png"
MIXED = "multipart/x-mixed-replace; boundary=picture"  # RFC 2046, section 5.1
BOUNDARY = b"--picture\r\n"
PART = b"Content-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n"
GIVE_UP_S = 30.0  # then its place is free for another; a page that wakes up connects again
HEADER = struct.Struct("<8I")  # see web/page.js


@dataclass(frozen=True)
class Options:
    """Settings of `--output web`."""

    port: int = 0
    host: str = "127.0.0.1"
    fps: int = 30
    quality: int = 90
    clients: int = 32
    background: str = "#00ff00"


@dataclass(frozen=True, slots=True, eq=False)
class Encoded:
    """One picture as clients get it, but for the head of the message."""

    captured_ns: int  # the picture itself is not kept: its buffer goes back to the pool
    place: tuple[int, int, int, int, int]  # sequence, width, height, left, top
    jpeg: bytes = b""  # empty: nothing is to be seen
    png: bytes = b""

    def message(self, latency_ms: int) -> bytes:
        return HEADER.pack(*self.place, len(self.jpeg), latency_ms, 0) + self.jpeg + self.png


class Output:
    """The page, its script, and the socket that feeds it."""

    eats = frozenset({"picture"})
    runs_on = "thread"
    delivery: Literal["newest", "paced"] = "newest"

    def __init__(self, options: Options, context: SinkContext) -> None:
        if not 0 <= options.port <= 65535:
            raise UserError(f"port={options.port} does not exist; choose one of 1 to 65535")
        if not 1 <= options.quality <= 100:
            raise UserError(f"quality={options.quality}: choose 1 to 100; 90 looks perfect")
        if options.clients < 1:
            raise UserError(f"clients={options.clients}: at least one must be let in")
        assert context.http is not None, "the web output needs a server handed in"
        self._options, self._context = options, context
        self._serve_at = context.http
        self._server: HttpHost | None = None
        self._background = parse_colour(options.background)
        self._pages: Watchers[Encoded] = Watchers(context.clock)
        self._streams: Watchers[bytes] = Watchers(context.clock)
        self._newest: Picture | None = None
        self._encode_jpeg: Any = None

    def open(self) -> None:
        """Put the page on the server. Raises UserError when its address cannot be had."""
        import simplejpeg

        self._encode_jpeg = simplejpeg.encode_jpeg
        server = self._serve_at(self._options.host, self._options.port)
        for path, (name, content_type) in PAGES.items():
            body = files("vtuber.output").joinpath("web", name).read_bytes()
            server.add_page(path, content_type, partial(bytes, body))
        server.add_websocket(SOCKET, self._serve, self._options.clients)
        server.add_stream(STREAM, MIXED, self._stream, self._options.clients)
        server.add_page(FRAME, "image/png", self._frame)
        self._server = server
        self._context.announce(f"the avatar, for a browser or OBS's Browser Source: {server.url}")

    def send(self, picture: Picture) -> None:
        """Encode the picture if somebody is there to see it, and hand it to them."""
        self._newest = picture
        if self._server is None:
            return
        if self._pages.are_awake():
            self._server.call_soon(self._pages.offer, self._encode(picture))
        if self._streams.are_awake():
            rgb = VIEWS.over(picture, self._background)
            jpeg = self._encode_jpeg(rgb, self._options.quality, "RGB", "420", True)
            self._server.call_soon(self._streams.offer, jpeg)

    def close(self) -> None:
        """Take the page from the server; those who watch are told goodbye and try again later."""
        server, self._server = self._server, None
        self._newest = None
        if server is not None:
            for path in (*PAGES, SOCKET, STREAM, FRAME):
                server.remove(path)

    @property
    def watchers(self) -> int:
        """How many pages are connected."""
        return len(self._pages)

    def _encode(self, picture: Picture) -> Encoded:
        box = picture.alpha_box
        place = (picture.sequence & 0xFFFFFFFF, *picture.size_px, box.left, box.top)
        if box.is_empty:
            return Encoded(picture.captured_ns, place)
        straight = VIEWS.straight(picture)[box.top : box.bottom, box.left : box.right]
        straight = np.ascontiguousarray(straight)
        jpeg = self._encode_jpeg(straight, self._options.quality, "RGBA", "420", True)
        return Encoded(picture.captured_ns, place, jpeg, alpha_png(straight[..., 3]))

    async def _serve(self, socket: WebSocket) -> None:
        now_ns, latency_ms = self._context.clock.now_ns, 0
        with self._pages.joined() as page:
            while True:
                encoded = await page.take()
                page.busy_since_ns = now_ns()
                if not await socket.send(encoded.message(latency_ms)):
                    return
                if await socket.receive(GIVE_UP_S) is None:
                    return
                page.busy_since_ns = None
                seen_ns = now_ns() - encoded.captured_ns
                latency_ms = min(max(math.ceil(seen_ns / 1e6), 0), 99_999)

    async def _stream(self, stream: HttpStream) -> None:
        """Send JPEGs one after the other, each with the boundary that says it is whole."""
        with self._streams.joined() as watcher:
            is_there = await stream.send(BOUNDARY)
            while is_there:
                jpeg = await watcher.take()
                watcher.busy_since_ns = self._context.clock.now_ns()
                is_there = await stream.send(PART % len(jpeg) + jpeg + b"\r\n" + BOUNDARY)
                watcher.busy_since_ns = None

    def _frame(self) -> bytes:
        """Encode the newest picture; before the first one, nothing at all."""
        picture, (width, height) = self._newest, self._context.size_px
        return png(VIEWS.straight(picture) if picture else np.zeros((height, width, 4), np.uint8))


def alpha_png(alpha: UInt8[np.ndarray, "h w"]) -> bytes:
    """Write alpha alone as a PNG: a palette of 256 blacks, the n-th with transparency n.

    PNG specification (third edition), sections 5 and 11. Run-length deflate: 41 KiB for an avatar
    of 720 rows, in a sixth of what a grey-and-alpha PNG with filters costs.
    """
    height, width = alpha.shape
    rows = np.zeros((height, width + 1), np.uint8)  # each row begins with its filter: none
    rows[:, 1:] = alpha
    deflate = zlib.compressobj(1, zlib.DEFLATED, 15, 9, zlib.Z_RLE)
    pixels = deflate.compress(rows.data) + deflate.flush()
    return b"".join((
        b"\x89PNG\r\n\x1a\n",
        _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        _chunk(b"PLTE", bytes(3 * 256)),
        _chunk(b"tRNS", bytes(range(256))),
        _chunk(b"IDAT", pixels),
        _chunk(b"IEND", b""),
    ))  # fmt: skip


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
