"""The one HTTP server: aiohttp in a thread of its own; plugins add pages and WebSockets to it.

The law: it answers this machine's own pages and programs, never another web site. A request whose
Host is a foreign name (DNS rebinding) or whose Origin is another site's gets 403 and nothing else.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import os
import socket
import threading
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from vtuber.core.errors import UserError

if TYPE_CHECKING:
    from aiohttp import web

    from vtuber.core import ports

DEFAULT_PORT = 9301
PORTS_TRIED = 20
MAX_MESSAGE_BYTES = 64 * 1024  # what a client may send; ours are acknowledgements
MAX_CONNECTIONS = 64
STOP_S = 0.5

Serve = Callable[["ports.WebSocket"], Awaitable[None]]
Handler = Callable[["web.BaseRequest"], Awaitable["web.StreamResponse"]]


class HttpServer:
    """A server on one address. Routes come and go at any time, before or after the start.

    Port 0 means the default port, or the next free one; a port that was asked for is never changed.
    """

    def __init__(self, host: str = "127.0.0.1", port: int = 0) -> None:
        self.host, self.port = host, port
        self._routes: dict[str, Handler] = {}
        self._clients: dict[asyncio.Task[Any], str] = {}  # open WebSockets and their paths
        self._connections = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        host = "127.0.0.1" if self.host in ("", "0.0.0.0", "::") else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}/"

    def start(self) -> None:
        """Bind and serve. Raises UserError when the address cannot be had."""
        listener = _bind(self.host, self.port)
        self.port = listener.getsockname()[1]
        self._loop = asyncio.new_event_loop()
        begun: Future[None] = Future()
        self._thread = threading.Thread(
            target=self._run, args=(self._loop, listener, begun), name="http", daemon=True
        )
        self._thread.start()
        begun.result()

    def stop(self) -> None:
        """Close every client and free the port, within a second. May be called twice."""
        loop, thread = self._loop, self._thread
        self._loop = self._thread = None
        if loop is None or thread is None:
            return
        loop.call_soon_threadsafe(loop.stop)
        thread.join(2 * STOP_S)

    def call_soon(self, callback: Callable[..., object], *arguments: object) -> None:
        """Run a callback in the server's loop; nothing happens when the server has stopped."""
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(callback, *arguments)

    def add_page(self, path: str, content_type: str, body: Callable[[], bytes]) -> None:
        """Answer GET `path` with what `body()` gives. Raises UserError when the path is taken."""

        async def page(request: web.BaseRequest) -> web.StreamResponse:
            from aiohttp import web

            if request.method not in ("GET", "HEAD"):
                return web.Response(status=405, headers={"Allow": "GET, HEAD"})
            kind, _, charset = content_type.partition("; charset=")
            return web.Response(body=body(), content_type=kind, charset=charset or None)

        self._add(path, page)

    def add_websocket(self, path: str, serve: Serve, max_clients: int) -> None:
        """Await `serve(socket)` for each client. Raises UserError when the path is taken."""

        async def talk(request: web.BaseRequest) -> web.StreamResponse:
            from aiohttp import web

            if list(self._clients.values()).count(path) >= max_clients:
                return web.Response(status=503, text=f"{max_clients} clients are connected already")
            response = web.WebSocketResponse(
                max_msg_size=MAX_MESSAGE_BYTES, compress=False, timeout=STOP_S, autoping=True
            )
            if not response.can_prepare(request):
                return web.Response(status=426, text="this address speaks WebSocket")
            await response.prepare(request)
            task = asyncio.current_task()
            assert task is not None
            self._clients[task] = path
            try:
                await serve(_Socket(response, request.query))
            finally:
                del self._clients[task]
            await response.close()
            return response

        self._add(path, talk)

    def remove(self, path: str) -> None:
        """Forget a path and end its WebSockets."""
        self._routes.pop(path, None)
        self.call_soon(self._end_clients, path)

    def _add(self, path: str, handler: Handler) -> None:
        if path in self._routes:
            raise UserError(
                f"two outputs want the address {self.url.rstrip('/')}{path}; "
                "give one of them a port of its own (port=NUMBER)"
            )
        self._routes[path] = handler

    def _end_clients(self, path: str) -> None:
        for task, its_path in list(self._clients.items()):
            if its_path == path:
                task.cancel()

    def _run(
        self, loop: asyncio.AbstractEventLoop, listener: socket.socket, begun: Future[None]
    ) -> None:
        asyncio.set_event_loop(loop)
        try:
            runner = loop.run_until_complete(self._begin(listener))
        except BaseException as error:  # start() raises it
            begun.set_exception(error)
            return
        begun.set_result(None)
        loop.run_forever()
        for task in list(self._clients):
            task.cancel()
        with contextlib.suppress(TimeoutError):  # a client that does not let go dies with the loop
            loop.run_until_complete(asyncio.wait_for(runner.cleanup(), STOP_S))
        loop.close()

    async def _begin(self, listener: socket.socket) -> web.ServerRunner:
        from aiohttp import web

        runner = web.ServerRunner(web.Server(self._answer), shutdown_timeout=0.1)
        await runner.setup()
        await web.SockSite(runner, listener, backlog=MAX_CONNECTIONS).start()
        return runner

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        from aiohttp import web

        if not self._is_ours(request):
            return web.Response(status=403, text="this server answers its own pages only")
        handler = self._routes.get(request.path)
        if handler is None:
            return web.Response(status=404, text="nothing at this address")
        if self._connections >= MAX_CONNECTIONS:
            return web.Response(status=503, text="too many clients")
        self._connections += 1
        try:
            response = await handler(request)
        finally:
            self._connections -= 1
        if not response.prepared:
            response.headers["Cache-Control"] = "no-store"
            response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
            response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    def _is_ours(self, request: web.BaseRequest) -> bool:
        host = request.headers.get("Host", "")
        try:
            name = urlsplit(f"//{host}").hostname
        except ValueError:  # no address at all
            return False
        if not self._is_our_name(name):
            return False
        origin = request.headers.get("Origin")
        if origin is not None and origin != f"http://{host}":
            return False
        # Browsers that say so: another site's <img> or <script>, which sends no Origin.
        foreign = request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site")
        return not foreign or request.headers.get("Sec-Fetch-Mode") == "navigate"

    def _is_our_name(self, name: str | None) -> bool:
        """Tell names that a foreign DNS server cannot claim: numbers, and this machine's own."""
        if not name:
            return False
        if name in ("localhost", self.host.lower(), socket.gethostname().lower()):
            return True
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return True


