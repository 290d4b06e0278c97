"""Who receives pictures and reads their marks: each gives times and numbers (`Sightings`).

What another program would do is done by another process, so that it does not wait for our
interpreter: a TCP client of the alpha output, a viewer of the virtual camera, a bare ticker. The
clock is `perf_counter_ns`, which all processes of a machine share.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator

import numpy as np

from vtuber.core.errors import DeviceLost
from vtuber.runtime.clock import SystemClock
from vtuber.runtime.ticker import Ticker
from vtuber.shows.bench.follow import Sighting
from vtuber.shows.bench.marks import Marks

Sightings = list[Sighting]
Answer = Callable[[float], Iterator[Sightings]]  # seconds in; one list when they are over
CONNECT_S = 10.0
PAUSE_S = 0.02


def read_alpha(port: int, marks: Marks) -> Answer:
    """Read `alpha:format=rawvideo` as a media source does, whole picture by whole picture."""
    width, height = marks.size_px
    memory = bytearray(width * height * 4)
    rgba = np.frombuffer(memory, np.uint8).reshape(height, width, 4)

    def answer(seconds: float) -> Iterator[Sightings]:
        sightings: Sightings = []
        end_s = time.perf_counter() + seconds
        with socket.create_connection(("127.0.0.1", port), CONNECT_S) as connection:
            while time.perf_counter() < end_s and _fill(connection, memory):
                seen_ns = time.perf_counter_ns()
                sightings.append((seen_ns, marks.number(rgba)))
        yield sightings

    return answer


def _fill(connection: socket.socket, memory: bytearray) -> bool:
    view = memoryview(memory)
    while view:
        count = connection.recv_into(view)
        if not count:
            return False
        view = view[count:]
    return True


def read_camera(device: str, marks: Marks) -> Answer:
    """Read a virtual camera as a video call does."""

    def answer(seconds: float) -> Iterator[Sightings]:
        from vtuber.capture.camera import Capture, Options

        width, height = marks.size_px
        clock = SystemClock()
        camera = Capture(Options(device, width, height, 60.0, "YU12"), clock)
        sightings: Sightings = []
        end_s = time.perf_counter() + seconds
        camera.open()
        try:
            while time.perf_counter() < end_s:
                rgb = camera.read().rgb
                seen_ns = time.perf_counter_ns()
                sightings.append((seen_ns, marks.number(rgb)))
        except DeviceLost:  # the show has ended
            pass
        finally:
            camera.close()
        yield sightings

    return answer


def tick(fps: float) -> Callable[[float], Iterator[dict[str, float]]]:
    """Keep a beat and do nothing else: what is late here, the machine is to blame for."""

    def answer(seconds: float) -> Iterator[dict[str, float]]:
        clock = SystemClock()
        ticker = Ticker(clock, fps)
        end_ns = ticker.start_ns + round(seconds * 1e9)
        late_ms: list[float] = []
        while clock.now_ns() < end_ns:
            beat = ticker.wait()
            late_ms.append((clock.now_ns() - beat.deadline_ns) / 1e6)
        yield {
            "beats": len(late_ms),
            "late_beats": ticker.late_beats,
            "wake_ms_p50": round(float(np.percentile(late_ms, 50)), 3),
            "wake_ms_p99": round(float(np.percentile(late_ms, 99)), 3),
        }

    return answer


def read_film(path: str, marks: Marks, sent_ns: list[int]) -> Sightings:
    """Read a film that is finished: its n-th picture was in the file when the n-th was sent."""
    import av

    with av.open(path) as film:
        numbers = [marks.number(p.to_ndarray(format="rgb24")) for p in film.decode(video=0)]
    return list(zip(sent_ns, numbers, strict=False))
