"""Asks one of Linux's video devices what it is: a device node in, driver and abilities out.

The one copy of what two rooms need of <linux/videodev2.h>: cameras and virtual cameras are nodes of
the same kind, and only their abilities tell which is which.
"""

from __future__ import annotations

import os
import struct
from dataclasses import dataclass

CAPTURE, OUTPUT, CAPTURE_PLANES = 0x1, 0x2, 0x1000  # V4L2_CAP_VIDEO_CAPTURE, ..._MPLANE
_HAS_OWN = 0x80000000  # V4L2_CAP_DEVICE_CAPS: this node's own abilities are given, too
_QUERYCAP = 0x80685600  # VIDIOC_QUERYCAP
# struct v4l2_capability: driver, card, bus, version, abilities of the device and of the node
_REPLY = struct.Struct("=16s32s32s3I12x")


@dataclass(frozen=True, slots=True)
class Node:
    """What a video device says of itself."""

    driver: str  # "uvcvideo", "v4l2 loopback"
    abilities: int  # bits: CAPTURE it gives pictures, OUTPUT it takes them, ...


def ask(path: str | os.PathLike[str]) -> Node | None:
    """Ask a device node; None for what is not there, busy, or no video device.

    Starts nothing. Raises PermissionError for one that this user may not open.
    """
    import fcntl

    reply = bytearray(_REPLY.size)
    try:
        opened = os.open(path, os.O_RDWR | os.O_NONBLOCK)
    except PermissionError:
        raise
    except OSError:
        return None
    try:
        fcntl.ioctl(opened, _QUERYCAP, reply)
    except OSError:
        return None
    finally:
        os.close(opened)
    driver, _, _, _, device, own = _REPLY.unpack(reply)
    name = driver.partition(b"\0")[0].decode("ascii", "replace")
    return Node(name, own if device & _HAS_OWN else device)
