"""What does each output cost? CPU ms a picture at 1280x720, beside the libraries' own ways.

    python benchmarks/outputs.py [--json] [--pictures N] [--only NAME ...] [--avatar NAME]

Pictures are those of a real show: the avatar that ships, drawn by `Engine`, a new one each time. A
picture's cost is the CPU time of all threads of this process while it is sent 30 times a second, in
the second that took the least (whoever else is busy only adds to it), less that of the same time
without an output; its conversion is part of it. Who reads (TCP, web
socket) is another process, and reads all; `virtualcam` is the conversion to what the device takes,
since not every machine has one; films are written to the disk. `goal` and `good` are the figures
that the project asks of itself.
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import json
import os
import platform
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from vtuber.core.picture import Picture
from vtuber.core.ports import Sink, SinkContext
from vtuber.image.views import VIEWS
from vtuber.output import alpha, record, web
from vtuber.runtime.clock import SystemClock
from vtuber.runtime.feed import Feed
from vtuber.runtime.http import HttpServers

SIZE = WIDTH, HEIGHT = 1280, 720
FPS = 30
KEPT = 4  # pictures, in turns: as many as the renderer has memory for
GOALS = {  # CPU ms a picture
    "alpha rawvideo": (1.5, 0.7),
    "alpha nut": (2.0, 1.0),
    "web page": (8.0, 4.0),
    "virtualcam": (2.0, 1.0),
}
Send = Callable[[Picture], object]
READER = """
import socket, sys
with socket.create_connection(("127.0.0.1", int(sys.argv[1]))) as sender:
    sender.sendall(sys.argv[2].encode())
    taken = bytearray(1 << 20)
    while sender.recv_into(taken): pass
"""
PAGE = """
import asyncio, sys
import aiohttp
async def watch():
    async with aiohttp.ClientSession() as session, session.ws_connect(sys.argv[1]) as socket:
        async for _ in socket:
            await socket.send_str("drawn")
asyncio.run(watch())
"""


def main() -> None:
    """Read the flags, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="one object, nothing else")
    parser.add_argument("--pictures", type=int, default=120, help="of each output")
    parser.add_argument("--only", nargs="+", choices=tuple(WAYS), default=tuple(WAYS))
    parser.add_argument("--avatar", default="default", help="a name that ships, or a path")
    flags = parser.parse_args()
    pictures = drawn(flags.avatar)
    idle = cost_ms(lambda picture: None, pictures, flags.pictures)
    rows = {}
    for name in flags.only:
        with WAYS[name]() as send:
            spent = cost_ms(send, pictures, flags.pictures) - idle
        goal, good = GOALS.get(name, (None, None))
        rows[name] = {"cpu_ms": round(max(spent, 0.0), 2), "goal": goal, "good": good}
    box = pictures[0].alpha_box
    report = {
        "size_px": SIZE,
        "alpha_box_px": [box.right - box.left, box.bottom - box.top],
        "machine": f"{os.cpu_count()} cores, Python {platform.python_version()}",
        "outputs": rows,
        "ratios": {
            "PyAV's NUT / ours": ratio(rows, "rival: PyAV's NUT", "alpha nut"),
            "cv2 PNG / web page": ratio(rows, "rival: cv2 PNG over the socket", "web page"),
        },
    }
    print(json.dumps(report) if flags.json else table(report))


def drawn(avatar: str) -> list[Picture]:
    """Draw a few pictures of a moving avatar."""
    from vtuber import Engine

    pictures = []
    with Engine(avatar, size_px=SIZE) as engine:
        for number in range(KEPT):
            engine.pose({"headYaw": 20 * float(np.sin(number)), "jawOpen": 0.5})
            engine.wait(1 / FPS)
            pictures.append(engine.draw())
    return pictures


