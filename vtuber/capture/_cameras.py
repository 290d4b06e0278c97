"""Which cameras this machine has: on Linux by asking its video devices, elsewhere by trying."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vtuber import v4l2
from vtuber.core.errors import UserError

PLATFORM: str = sys.platform
TIMEOUT_MS = 5000  # a camera that is silent for longer counts as gone
_PROBED = 6  # camera numbers tried where the system keeps no list that we can read


@dataclass(frozen=True, slots=True)
class Camera:
    """One camera that the system knows."""

    index: int
    name: str
    problem: str = ""  # why it cannot be used
    is_virtual: bool = False  # another program's pictures, by v4l2loopback

    def __str__(self) -> str:
        return f"{self.index} ({self.name})" + (f" [{self.problem}]" if self.problem else "")


class CameraShut(UserError):
    """A camera that does not open: it is not there, in use, or not for this user."""


def cameras(
    devices: Path = Path("/dev"), names: Path = Path("/sys/class/video4linux")
) -> tuple[Camera, ...]:
    """List the cameras of this machine: on Linux without starting any, elsewhere by trying.

    Real ones come before virtual ones, which another program feeds.
    """
    if PLATFORM == "linux":
        nodes = [path for path in devices.glob("video*") if path.name[5:].isdigit()]
        numbers = sorted(int(path.name[5:]) for path in nodes)
        found = (_linux_camera(number, devices, names) for number in numbers)
        return tuple(sorted(filter(None, found), key=lambda camera: camera.is_virtual))
    cv2 = opencv()
    there = []
    for index in range(_PROBED):
        camera = cv2.VideoCapture(index, backend(cv2))
        if camera.isOpened():
            there.append(Camera(index, f"camera {index}"))
        camera.release()
    return tuple(there)


def _linux_camera(index: int, devices: Path, names: Path) -> Camera | None:
    """Ask one video node what it is; None for what gives no pictures (outputs, metadata)."""
    try:
        name = (names / f"video{index}" / "name").read_text(errors="replace").strip()
    except OSError:
        name = f"video{index}"
    try:
        node = v4l2.ask(devices / f"video{index}")
    except PermissionError:
        return Camera(index, name, "no permission: sudo usermod -aG video $USER, log in again")
    if node is None or not node.abilities & (v4l2.CAPTURE | v4l2.CAPTURE_PLANES):
        return None
    is_virtual = node.driver == "v4l2 loopback"
    if is_virtual and node.abilities & v4l2.OUTPUT and not _is_fed(index, names):
        return None  # without exclusive_caps=1 it calls itself a camera always
    return Camera(index, name, is_virtual=is_virtual)


def _is_fed(index: int, names: Path) -> bool:
    """Tell whether a v4l2loopback device has pictures: only then does this file say which."""
    try:
        return bool((names / f"video{index}" / "format").read_text().strip())
    except OSError:
        return True


def called(name: str, known: Sequence[Camera]) -> int | None:
    """Give the number of the first camera with this name, or this within its name.

    >>> called("brio", (Camera(0, "HD Webcam"), Camera(2, "Logitech BRIO")))
    2
    """
    wanted = name.strip().casefold()
    whole = [camera.index for camera in known if camera.name.casefold() == wanted]
    within = [camera.index for camera in known if wanted and wanted in camera.name.casefold()]
    return next(iter([*whole, *within]), None)


def absence(index: int) -> str:
    """Say why a camera could not be opened, and what there is instead."""
    known = cameras()
    if not known:
        clip = "vtuber run --video FILE, vtuber track FILE"
        return f"no camera {index}, nor any other: plug one in, or give a clip ({clip})"
    wanted = next((camera for camera in known if camera.index == index), None)
    if wanted is None:
        return f"no camera {index}; there is: {', '.join(str(camera) for camera in known)}"
    if wanted.problem:
        return f"cannot open camera {wanted}"
    return f"cannot open camera {wanted}; close other programs that use it"


def backend(cv2: Any) -> int:
    """Give OpenCV's number for this system's own way to cameras."""
    backends = {"linux": cv2.CAP_V4L2, "win32": cv2.CAP_DSHOW, "darwin": cv2.CAP_AVFOUNDATION}
    return int(backends.get(PLATFORM, cv2.CAP_ANY))


def opencv() -> Any:
    """Import OpenCV quietly and with one thread: its pool fights with mediapipe's for the cores."""
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")  # FFmpeg's "quiet"
    os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", str(TIMEOUT_MS // 1000))
    import cv2

    cv2.setNumThreads(1)
    cv2.setLogLevel(0)  # silent: what goes wrong is said in our errors
    return cv2
