"""The one HTTP server: aiohttp in a thread of its own; plugins add pages and WebSockets to it.

The law: it answers this machine's own pages and programs (`origin`), never another web site, which
gets 403 and nothing else; and it outlives whoever connects (`door`).
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
import threading
from collections.abc import Awaitable, Callable, Iterator, Mapping
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from vtuber.core.errors import UserError
from vtuber.runtime import door
from vtuber.runtime.listen import listen
from vtuber.runtime.origin import is_ours

if TYPE_CHECKING:
    from aiohttp import web

    from vtuber.core import ports

log = logging.getLogger(__name__)

STOP_S = 0.5

Serve = Callable[["ports.WebSocket"], Awaitable[None]]
Admits = Callable[[Mapping[str, str]], bool]
ServeStream = Callable[["ports.HttpStream"], Awaitable[None]]
# No other web site may have an answer, and no browser take it for what it does not say it is.
GUARDS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


class HttpServer:
    """A server on one address. Routes come and go at any time, before or after the start.

    Port 0 means the default port, or the next free one; a port that was asked for is never changed.
    """

    def __init__(
        self,
        host: str = "127.0.0.1",
        port: int = 0,
        *,
        head_s: float = door.HEAD_S,
        send_s: float = door.SEND_S,
    ) -> None:
        self.host, self.port = host, port
        self._head_s, self._send_s = head_s, send_s
        self._names = {"localhost", host.lower(), socket.gethostname().lower()}
        self._routes: dict[str, door.Handler] = {}
        self._guards: dict[str, Admits] = {}
        self._had_routes = False
        self._clients: dict[asyncio.Task[Any], str] = {}  # those that stay, and their paths
        self._failed: set[str] = set()  # paths whose fault has been said
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        host = "127.0.0.1" if self.host in ("", "0.0.0.0", "::") else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}/"

    def start(self) -> None:
        """Bind and serve. Raises UserError when the address cannot be had."""
        listener = listen(self.host, self.port)
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

            if self._is_full(path, max_clients):
                return web.Response(status=503, text=f"{max_clients} clients are connected already")
            response = web.WebSocketResponse(
                max_msg_size=door.MAX_MESSAGE_BYTES, compress=False, timeout=door.BYE_S
            )
            if not response.can_prepare(request):
                return web.Response(status=426, text="this address speaks WebSocket")
            with self._counted(request, path):
                await response.prepare(request)
                await serve(door.Client(response, request.query, self._send_s))
                await door.say_goodbye(response)
            return response

        self._add(path, talk)

    def add_stream(
        self, path: str, content_type: str, serve: ServeStream, max_clients: int
    ) -> None:
        """Await `serve(stream)` for each GET of `path`; the answer ends when it returns.

        Raises UserError when the path is taken.
        """

        async def flow(request: web.BaseRequest) -> web.StreamResponse:
            from aiohttp import web

            if request.method != "GET":
                return web.Response(status=405, headers={"Allow": "GET"})
            if self._is_full(path, max_clients):
                return web.Response(status=503, text=f"{max_clients} clients are connected already")
            response = web.StreamResponse(headers={"Content-Type": content_type, **GUARDS})
            response.force_close()
            with self._counted(request, path):
                await response.prepare(request)
                await serve(door.Stream(response, self._send_s))
            return response

        self._add(path, flow)

    def guard(self, path: str, admits: Admits) -> None:
        """Give 403 to everybody who asks for `path` with a query that `admits` refuses."""
        self._guards[path] = admits

    def remove(self, path: str) -> None:
        """Forget a path and end its WebSockets."""
        self._routes.pop(path, None)
        self._guards.pop(path, None)
        self.call_soon(self._end_clients, path)

    def _add(self, path: str, handler: door.Handler) -> None:
        if path in self._routes:
            raise UserError(
                f"two outputs want the address {self.url.rstrip('/')}{path}; "
                "give one of them a port of its own (port=NUMBER)"
            )
        self._routes[path], self._had_routes = handler, True

    @property
    def is_deserted(self) -> bool:
        """Tell whether there was something at its addresses, and nothing is any more."""
        return self._had_routes and not self._routes

    def _is_full(self, path: str, max_clients: int) -> bool:
        return list(self._clients.values()).count(path) >= max_clients

    @contextlib.contextmanager
    def _counted(self, request: web.BaseRequest, path: str) -> Iterator[None]:
        """Be one of a path's clients; begun before the first await, since two may come at once."""
        task = asyncio.current_task()
        assert task is not None
        self._clients[task] = path
        try:
            yield
        finally:
            del self._clients[task]
            door.drop_if_stuck(request.transport)

    def _end_clients(self, path: str) -> None:
        for task, its_path in list(self._clients.items()):
            if its_path == path:
                task.cancel()

    def _run(
        self, loop: asyncio.AbstractEventLoop, listener: socket.socket, begun: Future[None]
    ) -> None:
        asyncio.set_event_loop(loop)
        loop.set_exception_handler(door.note_fault)
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

        server = door.make_server(self._answer, self._head_s)
        runner = web.ServerRunner(server, shutdown_timeout=0.1)
        await runner.setup()
        await web.SockSite(runner, listener).start()
        return runner

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        response = await self._respond(request)
        if not response.prepared:
            response.headers.update(GUARDS)
            response.force_close()  # one request a connection: nobody waits in line for answers
        return response

    async def _respond(self, request: web.BaseRequest) -> web.StreamResponse:
        from aiohttp import web

        if not is_ours(request.headers, self._names):
            return web.Response(status=403, text="this server answers its own pages only")
        handler, admits = self._routes.get(request.path), self._guards.get(request.path)
        if handler is None:
            return web.Response(status=404, text="nothing at this address")
        if admits is not None and not admits(request.query):
            return web.Response(status=403, text="the address needs the token that vtuber said")
        try:
            return await handler(request)
        except ConnectionError:  # the client has gone
            raise
        except Exception as error:  # a fault of ours: said once a path, and the server lives on
            if request.path not in self._failed:
                self._failed.add(request.path)
                log.warning("%s failed: %s: %s", request.path, type(error).__name__, error)
            log.info("%s failed", request.path, exc_info=True)
            if request.writer.output_size:  # an answer has begun: the only way to say it is to go
                raise
            return web.Response(status=500, text="a fault of vtuber; run it with --verbose")


class HttpServers:
    """Gives the server of an address, started when somebody first asks for it."""

    def __init__(self) -> None:
        self._servers: dict[tuple[str, int], HttpServer] = {}
        self._lock = threading.Lock()  # outputs come and go in threads of their own

    def get(self, host: str, port: int) -> HttpServer:
        """Give the started server of this address; port 0 is the default one."""
        with self._lock:
            for (its_host, asked), server in self._servers.items():
                if its_host == host and port in (asked, server.port):
                    return server
            server = HttpServer(host, port)
            server.start()
            self._servers[host, port] = server
            return server

    def stop_idle(self) -> None:
        """Stop those from which everything was removed again: their ports are free."""
        with self._lock:
            for key in [key for key, server in self._servers.items() if server.is_deserted]:
                self._servers.pop(key).stop()

    def stop(self) -> None:
        """Stop them all."""
        with self._lock:
            for server in self._servers.values():
                server.stop()
            self._servers.clear()
