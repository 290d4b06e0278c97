"""The camera that nobody named: the first one that opens, else the built-in performance."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from vtuber.core.command import CalibrationName
from vtuber.core.errors import UserError
from vtuber.core.face import Face
from vtuber.core.frame import Frame
from vtuber.shows.faces.intake import Intake, Performance
from vtuber.shows.watch import Watched

if TYPE_CHECKING:
    from vtuber.capture.camera import Camera

SHUT = "does not open: close other programs that use it"


class AnyCamera:
    """An `Intake` that is chosen when it opens: a camera in use is no reason to play nothing."""

    def __init__(
        self,
        list_cameras: Callable[[], Sequence[Camera]],
        track: Callable[[Camera], Intake],
        *,
        must_be_there: bool,  # somebody wants their own face, not the performance
    ) -> None:
        self._list_cameras, self._track = list_cameras, track
        self._must_be_there = must_be_there
        self._chosen: Intake = Performance("")
        self.greeting = ""

    def open(self) -> None:
        """Choose, and say what was chosen and what was left out. Raises UserError without any."""
        from vtuber.capture.camera import CameraShut

        shut: list[Camera] = []
        for camera in self._list_cameras():
            if camera.problem:
                shut.append(camera)
                continue
            self._chosen = self._track(camera)
            try:
                self._chosen.open()
            except CameraShut:
                self._chosen.close()
                shut.append(dataclasses.replace(camera, problem=SHUT))
            else:
                self.greeting = f"camera {camera}" + (f", not {_listed(shut)}" if shut else "")
                return
        trouble = f"no camera ({_listed(shut)})" if shut else "no camera"
        if self._must_be_there:
            raise UserError(f"--record-faces needs a camera or --video; there is {trouble}")
        self.greeting = (
            f"{trouble}: a built-in performance plays; give --camera or --video for yourself"
        )
        self._chosen = Performance(self.greeting)

    @property
    def watched(self) -> tuple[Watched, ...]:
        return self._chosen.watched

    @property
    def frames(self) -> int:
        return self._chosen.frames

    @property
    def found(self) -> int:
        return self._chosen.found

    def wait_until_ready(self, stop: threading.Event) -> None:
        self._chosen.wait_until_ready(stop)

    @property
    def is_ready(self) -> bool:
        return self._chosen.is_ready

    def face(self, now_ns: int, performer: int = 1) -> Face | None:
        return self._chosen.face(now_ns, performer)

    @property
    def has_ended(self) -> bool:
        return self._chosen.has_ended

    def calibrate(self, what: CalibrationName, performer: int = 1) -> None:
        self._chosen.calibrate(what, performer)

    def looked(self) -> tuple[Frame, Sequence[Face]] | None:
        return self._chosen.looked()

    def close(self) -> None:
        self._chosen.close()


def _listed(cameras: list[Camera]) -> str:
    return ", ".join(str(camera) for camera in cameras)
