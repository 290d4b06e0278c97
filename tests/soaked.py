"""The show of `tests/soak.py`: `vtuber run`, with a clip that is unplugged and a tracker that dies.

    python tests/soaked.py FOLDER WORDS...

Only at the rim is anything else than what a user runs: the clip sets the pace as a camera does, and
is gone while FOLDER/unplugged exists; the tracker ends by an error at FOLDER/killed, once, and
stands still while FOLDER/hung exists. It writes when it looked at a face last into FOLDER/looked.
"""

from __future__ import annotations

import os
import struct
import sys
import time
from pathlib import Path

from vtuber.capture import video
from vtuber.cli.main import run
from vtuber.core.errors import DeviceLost, UserError
from vtuber.core.face import Face
from vtuber.core.frame import Frame
from vtuber.track.trackers import mediapipe


def main() -> int:
    """Put the faults where devices are, and run the words."""
    folder, *words = sys.argv[1:]
    unplugged, killed, hung = (Path(folder) / name for name in ("unplugged", "killed", "hung"))
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
            while hung.exists():
                time.sleep(0.01)
            face = super().find(frame)
            os.pwrite(looked, struct.pack("q", time.perf_counter_ns()), 0)
            return face

    video.Capture = Unplugged  # type: ignore[misc]
    mediapipe.Tracker = Mortal  # type: ignore[misc]
    return run(words)


if __name__ == "__main__":
    sys.exit(main())
