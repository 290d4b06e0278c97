"""How a show speaks in a terminal: sentences that stay, and one status line that changes."""

from __future__ import annotations

import contextlib
import shutil
import threading
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from vtuber.shows.live import Status


class TerminalVoice:
    """Writes to one stream, from any thread. The status line is for terminals only.

    A reader that goes away (a closed terminal, `| head`) does not end the show.
    """

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self._is_terminal = stream.isatty()
        self._has_status = False
        self._lock = threading.Lock()

    def say(self, sentence: str) -> None:
        """Print one sentence; an address stands out on a terminal."""
        if "http://" in sentence:
            sentence = f"\n    {self._bold(sentence)}\n"
        self._write(sentence + "\n")

    def status(self, status: Status) -> None:
        """Renew the status line."""
        if not self._is_terminal:
            return
        face = "face found" if status.is_found else "no face"
        faces = f"tracker {status.track_hz:4.1f}/s  {face}  latency {status.latency_ms:3.0f} ms"
        if status.is_found and not status.track_hz:
            faces = "built-in performance"
        text = (
            f"{status.fps:5.1f} fps  late {status.late_beats}  {faces}  "
            f"drawing {status.draws_ms:4.1f} ms"
        )
        columns = max(20, shutil.get_terminal_size().columns)
        self._write(text[: columns - 1], is_status=True)

    def end(self) -> None:
        """Leave the terminal with nothing half-written."""
        self._write("")

    def _write(self, text: str, *, is_status: bool = False) -> None:
        with self._lock, contextlib.suppress(OSError, ValueError):  # gone, or closed
            wipe = "\r\x1b[K" if self._has_status else ""
            self._has_status = is_status
            self._stream.write(wipe + text)
            self._stream.flush()

    def _bold(self, text: str) -> str:
        return f"\x1b[1m{text}\x1b[0m" if self._is_terminal else text
