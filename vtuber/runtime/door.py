"""What stands between aiohttp and whoever connects: bounds on connections, patience and noise.

The law: nobody outside can take more than MAX_CONNECTIONS sockets, hold one without saying what he
wants for longer than HEAD_S, keep one that does not read for longer than SEND_S, or write anything
on the user's terminal.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aiohttp import web

log = logging.getLogger(__name__)

Handler = Callable[["web.BaseRequest"], Awaitable["web.StreamResponse"]]

MAX_CONNECTIONS = 64
MAX_MESSAGE_BYTES = 64 * 1024  # what a client may send; ours are acknowledgements
HEAD_S = 5.0  # from the connection to the last byte of a request's head
SEND_S = 30.0  # for one message to be taken; a page that wakes up connects again
BYE_S = 0.5  # for a client's last word
FULL = b"HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


def make_server(handler: Handler, head_s: float) -> web.Server:
    """Make aiohttp's low-level server with our bounds. Called in the loop that it serves in."""
    from aiohttp import web
    from aiohttp.web_protocol import RequestHandler

    class Door(web.Server):
        def connection_made(self, handler: RequestHandler, transport: asyncio.Transport) -> None:
            super().connection_made(handler, transport)
            if len(self.connections) > MAX_CONNECTIONS:
                transport.write(FULL)
                handler.force_close()

    silent = logging.getLogger(f"{__name__}.requests")  # garbage is its sender's concern, not ours
    silent.disabled = True
    # "Keep-alive" is also what aiohttp grants a connection that has not asked for anything yet.
    return Door(handler, keepalive_timeout=head_s, lingering_time=BYE_S, access_log=None,
                logger=silent)  # fmt: skip


def note_fault(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Log what asyncio would print: no sockets left, a connection that broke off."""
    log.info("http: %s", context["message"], exc_info=context.get("exception"))


class Client:
    """`core.ports.WebSocket` over aiohttp."""

    def __init__(
        self, response: web.WebSocketResponse, query: Mapping[str, str], send_s: float
    ) -> None:
        self.query = query
        self._response, self._send_s = response, send_s

    async def send(self, message: bytes | str) -> bool:
        if isinstance(message, str):
            sending = self._response.send_str(message)
        else:
            sending = self._response.send_bytes(message)
        try:
            await asyncio.wait_for(sending, self._send_s)
        except (ConnectionError, TimeoutError):
            return False
        return True

    async def receive(self, timeout_s: float | None = None) -> bytes | str | None:
        from aiohttp import WSMsgType

        try:
            message = await self._response.receive(timeout_s)
        except TimeoutError:
            return None
        if message.type not in (WSMsgType.TEXT, WSMsgType.BINARY):
            return None
        data: bytes | str = message.data
        return data


class Stream:
    """`core.ports.HttpStream` over aiohttp."""

    def __init__(self, response: web.StreamResponse, send_s: float) -> None:
        self._response, self._send_s = response, send_s

    async def send(self, data: bytes) -> bool:
        try:
            await asyncio.wait_for(self._response.write(data), self._send_s)
        except (ConnectionError, TimeoutError):
            return False
        return True


async def say_goodbye(response: web.WebSocketResponse) -> None:
    """Close a WebSocket; wait a little for a client that reads nothing."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(response.close(), 2 * BYE_S)


def drop_if_stuck(transport: asyncio.Transport | None) -> None:
    """Cut a connection whose other end has not taken what was sent; closing would wait for it."""
    if transport is not None and transport.get_write_buffer_size():
        transport.abort()
