"""A virtual camera, which OBS, Discord, Zoom and browsers list among the webcams. Opaque.

Settings: fps, background (#rrggbb, green for OBS's colour key), device (/dev/videoN on Linux; the
first that is free by default).

On Linux it needs the kernel module v4l2loopback, on Windows and macOS OBS's virtual camera. Colours
go out as limited-range BT.601 I420. Odd sizes lose their last column or row.
"""

from __future__ import annotations

import os
import struct
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np

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
# <linux/videodev2.h>
VIDIOC_QUERYCAP = 0x80685600
VIDIOC_STREAMON = 0x40045612
CAPTURE, OUTPUT = 1, 2  # capability bits; OUTPUT is also the number of the buffer type


@dataclass(frozen=True)
class Options:
    """Settings of `--output virtualcam`."""

    fps: int = 30
    background: str = "#00ff00"
    device: str = ""


def available(devices: Path = DEVICES) -> str | None:
    """Name a virtual camera that can be sent to, or None. Loads no library and opens no device.

    On Linux: the first v4l2loopback device. Elsewhere nothing is known without trying: None.
    """
    if not sys.platform.startswith("linux"):
        return None
    numbers = sorted(int(p.name[5:]) for p in devices.glob("video*") if p.name[5:].isdigit())
    for number in numbers:
        # Only v4l2loopback gives its devices this file.
        if (devices / f"video{number}" / "max_openers").exists():
            return f"/dev/video{number}"
    return None


def advice(platform: str = sys.platform) -> str:
    """Say in one line how to get a virtual camera on this system."""
    if platform.startswith("linux"):
        return "run: " + " && ".join(LINUX_COMMANDS)
    return OBS_ADVICE


class Output:
    """One virtual camera."""

    delivery: Literal["newest", "paced"] = "newest"

    def __init__(self, options: Options, context: SinkContext) -> None:
        self._options, self._context = options, context
        self._background = parse_colour(options.background)
        self._size_px = even_size(context.size_px)
        self._camera: Any = None
        self._device = ""

    def open(self) -> None:
        """Open the camera and show the background at once. Raises UserError when there is none."""
        import pyvirtualcam

        wanted = self._options.device or available() or ""
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
            raise UserError(f"no virtual camera ({reason}); {advice()}") from error
        self._device = self._camera.device
        # A device becomes a camera for others with its first picture, not when it is opened.
        plain = np.empty((height, width, 3), np.uint8)
        plain[:] = self._background
        self._camera.send(i420(plain).reshape(-1))
        size = "" if self._size_px == self._context.size_px else f" ({width}x{height}: even sizes)"
        self._context.announce(f"virtual camera {self._device}{size}")

    def send(self, picture: Picture) -> None:
        """Show one picture. Raises DeviceLost when the device has gone."""
        if self._device.startswith("/dev/") and not os.path.exists(self._device):
            # pyvirtualcam only prints when a write fails.
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
                release(self._device)


def release(device: str) -> bool:
    """Make v4l2loopback notice that its sender has left; True when that was needed.

    Up to 0.12.7 it takes a program for the sender only after VIDIOC_STREAMON, which pyvirtualcam
    never asks for; so after the first use the device offers neither input nor output. Asking once
    (the call itself may fail) and closing cures it (pyvirtualcam issue 61).
    """
    import fcntl

    try:
        opened = os.open(device, os.O_RDWR | os.O_NONBLOCK)
    except OSError:
        return False  # not there, or not ours: pyvirtualcam says so in words
    try:
        about = bytearray(104)
        fcntl.ioctl(opened, VIDIOC_QUERYCAP, about)
        (capabilities,) = struct.unpack_from("I", about, 88)  # device_caps
        if capabilities & (CAPTURE | OUTPUT):
            return False
        fcntl.ioctl(opened, VIDIOC_STREAMON, struct.pack("i", OUTPUT))
    except OSError:
        return False
    finally:
        os.close(opened)
    return True
