"""A webcam with a face, in a machine that has one; nothing of it runs in the usual tests."""

from __future__ import annotations

import os
import socket
import struct
from pathlib import Path

import pytest

IS_IN_THE_MACHINE = "VM_RESULTS" in os.environ
collect_ignore_glob = [] if IS_IN_THE_MACHINE else ["*.py"]
FACES = 90  # frames of the clip, shown there and back: six seconds of a face that talks and turns
WIDTH, HEIGHT = 640, 480
SIOCSIFFLAGS, IFF_UP, IFF_RUNNING = 0x8914, 0x1, 0x40  # linux/sockios.h, linux/if.h


@pytest.fixture(scope="session")
def faces(data: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Give pictures of a face, 640x480, in the order in which a webcam shows them."""
    import av
    import cv2

    folder = tmp_path_factory.mktemp("faces")
    paths: list[Path] = []
    with av.open(str(data / "video" / "lp_d9.mp4")) as clip:
        for frame in clip.decode(video=0):
            rgb = frame.to_ndarray(format="rgb24")
            cut = rgb[: rgb.shape[1] * HEIGHT // WIDTH]  # 4:3; the head is in the upper part
            paths.append(folder / f"{len(paths):03}.png")
            cv2.imwrite(str(paths[-1]), cv2.resize(cut, (WIDTH, HEIGHT))[..., ::-1])
            if len(paths) == FACES:
                return paths + paths[::-1]
    raise AssertionError("the clip is shorter than it was")


@pytest.fixture(scope="session", autouse=True)
def network() -> None:
    """Bring 127.0.0.1 up: nothing in that machine has done so."""
    import fcntl

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        name_and_flags = struct.pack("16sh14x", b"lo", IFF_UP | IFF_RUNNING)
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, name_and_flags)


@pytest.fixture
def results() -> Path:
    """Give the folder whose files outlive the machine."""
    return Path(os.environ["VM_RESULTS"])
