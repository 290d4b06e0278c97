"""The server over real sockets: addresses, strangers, routes that come and go, its end."""

import asyncio
import contextlib
import http.client
import socket
import time
from collections.abc import Iterator

import aiohttp
import pytest

from vtuber.core.errors import UserError
from vtuber.runtime.http import DEFAULT_PORT, HttpServer, HttpServers


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


def get(port: int, path: str = "/", method: str = "GET", **headers: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, headers=named)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, body


def test_pages_answer_and_nothing_else_does(server: HttpServer) -> None:
    assert get(server.port) == (200, b"hello")
    assert get(server.port, "/other")[0] == 404
    assert get(server.port, method="POST")[0] == 405


def test_a_page_may_come_after_the_start_and_go_again(server: HttpServer) -> None:
    server.add_page("/late", "text/plain", lambda: b"late")
    assert get(server.port, "/late") == (200, b"late")
    server.remove("/late")
    assert get(server.port, "/late")[0] == 404


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


def test_it_stops_within_a_second_with_clients_that_never_let_go_and_frees_the_port(
    server: HttpServer,
) -> None:
    async def wait(client) -> None:
        await client.receive()

    server.add_websocket("/wait", wait, max_clients=4)
    idle = socket.create_connection(("127.0.0.1", server.port))
    held = socket.create_connection(("127.0.0.1", server.port))
    held.sendall(
        f"GET /wait HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n".encode()
    )
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
