"""The server over real sockets: addresses, strangers, routes that come and go, its end."""

import asyncio
import contextlib
import gc
import http.client
import logging
import socket
import time
import urllib.request
from collections.abc import Callable, Iterator

import aiohttp
import pytest

from vtuber.core.errors import UserError
from vtuber.runtime.door import MAX_CONNECTIONS
from vtuber.runtime.http import HttpServer, HttpServers
from vtuber.runtime.listen import DEFAULT_PORT


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@pytest.fixture
def server(port: int) -> Iterator[HttpServer]:
    server = HttpServer("127.0.0.1", port)
    server.start()
    server.add_page("/", "text/plain; charset=utf-8", lambda: b"hello")
    yield server
    server.stop()


@pytest.fixture
def hasty(port: int) -> Iterator[HttpServer]:
    """Give a server that waits a fifth of a second where others wait five or thirty."""
    server = HttpServer("127.0.0.1", port, head_s=0.2, send_s=0.2)
    server.start()
    server.add_page("/", "text/plain", lambda: b"hello")
    yield server
    server.stop()


def get(port: int, path: str = "/", method: str = "GET", **headers: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, headers=named)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, body


def handshake(port: int, path: str) -> bytes:
    return (
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
    ).encode()


def until(is_so: Callable[[], bool], limit_s: float = 5.0) -> None:
    end = time.perf_counter() + limit_s
    while not is_so():
        assert time.perf_counter() < end


def test_pages_answer_and_nothing_else_does(server: HttpServer) -> None:
    assert get(server.port) == (200, b"hello")
    assert get(server.port, "/other")[0] == 404
    assert get(server.port, method="POST")[0] == 405


def test_a_page_may_come_after_the_start_and_go_again(server: HttpServer) -> None:
    server.add_page("/late", "text/plain", lambda: b"late")
    assert get(server.port, "/late") == (200, b"late")
    server.remove("/late")
    assert get(server.port, "/late")[0] == 404


def test_a_guarded_path_is_for_whom_its_guard_admits_until_it_is_removed(
    server: HttpServer,
) -> None:
    server.guard("/", lambda query: query.get("token") == "right")
    assert get(server.port, "/?token=right") == (200, b"hello")
    assert get(server.port, "/?token=wrong")[0] == get(server.port, "/")[0] == 403
    server.remove("/")
    server.add_page("/", "text/plain", lambda: b"anew")
    assert get(server.port) == (200, b"anew")


def test_a_path_is_given_once_and_the_second_is_told_what_to_do(server: HttpServer) -> None:
    with pytest.raises(UserError, match="port=NUMBER"):
        server.add_page("/", "text/plain", bytes)


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},  # DNS rebinding
        {"Host": "127.0.0.1.evil.example"},
        {"Host": ""},
        {"Host": "["},  # no address at all
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},  # another program's page on this machine
        {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "no-cors"},  # an <img> elsewhere
    ],
)
def test_strangers_get_403_and_nothing_else(server: HttpServer, headers: dict[str, str]) -> None:
    status, body = get(server.port, **headers)
    assert status == 403
    assert b"hello" not in body


