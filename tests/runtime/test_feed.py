"""Readers of a port: each its own pace, whole messages, the newest; and whoever else connects."""

import contextlib
import socket
import threading
import time
import weakref
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from vtuber.core.errors import UserError
from vtuber.runtime import feed as feed_module
from vtuber.runtime.feed import Feed

SIZE = 4_000_000  # more than the kernel holds for one connection unless it is read


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@pytest.fixture
def feed(port: int) -> Iterator[Feed]:
    feed = Feed("127.0.0.1", port, b"hello", 4)
    yield feed
    feed.close()


def connected(feed: Feed) -> socket.socket:
    """Connect and be let in."""
    before, address = feed.readers, ("127.0.0.1", int(feed.url.rsplit(":", 1)[1]))
    client = socket.create_connection(address, timeout=5)
    until(lambda: feed.admit() and feed.readers == before + 1)
    return client


def until(is_so: Callable[[], bool]) -> None:
    end_s = time.monotonic() + 30
    while not is_so():
        assert time.monotonic() < end_s
        threading.Event().wait(0.002)


def read(client: socket.socket, count: int) -> bytes:
    got = bytearray()
    while len(got) < count:
        data = client.recv(count - len(got))
        assert data, f"it ended after {len(got)} bytes"
        got += data
    return bytes(got)


def of(number: int) -> bytes:
    return bytes([number]) * SIZE


def is_idle(feed: Feed) -> bool:
    return not any(reader.waited_ns() for reader in feed._readers)


def test_a_reader_gets_the_greeting_then_each_message_whole_and_in_parts(feed: Feed) -> None:
    with connected(feed) as client:
        assert read(client, 5) == b"hello"
        for number in (1, 2, 3):
            feed.offer(b"<", memoryview(of(number)), b">")
            assert read(client, SIZE + 2) == b"<" + of(number) + b">"


def test_a_reader_that_stops_gets_the_newest_when_it_goes_on_and_nothing_in_between(
    feed: Feed,
) -> None:
    with connected(feed) as client:
        feed.offer(of(1))
        until(lambda: not is_idle(feed))
        for number in range(2, 10):
            feed.admit()
            feed.offer(of(number))
        seen = read(client, 5 + 2 * SIZE)[5:]
        assert {seen[:SIZE], seen[SIZE:]} == {of(1), of(9)}


def test_who_offers_never_waits_and_other_readers_lose_nothing_beside_one_that_stopped(
    feed: Feed,
) -> None:
    with connected(feed), connected(feed) as awake:
        read(awake, 5)
        for number in range(20):
            begin_s = time.thread_time()
            feed.admit()
            feed.offer(of(number))
            assert time.thread_time() - begin_s < 0.05
            assert read(awake, SIZE) == of(number)


def test_nothing_is_wanted_when_nobody_reads_or_all_have_stopped(
    feed: Feed, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not feed.admit()
    with connected(feed) as client:
        assert feed.admit()
        monkeypatch.setattr(feed_module, "STALLED_NS", 20_000_000)
        feed.offer(of(1))
        until(lambda: not feed.admit())
        read(client, 5 + SIZE)
        until(feed.admit)


def test_it_is_steady_since_somebody_came_or_went_and_not_before_it_let_anybody_in(
    feed: Feed,
) -> None:
    def is_counted_from(change: Callable[[], object]) -> None:
        begin_s = time.perf_counter()
        change()
        steady_s = feed.steady_s()
        until(lambda: feed.steady_s() > steady_s)
        assert feed.steady_s() <= time.perf_counter() - begin_s

    assert feed.steady_s() == 0.0
    is_counted_from(feed.admit)
    clients = []
    is_counted_from(lambda: clients.append(connected(feed)))
    until(lambda: feed.steady_s() > 0.01 and feed.admit())  # looking alone changes nothing
    clients.pop().close()
    is_counted_from(lambda: until(lambda: not feed.admit()))
    feed.close()
    assert feed.steady_s() == 0.0


def test_one_that_goes_is_forgotten_and_one_that_says_something_is_sent_away(feed: Feed) -> None:
    connected(feed).close()
    until(lambda: not feed.admit() and not feed.readers)
    with connected(feed) as browser:
        browser.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        until(lambda: not feed.admit() and not feed.readers)
        feed.offer(of(1))
        with contextlib.suppress(ConnectionResetError):
            assert read_all(browser) in (b"", b"hello")


def read_all(client: socket.socket) -> bytes:
    got = bytearray()
    while data := client.recv(65536):
        got += data
    return bytes(got)


def test_readers_are_bounded_and_the_place_of_one_that_sleeps_for_long_is_given_away(
    feed: Feed, monkeypatch: pytest.MonkeyPatch
) -> None:
    sleepers = [connected(feed) for _ in range(4)]
    feed.offer(of(1))
    until(lambda: all(reader.waited_ns() for reader in feed._readers))
    with socket.create_connection(sleepers[0].getpeername(), timeout=5) as late:
        until(lambda: not feed.admit() or late_has_ended(late))
        assert feed.readers == 4
    monkeypatch.setattr(feed_module, "GIVE_UP_NS", 0)
    with socket.create_connection(sleepers[0].getpeername(), timeout=5) as late:
        until(
            lambda: (
                feed.admit() and feed._readers[-1].connection.getpeername() == late.getsockname()
            )
        )
        assert feed.readers == 4
    for sleeper in sleepers:
        sleeper.close()


def late_has_ended(client: socket.socket) -> bool:
    client.setblocking(False)
    try:
        return client.recv(1) == b""
    except BlockingIOError:
        return False


def test_the_port_is_free_at_once_after_closing_also_while_somebody_is_being_sent_to(
    feed: Feed, port: int
) -> None:
    with connected(feed) as client:
        feed.offer(of(1))
        until(lambda: not is_idle(feed))
        feed.close()
        feed.close()
        with pytest.raises((ConnectionResetError, AssertionError)):
            read(client, 5 + SIZE)
        again = Feed("127.0.0.1", port, b"again", 4)
        with connected(again) as client:
            assert read(client, 5) == b"again"
        again.close()


def test_no_thread_and_no_socket_is_left(port: int) -> None:
    before = threading.active_count()
    feed = Feed("127.0.0.1", port, b"", 4)
    clients = [connected(feed) for _ in range(3)]
    assert threading.active_count() == before + 3
    feed.close()
    assert threading.active_count() == before
    for client in clients:
        client.close()


def test_a_taken_port_is_told_in_words(feed: Feed, port: int) -> None:
    with pytest.raises(UserError, match=f"cannot listen on 127.0.0.1 port {port}: .* in use"):
        Feed("127.0.0.1", port, b"", 4)


def test_a_message_is_let_go_when_it_was_sent(feed: Feed) -> None:
    with connected(feed) as client:
        pixels = np.zeros(SIZE, np.uint8)
        gone = weakref.ref(pixels)
        feed.offer(pixels.data)
        del pixels
        read(client, 5 + SIZE)
        until(lambda: gone() is None)