class _Socket:
    """`core.ports.WebSocket` over aiohttp."""

    def __init__(self, response: web.WebSocketResponse, query: Mapping[str, str]) -> None:
        self.query = query
        self._response = response

    async def send(self, message: bytes | str) -> bool:
        try:
            if isinstance(message, str):
                await self._response.send_str(message)
            else:
                await self._response.send_bytes(message)
        except ConnectionError:
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


class HttpServers:
    """Gives the server of an address, started when somebody first asks for it."""

    def __init__(self) -> None:
        self._servers: dict[tuple[str, int], HttpServer] = {}

    def get(self, host: str, port: int) -> HttpServer:
        """Give the started server of this address; port 0 is the default one."""
        for (its_host, asked), server in self._servers.items():
            if its_host == host and port in (asked, server.port):
                return server
        server = HttpServer(host, port)
        server.start()
        self._servers[host, port] = server
        return server

    def stop(self) -> None:
        """Stop them all."""
        for server in self._servers.values():
            server.stop()
        self._servers.clear()


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.getaddrinfo(host, None, family)
    except socket.gaierror as error:
        raise UserError(f"no such host to listen on: {host!r} ({error.strerror})") from error
    tried = [port] if port else range(DEFAULT_PORT, DEFAULT_PORT + PORTS_TRIED)
    for number in tried:
        try:
            return socket.create_server((host, number), family=family, backlog=MAX_CONNECTIONS)
        except OverflowError as error:
            raise UserError(f"port {number} does not exist; choose one of 1 to 65535") from error
        except OSError as error:
            fault, reason = error, os.strerror(error.errno or 0)
    if port:
        raise UserError(
            f"cannot listen on {host} port {port}: {reason}; "
            "end the other program, choose another port, or name none to get a free one"
        ) from fault
    raise UserError(
        f"cannot listen on {host}: {reason} (ports {tried[0]} to {tried[-1]} tried); "
        "choose another with port=NUMBER"
    ) from fault
