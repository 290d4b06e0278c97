"""A virtual camera, which OBS, Discord, Zoom and browsers list among the webcams. Opaque.

Settings: fps, background (#rrggbb, green for OBS's colour key), device (/dev/videoN on Linux; the
first that is free by default).

On Linux it needs the kernel module v4l2loopback, on Windows and macOS OBS's virtual camera. Colours
go out as limited-range BT.601 I420. Odd sizes lose their last column or row.
"""

from __future__ import annotations

import contextlib
import os
import re
import struct
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np

from vtuber import v4l2
from vtuber.core.errors import DeviceLost, UserError
from vtuber.core.picture import Picture
from vtuber.core.ports import SinkContext
from vtuber.image.convert import i420
from vtuber.image.views import VIEWS
from vtuber.output._opaque import cropped, even_size, parse_colour

# exclusive_caps: browsers list a device only when it is nothing but a camera. max_buffers: with the
# module's own 2 a late reader saw torn pictures in two runs of three, with 8 in none of twenty.
LINUX_COMMANDS = (
    "sudo apt install v4l2loopback-dkms",
    'sudo modprobe v4l2loopback exclusive_caps=1 max_buffers=8 card_label="vtuber" video_nr=10',
)
OBS_ADVICE = (
    "install OBS Studio (https://obsproject.com), start it, "
    "press Start Virtual Camera once, stop it again and close OBS"
)

DEVICES = Path("/sys/class/video4linux")
VIDIOC_STREAMON = 0x40045612  # <linux/videodev2.h>
CAPTURE, OUTPUT = v4l2.CAPTURE, v4l2.OUTPUT  # OUTPUT is also the number of the buffer type


@dataclass(frozen=True)
class Options:
    """Settings of `--output virtualcam`."""

    fps: int = 30
    background: str = "#00ff00"
    device: str = ""


def loopbacks(devices: Path = DEVICES) -> tuple[str, ...]:
    """List the devices of v4l2loopback by number; only that module gives its devices this file."""
    found = (path.parent.name for path in devices.glob("video*/max_openers"))
    numbers = sorted(int(name[5:]) for name in found if name[5:].isdigit())
    return tuple(f"/dev/video{number}" for number in numbers)


def available() -> str | None:
    """Name the first virtual camera that can be sent to, or None. Loads no library.

    On Linux: a v4l2loopback device that we may write and that nobody sends to. Elsewhere nothing
    is known without trying: None.
    """
    if not sys.platform.startswith("linux"):
        return None
    return next((device for device in loopbacks() if _is_free(device)), None)


def advice(platform: str = sys.platform) -> str:
    """Say in one line how to get a virtual camera on this system."""
    if platform.startswith("linux"):
        return "run: " + " && ".join(LINUX_COMMANDS)
    return OBS_ADVICE


