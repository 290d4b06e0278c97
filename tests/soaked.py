"""The show of `tests/soak.py`: `vtuber run`, with a clip that is unplugged and a tracker that dies.

    python tests/soaked.py FOLDER WORDS...

Only at the rim is anything else than what a user runs: the clip sets the pace as a camera does, and
is gone while FOLDER/unplugged exists; the tracker ends by an error at FOLDER/killed, and hangs from
FOLDER/hung on as long as FOLDER/hanging exists (one tracker: the next does not); the OpenGL context
is destroyed at FOLDER/lost; the clocks jump at FOLDER/jumped. It writes when it looked at a face
last into FOLDER/looked, and at FOLDER/count how many objects OpenGL holds into FOLDER/objects.
"""

from __future__ import annotations

import ctypes
import os
import struct
import sys
import time
from pathlib import Path

from tests.contexts import lose
from tests.soakfaults import JUMP_S
from vtuber.capture import video
from vtuber.cli.main import run
from vtuber.core.errors import DeviceLost, UserError
from vtuber.core.face import Face
from vtuber.core.frame import Frame
from vtuber.core.picture import Picture
from vtuber.core.scene import Scene, WarpField
from vtuber.render import renderer
from vtuber.render.context import _gl
from vtuber.runtime.clock import SystemClock
from vtuber.track.trackers import mediapipe

KINDS = ("Texture", "Buffer", "VertexArray", "Framebuffer", "Renderbuffer", "Program")
MOST_NAMES = 20_000  # 0.1 s


def main() -> int:
    """Put the faults where devices are, and run the words."""
    folder, *words = sys.argv[1:]
    names = ("unplugged", "killed", "hung", "hanging", "lost", "count", "objects", "jumped")
    unplugged, killed, hung, hanging, lost, count, objects, jumped = (
        Path(folder) / name for name in names
    )
    looked = os.open(Path(folder) / "looked", os.O_RDWR | os.O_CREAT)

    class Unplugged(video.Capture):
        is_live = True

        def open(self) -> None:
            if unplugged.exists():
                raise UserError("no camera: it was unplugged")
            super().open()

        def read(self) -> Frame:
            if unplugged.exists():
                raise DeviceLost("the camera was unplugged")
            return super().read()

    class Mortal(mediapipe.Tracker):
        def find(self, frame: Frame) -> Face:
            if killed.exists():
                killed.unlink()
                raise RuntimeError("killed by the soak test")
            if hung.exists():
                hung.rename(hanging)
                while hanging.exists():
                    time.sleep(0.01)
            face = super().find(frame)
            os.pwrite(looked, struct.pack("q", time.perf_counter_ns()), 0)
            return face

    class Resettable(renderer.GlRenderer):
        def draw(self, scene: Scene, fields: tuple[WarpField, ...]) -> Picture:
            if lost.exists():
                lost.unlink()
                lose(self._context)
            if count.exists():
                with self._context:
                    objects.write_text(str(held()))
                count.unlink()
            return super().draw(scene, fields)

    jump(jumped)
    renderer.GlRenderer = Resettable  # type: ignore[misc]
    video.Capture = Unplugged  # type: ignore[misc]
    mediapipe.Tracker = Mortal  # type: ignore[misc]
    return run(words)


def held() -> int:
    """Count what OpenGL itself holds, by the names that it knows; it gives freed ones out again."""
    found = 0
    for kind in KINDS:
        is_there = getattr(_gl(), f"glIs{kind}")
        is_there.restype = ctypes.c_ubyte  # GLboolean
        found += sum(is_there(name) for name in range(1, MOST_NAMES))
    return found


def jump(asked: Path) -> None:
    """Let the show's clock be JUMP_S ahead whenever it is asked for, and the day an hour back.

    A show's clock jumps where it counts the time for which a lid was shut, or a machine was moved.
    """
    ahead_ns, back_s, time_of_day = [0], [0.0], time.time

    def now_ns(self: SystemClock) -> int:
        if asked.exists():
            asked.unlink(missing_ok=True)
            ahead_ns[0] += round(JUMP_S * 1e9)
            back_s[0] += 3600.0
        return time.perf_counter_ns() + ahead_ns[0]

    def sleep_until(self: SystemClock, deadline_ns: int) -> None:
        time.sleep(max(0.0, (deadline_ns - self.now_ns()) / 1e9))

    SystemClock.now_ns, SystemClock.sleep_until = now_ns, sleep_until  # type: ignore[method-assign]
    time.time = lambda: time_of_day() - back_s[0]


if __name__ == "__main__":
    sys.exit(main())
