"""The show's own socket: lines of commands in, a line of what came of each out.

    expression joy        ->  ok
    expression nosuch     ->  no default has no expression 'nosuch'; choose one of: ...

A Unix socket in a folder that only its owner may enter; where there is none (Windows), a port of
127.0.0.1 whose first line must be the token in a file that only its owner may read.
"""

from __future__ import annotations

import contextlib
import hmac
import os
import secrets
import selectors
import socket
from collections import deque
from dataclasses import replace
from pathlib import Path

from vtuber.control import places
from vtuber.control.asking import Answer, Ask
from vtuber.control.places import Place
from vtuber.core.errors import UserError
from vtuber.core.ports import StopEvent

LONGEST_LINE = 40_000  # bytes: a line to say may have 10,000 characters
MOST_CLIENTS = 16
LOOK_S = 0.1  # between looks at whether to stop, and at answers
LAST_WORD_S = 0.3  # for answers that come while the show ends


class Doorway:
    """The job of one thread. Each line is answered before the next of its client is read."""

    def __init__(
        self, ask: Ask, name: str, folder: Path | None = None, *, unix: bool = places.HAS_UNIX
    ) -> None:
        self._ask, self._folder = ask, folder or places.default_folder()
        self._is_unix = unix
        self._place = Place(os.getpid(), name, token="" if unix else secrets.token_urlsafe(24))
        self._listener: socket.socket | None = None
        self._selector = selectors.DefaultSelector()
        self._bell, self._ear = socket.socketpair()
        self._clients: list[_Client] = []
        self._answers: deque[tuple[_Client, Answer]] = deque()
        self.asked = 0

    def open(self, page: str = "") -> None:
        """Listen, and say where: `page` is the control page's address. Raises UserError."""
        folder = places.private(self._folder)
        places.shows(folder)  # what dead shows left is removed
        places.forget(folder, self._place.pid)
        try:
            listener = self._listen()
        except OSError as error:
            reason = error.strerror or str(error)
            raise UserError(f"cannot listen in {folder}: {reason}; set control.socket = false, "
                            "or XDG_RUNTIME_DIR to a shorter path") from error  # fmt: skip
        listener.setblocking(False)
        port = 0 if self._is_unix else listener.getsockname()[1]
        self._place = replace(self._place, port=port, page=page)
        for each in (self._bell, self._ear):
            each.setblocking(False)
        self._selector.register(listener, selectors.EVENT_READ)
        self._selector.register(self._ear, selectors.EVENT_READ)
        self._listener = listener
        places.write(folder, self._place)

    def _listen(self) -> socket.socket:
        if not self._is_unix:
            return socket.create_server(("127.0.0.1", 0), backlog=MOST_CLIENTS)
        path = str(places.socket_path(self._folder, self._place.pid))
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            listener.bind(path)
            os.chmod(path, 0o600)  # until now the folder kept others out
            listener.listen(MOST_CLIENTS)
        except OSError:
            listener.close()
            raise
        return listener

    def run(self, stop: StopEvent) -> None:
        """Serve until asked to stop: a job for a Worker. It is opened before, and closed after."""
        while not stop.is_set():
            self._serve(LOOK_S)
        self._serve(LAST_WORD_S if self._clients else 0.0)

    def _serve(self, wait_s: float) -> None:
        for key, _ in self._selector.select(wait_s):
            if key.fileobj is self._listener:
                self._let_in()
            elif key.fileobj is self._ear:
                with contextlib.suppress(BlockingIOError):
                    self._ear.recv(4096)
            else:
                self._read(key.data)
        while self._answers:
            client, answer = self._answers.popleft()
            client.waits = False
            self._tell(client, answer)
            self._obey_next(client)

    def _let_in(self) -> None:
        assert self._listener is not None
        try:
            line, _ = self._listener.accept()
        except OSError:  # it has gone again, or no file handle is left
            return
        if len(self._clients) >= MOST_CLIENTS:
            line.close()
            return
        line.setblocking(False)
        client = _Client(line, is_known=not self._place.token)
        self._clients.append(client)
        self._selector.register(line, selectors.EVENT_READ, client)

    def _read(self, client: _Client) -> None:
        try:
            data = client.line.recv(65536)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        client.text += data
        if not data:  # what it has asked for before is done all the same
            client.has_ended = True
            self._selector.unregister(client.line)
            self._obey_next(client)
            return
        self._obey_next(client)
        if len(client.text) > LONGEST_LINE:  # of one line, or of those that wait behind one
            self._tell(client, Answer(False, f"send at most {LONGEST_LINE:,} bytes at once"))
            self._drop(client)

    def _obey_next(self, client: _Client) -> None:
        """Ask for the next whole line of a client that does not wait for an answer."""
        while not client.waits and b"\n" in client.text:
            line, _, client.text = client.text.partition(b"\n")
            if not client.is_known:
                client.is_known = hmac.compare_digest(line.strip(), self._place.token.encode())
                if not client.is_known:
                    self._drop(client)
                    return
            elif line.strip():
                client.waits = True
                self.asked += 1
                self._ask(line.decode(errors="replace"), lambda a: self._answered(client, a))
        if client.has_ended and not client.waits:
            self._drop(client)

    def _answered(self, client: _Client, answer: Answer) -> None:
        """Take an answer from the beat's thread, and wake our own."""
        self._answers.append((client, answer))
        with contextlib.suppress(OSError):  # full: it wakes anyway; closed: nobody is there
            self._bell.send(b"!")

    def _tell(self, client: _Client, answer: Answer) -> None:
        words = f"{'ok' if answer.is_done else 'no'} {' '.join(answer.said.split())}".strip()
        with contextlib.suppress(OSError):  # who does not read has no answer
            client.line.send(words.encode()[:LONGEST_LINE] + b"\n")

    def _drop(self, client: _Client) -> None:
        with contextlib.suppress(KeyError, ValueError):  # it has gone already
            self._selector.unregister(client.line)
        client.line.close()
        client.text = b""
        if client in self._clients:
            self._clients.remove(client)

    def close(self) -> None:
        """Hang up, and remove what is in the folder. May be called twice."""
        if self._listener is None:
            return
        for client in self._clients[:]:
            self._drop(client)
        self._selector.close()
        for each in (self._listener, self._bell, self._ear):
            each.close()
        self._listener = None
        places.forget(self._folder, self._place.pid)


class _Client:
    """Somebody who is connected, and what they have sent and was not obeyed."""

    def __init__(self, line: socket.socket, is_known: bool) -> None:
        self.line, self.is_known = line, is_known
        self.text = b""
        self.waits = False  # for an answer
        self.has_ended = False
