"""How long does the command take to start? Medians of whole processes, beside a bare Python.

    python benchmarks/start.py [--runs N] [--video CLIP] [--json]

`picture` is a show of one beat, from nothing to the picture handed to a sink, and its end. The next
two are from the command to the first whole picture of 1280x720 in the hands of a reader of `alpha`,
as OBS would be: `first_picture` of a show that begins at once, as with a webcam, `first_face` with
a clip, which waits for its tracker (the test data's, VTUBER_TEST_DATA, default ../shared/data).
`libraries` only imports what every show needs. Files are in the disk's cache: the first run of each
does not count. `cpu_s` is the CPU time until then, `start_s` what a user waits.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import platform
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

from latency import clip  # beside this file

PROGRAMS = {
    "python": ["-c", ""],
    "libraries": ["-c", "import numpy, cv2, moderngl, pydantic, aiohttp.web"],
    "import_vtuber": ["-c", "import vtuber"],
    "help": ["-m", "vtuber", "--help"],
    "picture": ["-m", "vtuber", "run", "--output", "null", "--fps", "30", "--seconds", "0.03"],
}
SIZE, PICTURE_BYTES = "1280x720", 1280 * 720 * 4
LIMIT_S = 60.0
_spent_s = 0.0


def seconds(words: list[str]) -> float:
    """Run one program to its end."""
    started_s = time.perf_counter()
    subprocess.run(
        [sys.executable, *words], check=True, capture_output=True, stdin=subprocess.DEVNULL
    )
    return time.perf_counter() - started_s


def seconds_to_picture(*words: str) -> float:
    """Begin a show, and read a picture of it as soon as there is one."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    output = f"alpha:port={port},format=rawvideo"
    show = ["-m", "vtuber", "run", "--output", output, "--size", SIZE, "--log", "off", *words]
    started_s = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *show],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while time.perf_counter() - started_s < LIMIT_S and process.poll() is None:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)) as one:
                left = PICTURE_BYTES
                while left and (came := one.recv(min(left, 1 << 20))):
                    left -= len(came)
                if not left:
                    return time.perf_counter() - started_s
            time.sleep(0.005)
        raise SystemExit(f"no picture within {LIMIT_S:g} s of: vtuber {' '.join(show[2:])}")
    finally:
        process.terminate()
        process.wait()


def spent_s() -> float:
    """Give the CPU time of the programs that ended since this was asked last."""
    global _spent_s
    before_s, times = _spent_s, os.times()
    _spent_s = times.children_user + times.children_system
    return _spent_s - before_s


def ways(video: str | None) -> dict[str, Callable[[], float]]:
    """Name what is timed."""
    found: dict[str, Callable[[], float]] = {
        name: lambda words=words: seconds(words)  # type: ignore[misc]
        for name, words in PROGRAMS.items()
    }
    found["first_picture"] = seconds_to_picture
    if video is not None:
        found["first_face"] = lambda: seconds_to_picture("--video", video)
    return found


def main() -> None:
    """Read the flags, measure, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--video", default=clip(), help="a clip with a face")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    args = parser.parse_args()
    start_s, cpu_s = {}, {}
    for name, way in ways(args.video).items():
        way()  # warms the disk cache
        spent_s()
        runs = [(way(), spent_s()) for _ in range(args.runs)]
        start_s[name], cpu_s[name] = (
            round(statistics.median(n), 3) for n in zip(*runs, strict=True)
        )
    if args.json:
        print(json.dumps({"start_s": start_s, "cpu_s": cpu_s}))
        return
    print(f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}")
    for name, median in start_s.items():
        print(f"{name:14} {median:6.3f} s, {cpu_s[name]:6.3f} of CPU time")


if __name__ == "__main__":
    main()
