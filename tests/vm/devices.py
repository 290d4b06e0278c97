"""What the checks do to real V4L2 devices: ask, unplug, feed, watch. Runs in the guest only."""

from __future__ import annotations

import fcntl
import os
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from vtuber import v4l2
from vtuber.output.virtualcam import release

VIVID = "/dev/video0"  # a webcam that shows colour bars and can be unplugged
FED = "/dev/video20"  # a virtual camera that the checks feed: a webcam with a face
FED_TOO = "/dev/video23"  # another of the same name
VIRTUAL = "/dev/video21"  # the virtual camera of the show, exclusive_caps=1
PLAIN = "/dev/video22"  # the same with exclusive_caps=0
CAPTURE, OUTPUT = v4l2.CAPTURE, v4l2.OUTPUT
_QUERYCTRL, _S_CTRL = 0xC0445624, 0xC008561C  # <linux/videodev2.h>
_NEXT_CONTROL = 0x80000000


def offers(device: str) -> int:
    """Give the CAPTURE and OUTPUT bits of a device."""
    node = v4l2.ask(device)
    assert node is not None, f"{device} does not answer"
    return node.abilities & (CAPTURE | OUTPUT)


@contextmanager
def opened(device: str) -> Iterator[int]:
    node = os.open(device, os.O_RDWR | os.O_NONBLOCK)
    try:
        yield node
    finally:
        os.close(node)


def unplug(node: int) -> None:
    """Act a pulled cable on an open vivid; it plugs itself in again when everybody let go."""
    number = 0
    while True:
        about = bytearray(struct.pack("I", number | _NEXT_CONTROL).ljust(68, b"\0"))
        fcntl.ioctl(node, _QUERYCTRL, about)  # OSError after the last: there is no Disconnect
        number = struct.unpack_from("I", about)[0]
        if about[8:40].split(b"\0")[0] == b"Disconnect":
            break
    fcntl.ioctl(node, _S_CTRL, bytearray(struct.pack("Ii", number, 1)))


def wait_for(what: Callable[[], bool], within_s: float) -> bool:
    """Wait until something is so; False when it is not within that time."""
    end_s = time.monotonic() + within_s
    while not (is_so := what()) and time.monotonic() < end_s:
        time.sleep(0.02)
    return is_so


@contextmanager
def fed(device: str, fourcc: str, fps: float, pictures: list[Path]) -> Iterator[subprocess.Popen]:
    """Show pictures in turn on a v4l2loopback device, from a process of its own."""
    feeder = Path(os.environ["VTUBER_VM"]) / "feed_webcam.py"
    command = [sys.executable, str(feeder), device, fourcc, str(fps), *map(str, pictures)]
    process = subprocess.Popen(command)
    try:
        assert wait_for(lambda: offers(device) == CAPTURE, 20), "the webcam does not start"
        yield process
    finally:
        process.kill()
        process.wait()
        release(device, was_ours=True)
        offers(device)  # 0.12.7 lets itself be written to again only after somebody has asked


def as_nobody(imports: str, code: str) -> subprocess.CompletedProcess[str]:
    """Run code in another process as a user without rights; imports come while it may read all."""
    drop = "import os; os.setgroups([]); os.setgid(65534); os.setuid(65534)"
    command = [sys.executable, "-c", f"import cv2, pyvirtualcam\n{imports}\n{drop}\n{code}"]
    return subprocess.run(command, capture_output=True, text=True)


class Viewer:
    """A second process that watches a camera as OBS or a browser would; `with` ends it."""

    def __init__(self, device: str, seconds: float, folder: Path) -> None:
        self._kept, self._sees = folder / "seen.npz", folder / "sees"
        self._sees.unlink(missing_ok=True)
        script = str(Path(__file__).with_name("viewer.py"))
        words = [device, str(seconds), str(self._kept), str(self._sees)]
        self.process = subprocess.Popen([sys.executable, script, *words])

    def __enter__(self) -> Viewer:
        return self

    def __exit__(self, *error: object) -> None:
        self.process.kill()
        self.process.wait()

    def sees(self) -> bool:
        return self._sees.exists()

    def has_ended(self) -> bool:
        return self.process.poll() is not None

    def seen(self) -> tuple[np.ndarray, np.ndarray]:
        """Wait for its end; give the RGB pictures it saw and when, in seconds."""
        assert self.process.wait(60) == 0
        with np.load(self._kept) as kept:
            return kept["pictures"], kept["times_s"]
