"""A camera in, its newest frames out, by OpenCV: webcams by number, IP cameras by URL.

Settings: `device` (0, 1, ..., /dev/videoN, on Linux a part of its name, or an http, https or rtsp
URL); `width`, `height`, `fps`
and `fourcc` (MJPG or YUYV) to ask for; what the camera gives instead is in `given`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlsplit

import numpy as np
from jaxtyping import UInt8

from vtuber.capture._cameras import (
    PLATFORM,
    TIMEOUT_MS,
    Camera,
    CameraShut,
    absence,
    backend,
    called,
    cameras,
    opencv,
)
from vtuber.capture._jpeg import JpegDecoder
from vtuber.core.errors import DeviceLost, UserError
from vtuber.core.frame import Frame
from vtuber.core.ports import Clock

__all__ = ["Camera", "CameraShut", "Capture", "Options", "cameras"]

_URL_SCHEMES = ("http", "https", "rtsp", "rtsps")
_OLDEST_NS = 1_000_000_000  # a stamp that is older is on another clock


@dataclass(frozen=True, slots=True)
class Options:
    """Settings of a camera."""

    device: str = "0"
    width: int = 640
    height: int = 480
    fps: float = 30.0
    fourcc: str = "MJPG"  # 30 fps at every size; raw YUYV often falls to 10 from 1280x720 on


class Capture:
    """A `Source` that reads a camera. `stamps` says where `captured_ns` comes from."""

    is_live = True

    def __init__(self, options: Options, clock: Clock) -> None:
        self._options, self._clock = options, clock
        self._address = _address(options.device)
        if not (16 <= options.width <= 8192 and 16 <= options.height <= 8192):
            raise UserError(
                f"a camera cannot give {options.width}x{options.height}; give 16 to 8192 px"
            )
        if not 1 <= options.fps <= 1000:
            raise UserError(f"the camera's fps is {options.fps:g}; give 1 to 1000")
        if not re.fullmatch("[ -~]{4}", options.fourcc):
            raise UserError(f"fourcc is {options.fourcc!r}; give four letters: MJPG or YUYV")
        self.name = _name(self._address)
        self.given = ""  # "640x480 MJPG at 30 fps", once open
        self.stamps: Literal["driver", "hand-over"] = "hand-over"
        self._camera: Any = None
        self._model = ""  # what the system calls it, once it was there
        self._jpegs: JpegDecoder | None = None
        self._sequence = 0
        self._believes_stamps = True

    def open(self) -> None:
        """Open it. Raises CameraShut that says which cameras there are when this one is not."""
        cv2 = opencv()
        self._jpegs = None
        if isinstance(self._address, int):
            self._camera = cv2.VideoCapture(self._find(self._address), backend(cv2))
            self._ask(cv2)
        else:
            limits = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, TIMEOUT_MS]
            limits += [cv2.CAP_PROP_READ_TIMEOUT_MSEC, TIMEOUT_MS]
            self._camera = cv2.VideoCapture(self._address, cv2.CAP_FFMPEG, limits)
        if not self._camera.isOpened():
            self.close()
            raise CameraShut(self._absent())
        self._sequence, self.given = 0, ""
        self._believes_stamps = True

    def read(self) -> Frame:
        """Block for the next frame. Raises DeviceLost when the camera stops giving any."""
        rgb = None
        while rgb is None:
            raw, captured_ns = self._take()
            rgb = self._rgb(raw)
            sequence, self._sequence = self._sequence, self._sequence + 1
        if not self.given:
            self._describe(rgb)
        return Frame(rgb, captured_ns, sequence)

    def _take(self) -> tuple[np.ndarray, int]:
        """Wait for what the device gives next: BGR, or a JPEG as one row; and its time."""
        assert self._camera is not None, "read() comes after open()"
        is_there, raw = self._camera.read()
        now_ns = self._clock.now_ns()
        if not is_there or raw is None:
            raise DeviceLost(f"{self.name} gives no more pictures; is it unplugged?")
        return raw, self._stamp_ns(now_ns)

    def _rgb(self, raw: np.ndarray) -> UInt8[np.ndarray, "h w 3"] | None:
        import cv2

        if self._jpegs is not None:
            rgb = self._jpegs.decode(raw.reshape(-1))
            if self._jpegs.is_hopeless:
                raise DeviceLost(f"{self.name} gives broken pictures only; try fourcc YUYV")
            return rgb
        if raw.ndim != 3:
            raise UserError(
                f"{self.name} gives {self._fourcc()}, which cannot be read; try another fourcc"
            )
        return np.asarray(cv2.cvtColor(raw, cv2.COLOR_BGR2RGB))

    def close(self) -> None:
        if self._camera is not None:
            self._camera.release()
            self._camera = None

    def _find(self, number: int) -> int:
        """Give its number, or its new one: it may get another when it is plugged in again."""
        if PLATFORM != "linux":  # elsewhere listing opens every camera
            return number
        known = {camera.index: camera.name for camera in cameras()}
        if number in known:
            self._model = known[number]
        elif self._model:
            return next((index for index, name in known.items() if name == self._model), number)
        return number

    def _ask(self, cv2: Any) -> None:
        options, camera = self._options, self._camera
        # Before the size. Where the camera lacks the format, OpenCV takes the first that it knows,
        # which may be one that it cannot decode (BGR3 comes as one long row); YUYV all have.
        for fourcc in (options.fourcc, "YUYV"):
            camera.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter_fourcc(*fourcc))
            if self._fourcc() == fourcc:
                break
        camera.set(cv2.CAP_PROP_FRAME_WIDTH, options.width)
        camera.set(cv2.CAP_PROP_FRAME_HEIGHT, options.height)
        camera.set(cv2.CAP_PROP_FPS, options.fps)
        # One buffer to fill while the other is read. With a single one, a driver has nowhere to put
        # the frame that begins during decoding; with OpenCV's four, old ones can wait.
        camera.set(cv2.CAP_PROP_BUFFERSIZE, 2)
        if PLATFORM == "linux" and self._fourcc() == "MJPG":
            self._jpegs = JpegDecoder() if camera.set(cv2.CAP_PROP_CONVERT_RGB, 0) else None

    def _stamp_ns(self, now_ns: int) -> int:
        """Give the driver's stamp where it is on our clock and plausible, else this moment.

        V4L2 stamps buffers on CLOCK_MONOTONIC, which is the clock of `perf_counter_ns` on Linux;
        elsewhere and for URLs the position counts from the start of the stream. A driver that ever
        stamps the future is not believed again: a mixture of both would run backwards.
        """
        import cv2

        if isinstance(self._address, int) and PLATFORM == "linux":
            stamp_ns = int(self._camera.get(cv2.CAP_PROP_POS_MSEC) * 1e6)
            self._believes_stamps &= stamp_ns <= now_ns
            if self._believes_stamps and now_ns - stamp_ns < _OLDEST_NS:
                self.stamps = "driver"
                return stamp_ns
        self.stamps = "hand-over"
        return now_ns

    def _describe(self, rgb: UInt8[np.ndarray, "h w 3"]) -> None:
        import cv2

        fourcc = self._fourcc()
        rate_hz = self._camera.get(cv2.CAP_PROP_FPS)
        parts = [f"{rgb.shape[1]}x{rgb.shape[0]}"]
        parts += [fourcc] if re.fullmatch("[!-~]{4}", fourcc) else []
        parts += [f"at {rate_hz:g} fps"] if 0 < rate_hz <= 1000 else []
        self.given = " ".join(parts)

    def _fourcc(self) -> str:
        import cv2

        code = int(self._camera.get(cv2.CAP_PROP_FOURCC)) & 0xFFFFFFFF
        return code.to_bytes(4, "little").decode("latin-1")

    def _absent(self) -> str:
        if isinstance(self._address, int):
            return absence(self._address)
        return f"no pictures from {self.name}; check the address and that the camera is on"


def _address(device: str) -> int | str:
    number = re.fullmatch(r"(?:/dev/video)?(\d{1,3})", device)
    if number:
        return int(number[1])
    if urlsplit(device).scheme in _URL_SCHEMES:
        return device
    known = cameras() if PLATFORM == "linux" and "/" not in device else ()  # starts none
    index = called(device, known)
    if index is not None:
        return index
    there = f"; there is: {', '.join(str(camera) for camera in known)}" if known else ""
    raise UserError(
        f"no camera called {device!r}; give a number (0 is the first), /dev/videoN, a name or a "
        f"URL ({', '.join(_URL_SCHEMES)}){there}"
    )


def _name(address: int | str) -> str:
    """Name a camera for people: a URL without its password."""
    if isinstance(address, int):
        return f"camera {address}"
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