def test_our_own_pages_and_links_to_them_are_let_in(server: HttpServer) -> None:
    for name in ("127.0.0.1", "localhost", "[::1]"):
        host = f"{name}:{server.port}"
        assert get(server.port, Host=host, Origin=f"http://{host}")[0] == 200
    assert get(server.port, Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate")[0] == 200


def test_garbage_gets_an_error_and_the_server_lives_on(server: HttpServer) -> None:
    for garbage in (b"\x00\xff" * 2000, b"GET / HTTP/9.9\r\n\r\n", b"GET /" + b"a" * 20_000):
        with socket.create_connection(("127.0.0.1", server.port), timeout=5) as stranger:
            stranger.sendall(garbage + b"\r\n\r\n")
            with contextlib.suppress(ConnectionResetError):
                assert b"200 OK" not in stranger.recv(1000)
    assert get(server.port)[0] == 200


def test_a_port_that_was_asked_for_and_is_taken_is_the_users_to_change(server: HttpServer) -> None:
    with pytest.raises(UserError, match=f"port {server.port}: Address already in use"):
        HttpServer("127.0.0.1", server.port).start()


def test_the_default_port_gives_way_to_the_next_free_one() -> None:
    first, second = HttpServer(), HttpServer()
    first.start()
    second.start()
    try:
        assert first.port >= DEFAULT_PORT
        assert second.port > first.port
        assert second.url == f"http://127.0.0.1:{second.port}/"
    finally:
        first.stop()
        second.stop()


@pytest.mark.parametrize(("host", "port"), [("no.such.host.invalid", 0), ("127.0.0.1", 70_000)])
def test_an_address_that_cannot_be_is_refused_in_words(host: str, port: int) -> None:
    with pytest.raises(UserError, match=r"no such host|does not exist"):
        HttpServer(host, port).start()


def test_one_address_is_one_server(port: int) -> None:
    servers = HttpServers()
    try:
        asked = servers.get("127.0.0.1", port)
        assert servers.get("127.0.0.1", port) is asked
        default = servers.get("127.0.0.1", 0)
        assert servers.get("127.0.0.1", default.port) is default is not asked
    finally:
        servers.stop()


async def _talk(url: str) -> list[str]:
    async with aiohttp.ClientSession() as session, session.ws_connect(url + "echo?name=x") as one:
        await one.send_str("first")
        said = [await one.receive_str()]
        with pytest.raises(aiohttp.WSServerHandshakeError, match="503"):
            await session.ws_connect(url + "echo")
        await one.send_str("x" * 100_000)  # more than a client may say
        said.append((await one.receive()).type.name)
    return said


def test_websockets_talk_are_counted_and_bounded(server: HttpServer) -> None:
    async def echo(client) -> None:
        while (message := await client.receive(5.0)) is not None:
            await client.send(f"{client.query['name']} {message}")

    server.add_websocket("/echo", echo, max_clients=1)
    assert asyncio.run(_talk(server.url)) == ["x first", "CLOSE"]
    assert get(server.port, "/echo")[0] == 426


async def _drip(stream) -> None:
    for part in (b"one ", b"two ", b"three"):
        assert await stream.send(part)


def test_a_stream_goes_on_until_its_end_and_is_guarded_as_pages_are(server: HttpServer) -> None:
    server.add_stream("/drip", "text/plain", _drip, 1)
    assert get(server.port, "/drip") == (200, b"one two three")
    assert get(server.port, "/drip", Origin="http://evil.example")[0] == 403
    assert get(server.port, "/drip", "POST")[0] == 405
    with urllib.request.urlopen(f"{server.url}drip") as answer:
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_streams_are_bounded_and_end_with_their_path(server: HttpServer) -> None:
    async def endless(stream) -> None:
        while await stream.send(b"x"):
            await asyncio.sleep(0.01)

    server.add_stream("/endless", "text/plain", endless, 1)
    with urllib.request.urlopen(f"{server.url}endless", timeout=5) as first:
        assert first.read(3) == b"xxx"
        assert get(server.port, "/endless")[0] == 503
        server.remove("/endless")
        with contextlib.suppress(ConnectionError, http.client.IncompleteRead):
            first.read()
    assert get(server.port, "/endless")[0] == 404


def test_it_stops_within_a_second_with_clients_that_never_let_go_and_frees_the_port(
    server: HttpServer,
) -> None:
    async def wait(client) -> None:
        await client.receive()

    server.add_websocket("/wait", wait, max_clients=4)
    idle = socket.create_connection(("127.0.0.1", server.port))
    held = socket.create_connection(("127.0.0.1", server.port))
    held.sendall(handshake(server.port, "/wait"))
    assert b"101" in held.recv(1000)
    begun = time.perf_counter()
    server.stop()
    assert time.perf_counter() - begun < 1.0
    server.stop()
    again = HttpServer("127.0.0.1", server.port)
    again.start()
    again.stop()
    idle.close()
    held.close()


def test_nothing_runs_in_a_server_that_has_stopped(server: HttpServer) -> None:
    ran: list[int] = []
    server.stop()
    server.call_soon(ran.append, 1)
    assert ran == []


@pytest.mark.parametrize("head", [b"", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-More: "])
def test_whoever_does_not_finish_a_request_in_time_is_shown_out(
    hasty: HttpServer, head: bytes
) -> None:
    begun = time.perf_counter()
    with socket.create_connection(("127.0.0.1", hasty.port)) as silent:
        silent.sendall(head)
        silent.settimeout(0.05)
        answer = None
        while answer is None:
            assert time.perf_counter() - begun < 3.0
            with contextlib.suppress(TimeoutError):
                silent.sendall(b"a" if head else b"")  # a byte now and then buys no time
                answer = silent.recv(1000)
    assert answer == b""


def test_the_crowd_is_bounded_and_a_place_that_is_free_again_is_given(server: HttpServer) -> None:
    crowd = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(MAX_CONNECTIONS)]
    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as late:
        assert late.recv(1000).startswith(b"HTTP/1.1 503")
        assert late.recv(1000) == b""
    for one in crowd:
        one.close()
    until(lambda: _status(server.port) == 200)


def _status(port: int) -> int:
    with contextlib.suppress(ConnectionError):
        return get(port)[0]
    return 0


def test_a_plain_answer_ends_its_connection_so_that_nobody_waits_in_line(
    server: HttpServer,
) -> None:
    request = f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n\r\n".encode()
    with socket.create_connection(("127.0.0.1", server.port), timeout=2) as greedy:
        greedy.sendall(request)
        heard = b""
        while more := greedy.recv(10_000):
            heard += more
    assert heard.count(b"200 OK") == 1


POURED_BYTES = 40_000_000  # more than the system keeps for a socket


async def _pour(client) -> None:
    while await client.send(bytes(POURED_BYTES)):
        pass


def _rest(deaf: socket.socket) -> int:
    """Count what comes yet to one who hears again; one who was cut off misses the most of it."""
    count = 0
    while heard := deaf.recv(1_000_000):
        count += len(heard)
    return count


def test_a_client_that_reads_nothing_loses_its_place(hasty: HttpServer) -> None:
    hasty.add_websocket("/pour", _pour, max_clients=1)
    with socket.create_connection(("127.0.0.1", hasty.port), timeout=5) as deaf:
        deaf.sendall(handshake(hasty.port, "/pour"))
        until(lambda: len(hasty._clients) == 1)
        until(lambda: not hasty._clients)
        assert _rest(deaf) < POURED_BYTES


def test_a_path_that_goes_takes_a_client_along_that_reads_nothing(server: HttpServer) -> None:
    server.add_websocket("/pour", _pour, max_clients=1)
    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as deaf:
        deaf.sendall(handshake(server.port, "/pour"))
        until(lambda: len(server._clients) == 1)
        assert deaf.recv(1, socket.MSG_PEEK)
        server.remove("/pour")
        until(lambda: not server._clients)
        assert _rest(deaf) < POURED_BYTES


def test_of_many_who_come_at_once_no_more_are_let_in_than_there_are_places(
    server: HttpServer,
) -> None:
    async def wait(client) -> None:
        await client.receive()

    async def rush() -> list[object]:
        async with aiohttp.ClientSession() as session:
            tries = [session.ws_connect(server.url + "wait") for _ in range(20)]
            return await asyncio.gather(*tries, return_exceptions=True)

    server.add_websocket("/wait", wait, max_clients=3)
    outcomes = asyncio.run(rush())
    assert sum(isinstance(o, aiohttp.ClientWebSocketResponse) for o in outcomes) == 3


def test_strangers_write_nothing_on_the_terminal(
    server: HttpServer, caplog: pytest.LogCaptureFixture
) -> None:
    async def wait(client) -> None:
        await client.receive()

    server.add_websocket("/wait", wait, max_clients=4)
    hello = handshake(server.port, "/wait")
    gc.collect()  # what other tests left would speak up when it goes
    with caplog.at_level(logging.INFO):
        for rude in (
            b"\x00\xff" * 2000 + b"\r\n\r\n",
            b"GET / HTTP/9.9\r\n\r\n",
            b"GET /" + b"a" * 20_000 + b"\r\n\r\n",
            b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: x\r\n\r\n",
            b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\n\r\n",
            hello + b"\xff" * 100,  # no WebSocket frame
            hello[:-2],
        ):
            with socket.create_connection(("127.0.0.1", server.port), timeout=5) as stranger:
                stranger.sendall(rude)
                with contextlib.suppress(ConnectionError):
                    if not rude.startswith(hello[:-2]) or rude.endswith(b"\xff"):
                        stranger.recv(1000)
        assert get(server.port)[0] == 200
    server.stop()
    assert caplog.records == []


def test_a_fault_of_ours_is_said_once_in_one_line_and_the_server_lives_on(
    server: HttpServer, caplog: pytest.LogCaptureFixture
) -> None:
    server.add_page("/broken", "text/plain", lambda: bytes(1 // 0))
    with caplog.at_level(logging.WARNING):
        assert [get(server.port, "/broken")[0] for _ in range(3)] == [500] * 3
    (record,) = caplog.records
    assert (
        record.getMessage()
        == "/broken failed: ZeroDivisionError: integer division or modulo by zero"
    )
    assert not record.exc_info
    assert get(server.port)[0] == 200
