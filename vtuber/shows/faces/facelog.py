"""Faces in, a recording for `--replay` out, which gets its name when the show has ended."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO

from vtuber.core.face import Face
from vtuber.shows.files import file_of, open_part, part_of
from vtuber.track.facelog import FaceLogWriter


class FaceLog:
    """A recording of faces that grows as `NAME.part`; a full disk ends it, and not the show."""

    def __init__(self, path: Path, say: Callable[[str], None]) -> None:
        self._path, self._say = path, say
        self._file: IO[str] | None = None
        self._faces = 0
        self._lock = threading.Lock()

    def open(self) -> None:
        """Begin. Raises UserError where nothing can be written."""
        self._path = file_of(self._path)
        self._file = open_part(self._path)
        self._writer = FaceLogWriter(self._file)

    def write(self, face: Face) -> None:
        """Add one face; nothing happens after the end."""
        with self._lock:
            if self._file is None:
                return
            try:
                self._writer.write(face)
                self._faces += 1
            except OSError as error:
                self._fail(self._file, error)

    def close(self) -> None:
        """Give the recording its name; one that holds nothing leaves no file."""
        with self._lock:
            file = self._file
            if file is None:
                return
            part = part_of(self._path)
            try:
                file.close()
                if self._faces:
                    os.replace(part, self._path)
                else:
                    part.unlink()
            except OSError as error:
                self._fail(file, error)
            self._file = None

    def _fail(self, file: IO[str], error: OSError) -> None:
        self._file = None
        with contextlib.suppress(OSError):  # what is still in its buffer fails as well
            file.close()
        self._say(
            f"recording faces to {self._path} stopped: {error.strerror or error}; "
            f"what was recorded so far is in {part_of(self._path)}"
        )