def cost_ms(send: Send, pictures: list[Picture], count: int) -> float:
    """Send at the beat; give the CPU ms of each picture, in the second that took the least."""
    clock = SystemClock()
    for number in range(FPS // 2):  # warm
        send(fresh(pictures, number))
        clock.sleep_until(clock.now_ns() + 10**9 // FPS)
    seconds, begin_ns = [], clock.now_ns()
    for first in range(0, count, FPS):
        before = time.process_time_ns()
        for number in range(first, first + FPS):
            send(fresh(pictures, number))
            clock.sleep_until(begin_ns + (number + 1) * 10**9 // FPS)
        seconds.append((time.process_time_ns() - before) / FPS / 1e6)
    return min(seconds)


def fresh(pictures: list[Picture], number: int) -> Picture:
    """Give a picture that no view is kept of yet."""
    return dataclasses.replace(pictures[number % len(pictures)], sequence=number)


def context(announce: Callable[[str], None] = lambda line: None) -> SinkContext:
    return SinkContext(SIZE, FPS, SystemClock(), announce, SERVERS.get, Feed)


SERVERS = HttpServers()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@contextmanager
def opened(sink: Sink) -> Iterator[Send]:
    sink.open()
    try:
        yield sink.send
    finally:
        sink.close()


@contextmanager
def reading(code: str, *words: str) -> Iterator[None]:
    with subprocess.Popen(
        [sys.executable, "-c", code, *words], stderr=subprocess.DEVNULL
    ) as reader:
        try:
            yield
        finally:
            reader.kill()


@contextmanager
def over_tcp(kind: str) -> Iterator[Send]:
    port = free_port()
    sink = alpha.Output(alpha.Options(port, kind), context())
    with opened(sink) as send, reading(READER, str(port), ""):
        yield send


@contextmanager
def over_web(what: str) -> Iterator[Send]:
    said: list[str] = []
    sink = web.Output(web.Options(port=free_port()), context(said.append))
    with opened(sink) as send:
        address = said[0].rstrip("/")
        port, head = (
            address.rsplit(":", 1)[1],
            "GET /stream.mjpg HTTP/1.1\r\nHost: localhost\r\n\r\n",
        )
        is_page = what == "page"
        words = (PAGE, f"{address}/pictures") if is_page else (READER, port, head)
        with reading(*words):
            yield send


@contextmanager
def to_webcam() -> Iterator[Send]:
    yield lambda picture: VIEWS.i420(picture, (0, 255, 0))


@contextmanager
def to_film(name: str, background: str) -> Iterator[Send]:
    with tempfile.TemporaryDirectory() as folder:
        options = record.Options(str(Path(folder) / name), background=background)
        with opened(record.Output(options, context())) as send:
            yield send


@contextmanager
def accepted() -> Iterator[socket.socket]:
    """Have a reader of another process connected, for the rivals."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = str(listener.getsockname()[1])
        with reading(READER, port, ""), listener.accept()[0] as connection:
            yield connection


class Pipe:
    """A connection as a file that is only written."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def write(self, data: bytes) -> int:
        self._connection.sendall(data)
        return len(data)


@contextmanager
def pyav_nut() -> Iterator[Send]:
    """Do what `alpha nut` does with PyAV's encoder and muxer."""
    import av

    with accepted() as connection:
        container = av.open(Pipe(connection), "w", format="nut")
        stream = container.add_stream("rawvideo", rate=FPS)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "rgba"

        def send(picture: Picture) -> None:
            frame = av.VideoFrame.from_ndarray(VIEWS.straight(picture), format="rgba")
            container.mux(stream.encode(frame))

        yield send
        with contextlib.suppress(OSError):
            container.close()


@contextmanager
def cv2_png() -> Iterator[Send]:
    """Send what `web page` sends as one ordinary PNG, cut to the same box."""
    import cv2

    with accepted() as connection:

        def send(picture: Picture) -> None:
            box = picture.alpha_box
            part = VIEWS.straight(picture)[box.top : box.bottom, box.left : box.right]
            connection.sendall(cv2.imencode(".png", cv2.cvtColor(part, cv2.COLOR_RGBA2BGRA))[1])

        yield send


WAYS: dict[str, Callable[[], contextlib.AbstractContextManager[Send]]] = {
    "alpha rawvideo": lambda: over_tcp("rawvideo"),
    "alpha nut": lambda: over_tcp("nut"),
    "rival: PyAV's NUT": pyav_nut,
    "web page": lambda: over_web("page"),
    "web stream.mjpg": lambda: over_web("stream"),
    "rival: cv2 PNG over the socket": cv2_png,
    "virtualcam": to_webcam,
    "record H.264": lambda: to_film("film.mp4", ""),
    "record VP9 with alpha": lambda: to_film("film.webm", ""),
    "record ProRes 4444": lambda: to_film("film.mov", "transparent"),
    "record PNG": lambda: to_film("film.png", ""),
}


def ratio(rows: dict[str, dict[str, float | None]], one: str, other: str) -> float | None:
    """Give what one takes of another; None when one was not measured."""
    if not {one, other} <= set(rows):
        return None
    return round((rows[one]["cpu_ms"] or 0.0) / max(rows[other]["cpu_ms"] or 0.0, 0.01), 2)


def table(report: dict[str, object]) -> str:
    """Lay the report out for people."""
    lines = [f"{report['machine']}; avatar's box {report['alpha_box_px']} px of {SIZE}", ""]
    lines.append(f"{'output':32s}{'CPU ms a picture':>17s}{'goal':>7s}{'good':>7s}")
    rows: dict[str, dict[str, float | None]] = report["outputs"]  # type: ignore[assignment]
    for name, row in rows.items():
        goal, good = (f"{row[key]:7.1f}" if row[key] else "" for key in ("goal", "good"))
        lines.append(f"{name:32s}{row['cpu_ms']:17.2f}{goal}{good}")
    lines += ["", *(f"{name}: {value}" for name, value in report["ratios"].items())]  # type: ignore[attr-defined]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
