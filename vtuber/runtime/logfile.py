"""What a show says and logs in, a file that rotates out.

LAW: nobody waits for the disk: a thread of its own writes, and what it is too slow for is left out.
"""

from __future__ import annotations

import contextlib
import logging
import queue
from collections.abc import Callable, Iterator
from logging.handlers import QueueHandler, QueueListener, RotatingFileHandler
from pathlib import Path

from vtuber.runtime.veil import veiled

BYTES, FILES = 1_000_000, 3  # vtuber.log, vtuber.log.1, vtuber.log.2
MOST_WAITING = 1_000
SAID = logging.getLogger("vtuber.said")


def default_path() -> Path:
    """Give the log file of this user."""
    from platformdirs import user_log_path

    return user_log_path("vtuber") / "vtuber.log"


@contextlib.contextmanager
def logged_to(path: Path) -> Iterator[Callable[[str], None]]:
    """Log to a file meanwhile; give what takes the sentences that the user is told.

    What other handlers show is as before. Raises OSError for a file that cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    file = _File(path, maxBytes=BYTES, backupCount=FILES - 1, encoding="utf-8")
    file.setFormatter(_Veiled("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    waiting: queue.Queue[logging.LogRecord] = queue.Queue(MOST_WAITING)
    listener, handler = QueueListener(waiting, file), _Queued(waiting)
    root, ours = logging.getLogger(), logging.getLogger("vtuber")
    before = [(shown, shown.level) for shown in root.handlers]
    levels = ours.level, SAID.level
    for shown, level in before:  # the file wants more than they do
        shown.setLevel(max(level, root.level))
    ours.setLevel(logging.INFO)
    SAID.setLevel(logging.INFO)
    SAID.propagate = False
    root.addHandler(handler)
    SAID.addHandler(handler)
    listener.start()
    try:
        yield _said
    finally:
        root.removeHandler(handler)
        SAID.removeHandler(handler)
        SAID.propagate = True
        ours.setLevel(levels[0])
        SAID.setLevel(levels[1])
        for shown, level in before:
            shown.setLevel(level)
        listener.stop()
        with contextlib.suppress(OSError):  # the disk is full: the log lacks its end, no more
            file.close()


def _said(sentence: str) -> None:
    SAID.info("%s", sentence)


class _Queued(QueueHandler):
    def enqueue(self, record: logging.LogRecord) -> None:
        with contextlib.suppress(queue.Full):
            self.queue.put_nowait(record)


class _File(RotatingFileHandler):
    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """A disk that is full has the show say so, not the log, at every line."""


class _Veiled(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return veiled(super().format(record))
