"""A TCP port whose readers each get the newest message, whole, at their own pace.

The law: whoever offers a message never waits for a reader. Each reader has a thread, which holds at
most the message that is being sent and the newest one; the kernel holds what fits into its buffers.
Readers only read: one that says anything (a browser, a scanner) is sent away, and so no web site
that makes the browser ask this port can see a picture.
"""

from __future__ import annotations

import contextlib
import selectors
import socket
import threading
import time

from vtuber.runtime.listen import listen
from vtuber.runtime.mailbox import Mailbox

Message = tuple[bytes | memoryview, ...]

# Of the kernel's buffer on our side. A picture of 1280x720 costs 0.44 ms of CPU time to send so,
# 0.66 with the system's own choice, and no less with 4 MB; a reader that is slow lags by less.
# Rows in parts with shared zeros between them cost twice as much, one by one.
BUFFER_BYTES = 212_992
_MORE = getattr(socket, "MSG_MORE", 0)  # Linux: a head of 40 bytes gets no packet of its own
STALLED_NS = 1_000_000_000  # for one that takes a message this long nothing is made
GIVE_UP_NS = 30_000_000_000  # then its place is free for another
JOIN_S = 0.5


class Feed:
    """One port. All methods are called from one thread; what is only looked at, from any."""

    def __init__(self, host: str, port: int, greeting: bytes, most_readers: int) -> None:
        """Listen. Raises UserError when the address cannot be had."""
        self._listener = listen(host, port)
        self._listener.setblocking(False)
        self._greeting, self._most = greeting, most_readers
        self._readers: list[_Reader] = []
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._changed_ns: int | None = None  # when somebody came or went, or was first looked for
        self.url = f"tcp://{host}:{self._listener.getsockname()[1]}"

    @property
    def readers(self) -> int:
        """How many are connected, as far as is known."""
        return len(self._readers)

    def steady_s(self) -> float:
        """Say for how long nobody has come or gone; 0 as long as nobody was let in."""
        changed_ns = self._changed_ns
        return 0.0 if changed_ns is None else (time.perf_counter_ns() - changed_ns) / 1e9

    def admit(self) -> bool:
        """Let in who has come, forget who has gone; tell whether anybody has time for a message."""
        ready = self._selector.select(0)
        if ready or self._changed_ns is None:
            self._changed_ns = time.perf_counter_ns()
        for key, _ in ready:
            if key.data is None:
                self._let_in()
            else:
                self._drop(key.data)
        return any(reader.waited_ns() < STALLED_NS for reader in self._readers)

    def offer(self, *message: bytes | memoryview) -> None:
        """Give a message to all who have time for it, in place of one that they have not begun."""
        for reader in self._readers:
            if reader.waited_ns() < STALLED_NS:
                reader.newest.put(message)

    def close(self) -> None:
        """Send everybody away and free the port. May be called twice."""
        self._changed_ns = None
        for reader in tuple(self._readers):
            self._drop(reader)
        self._selector.close()
        self._listener.close()

    def _let_in(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:  # nobody else; or no sockets are left, and they wait until there are
                return
            if len(self._readers) >= self._most:
                self._make_room()
            if len(self._readers) >= self._most:
                connection.close()
                continue
            reader = _Reader(connection, self._greeting)
            self._readers.append(reader)
            self._selector.register(connection, selectors.EVENT_READ, reader)

    def _make_room(self) -> None:
        slowest = max(self._readers, key=_Reader.waited_ns)
        if slowest.waited_ns() > GIVE_UP_NS:
            self._drop(slowest)

    def _drop(self, reader: _Reader) -> None:
        self._readers.remove(reader)
        self._selector.unregister(reader.connection)
        reader.end()


class _Reader:
    """One connection and the thread that feeds it."""

    def __init__(self, connection: socket.socket, greeting: bytes) -> None:
        self.connection = connection
        self.newest: Mailbox[Message] = Mailbox()
        self._greeting = greeting
        self._begun_ns: int | None = None
        self._thread = threading.Thread(target=self._run, name="feed", daemon=True)
        connection.setblocking(True)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BUFFER_BYTES)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
        self._thread.start()

    def waited_ns(self) -> int:
        """For how long it has been taking the message that it is being sent; 0 when none is."""
        begun_ns = self._begun_ns
        return 0 if begun_ns is None else time.perf_counter_ns() - begun_ns

    def _run(self) -> None:
        """Send until it has gone; who owns the connection notices that by itself."""
        try:
            self.connection.sendall(self._greeting)
            while (message := self.newest.take(None)) is not None:
                self._begun_ns = time.perf_counter_ns()
                *heads, last = message
                for part in heads:
                    self.connection.sendall(part, _MORE)
                self.connection.sendall(last)  # releases the GIL; one call of the kernel
                self._begun_ns = None
                del message, last  # the picture need not live until the next comes
        except OSError:
            return

    def end(self) -> None:
        self.newest.close()
        with contextlib.suppress(OSError):  # the other end was quicker
            self.connection.shutdown(socket.SHUT_RDWR)  # wakes the thread that sends
        self._thread.join(JOIN_S)
        self.connection.close()