class Output:
    """One virtual camera."""

    eats = frozenset({"picture"})
    runs_on = "thread"
    delivery: Literal["newest", "paced"] = "newest"

    def __init__(self, options: Options, context: SinkContext) -> None:
        self._options, self._context = options, context
        self._background = parse_colour(options.background)
        self._size_px = even_size(context.size_px)
        self._camera: Any = None
        self._device = ""
        self._node: int | None = None  # which file the device was when it was opened

    def open(self) -> None:
        """Open the camera and show the background at once. Raises UserError when there is none."""
        import pyvirtualcam

        wanted = self._options.device or available() or next(iter(loopbacks()), "")
        if wanted.startswith("/dev/"):
            release(wanted)
        width, height = self._size_px
        try:
            self._camera = pyvirtualcam.Camera(
                width,
                height,
                self._context.fps,
                fmt=pyvirtualcam.PixelFormat.I420,
                device=wanted or None,
            )
        except RuntimeError as error:
            reason = " ".join(str(error).split())
            raise UserError(f"no virtual camera ({reason}); {_mend(wanted)}") from error
        self._device = self._camera.device
        self._check_held_format()
        self._node = _node(self._device)
        # A device becomes a camera for others with its first picture, not when it is opened.
        plain = np.empty((height, width, 3), np.uint8)
        plain[:] = self._background
        self._camera.send(i420(plain).reshape(-1))
        size = "" if self._size_px == self._context.size_px else f" ({width}x{height}: even sizes)"
        self._context.announce(f"virtual camera {self._device}{size}")

    def _check_held_format(self) -> None:
        """Refuse a size that the device did not take; pyvirtualcam does not look.

        v4l2loopback keeps its format as long as somebody watches, also when the sender changes.
        Pictures of another size would arrive as stripes.
        """
        try:
            held = (DEVICES / Path(self._device).name / "format").read_text()
        except OSError:
            return
        parts = re.match(r"(....):(\d+)x(\d+)", held)
        if parts is None or (parts[1], int(parts[2]), int(parts[3])) == ("YU12", *self._size_px):
            return
        self.close()
        raise UserError(
            f"{self._device} stays {parts[2]}x{parts[3]} {parts[1]} as long as a program shows it; "
            f"close that program, or give --size {parts[2]}x{parts[3]}"
        )

    def send(self, picture: Picture) -> None:
        """Show one picture. Raises DeviceLost when the device has gone."""
        if self._node is not None and _node(self._device) != self._node:
            # Writes fail from now on, also when the module was loaded again and another device has
            # its name; pyvirtualcam only prints that.
            raise DeviceLost(f"the virtual camera {self._device} has gone; {advice()}")
        if self._size_px == picture.size_px:
            planes = VIEWS.i420(picture, self._background)
        else:
            planes = i420(cropped(VIEWS.over(picture, self._background), self._size_px))
        self._camera.send(planes.reshape(-1))

    def close(self) -> None:
        """Give the device back, so that it can be sent to again."""
        camera, self._camera = self._camera, None
        if camera is not None:
            camera.close()
            if self._device.startswith("/dev/"):
                release(self._device, was_ours=True)


def _node(device: str) -> int | None:
    """Tell one device file from a later one of the same name; None where there is none."""
    try:
        return os.stat(device).st_ino if device.startswith("/dev/") else None
    except OSError:
        return None


def release(device: str, *, was_ours: bool = False) -> bool:
    """Make v4l2loopback notice that its sender has left; True when that was needed.

    Up to 0.12.7 it takes a program for the sender only after VIDIOC_STREAMON, which pyvirtualcam
    never asks for; so after the first use the device offers neither input nor output, or, while
    somebody still watches it, only input. Asking once (the call itself may fail) and closing cures
    it (pyvirtualcam issue 61). A device that offers input may have another sender, so without
    `was_ours` it is left alone.
    """
    import fcntl

    offers = _offers(device)
    if offers is None or offers & (OUTPUT if was_ours else CAPTURE | OUTPUT):
        return False  # one that is not there or not ours: pyvirtualcam says so in words
    try:
        opened = os.open(device, os.O_RDWR | os.O_NONBLOCK)
    except OSError:
        return False
    with contextlib.suppress(OSError):
        fcntl.ioctl(opened, VIDIOC_STREAMON, struct.pack("i", OUTPUT))
    os.close(opened)
    return True


def _offers(device: str) -> int | None:
    """Ask a device whether it gives (CAPTURE) or takes (OUTPUT) pictures; None: it cannot be asked.

    With exclusive_caps=1 a device that has a sender gives, one without takes.
    """
    try:
        node = v4l2.ask(device)
    except PermissionError:
        return None
    return None if node is None else node.abilities & (CAPTURE | OUTPUT)


def _is_free(device: str) -> bool:
    return _offers(device) not in (None, CAPTURE)


def _mend(device: str) -> str:
    """Say what helps with a device that could not be opened."""
    if not os.path.exists(device):
        return advice()
    if not os.access(device, os.R_OK | os.W_OK):
        return f'you may not use {device}: sudo usermod -aG video "$USER", then log in again'
    if device not in loopbacks():
        return "that device is no virtual camera; " + advice()
    return (
        f"another program sends to {device}, or one still shows what a vtuber that was killed "
        "sent: close that program"
    )
