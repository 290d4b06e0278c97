"""A recording of faces in, the same faces out at their own pace, instead of camera and tracker."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

from vtuber.core.errors import SourceEnded, UserError
from vtuber.core.face import Face
from vtuber.core.ports import Clock
from vtuber.track.facelog import read_faces

MOST_BYTES = 2_000_000_000  # 2.5 kB a face: seven hours at 30 fps


class Replay:
    """Gives recorded faces at their times, counted from `open()` on the given clock.

    `captured_ns` becomes that time, `sequence` counts on through the loops. Not paced: as fast as
    asked, the first face at the clock's time of `open()`.
    """

    is_live = False

    def __init__(
        self, path: str | Path, clock: Clock, loop: bool = False, paced: bool = True
    ) -> None:
        self._path, self._clock = Path(path), clock
        self._loops, self._is_paced = loop, paced
        self.name = self._path.name
        self._faces: Iterator[Face] | None = None
        self._start_ns = self._last_ns = self._step_ns = self._next_sequence = 0

    def open(self) -> None:
        """Check every line of the recording. Raises UserError that names the first wrong one."""
        if not self._path.is_file():
            raise UserError(f"no recording of faces at {self._path}; `vtuber track` makes one")
        if self._path.stat().st_size > MOST_BYTES:
            raise UserError(f"the recording {self._path} is larger than {MOST_BYTES:,} bytes")
        count, times_ns = 0, [0, 0]
        for face in read_faces(self._path):
            times_ns[min(count, 1)] = face.captured_ns
            count += 1
        if not count:
            raise UserError(f"the recording {self._path} holds no faces; `vtuber track` makes one")
        # What a loop waits after the last face: one step of the recording, never nothing.
        self._step_ns = max(1_000_000, (times_ns[1] - times_ns[0]) // max(1, count - 1))
        self._faces = read_faces(self._path)
        self._start_ns = self._last_ns = self._clock.now_ns()
        self._next_sequence = 0

    def read(self) -> Face:
        """Wait for the time of the next face and give it. Raises SourceEnded after the last."""
        assert self._faces is not None, "read() comes after open()"
        face = next(self._faces, None)
        if face is None:
            if not self._loops:
                raise SourceEnded(f"the recording {self.name} has ended")
            self._faces = read_faces(self._path)
            self._start_ns = self._last_ns + self._step_ns
            face = next(self._faces)
        captured_ns = self._start_ns + face.captured_ns
        if self._is_paced:
            self._clock.sleep_until(captured_ns)
        self._last_ns = captured_ns
        sequence, self._next_sequence = self._next_sequence, self._next_sequence + 1
        return dataclasses.replace(face, captured_ns=captured_ns, sequence=sequence)

    def close(self) -> None:
        self._faces = None
