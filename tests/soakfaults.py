"""A running show, and what `tests/soak.py` does to it: each fault a function of the show."""

from __future__ import annotations

import contextlib
import itertools
import os
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil

from tests.bundles import make_bundle

REPOSITORY = Path(__file__).resolve().parent.parent
FPS = 30
FAULT_S = 4.0  # what is gone stays away for so long; a suspension lasts 3 s
SUSPENDED_S, JUMP_S = 3.0, 2.0
FULL_BYTES = 4096  # less than a second of film, so that no new one can be begun either
SWAPS, SWAPS_S = 130, 12.0  # a turn at most, and as many seconds


class Show:
    """A running show, and all that can be known of it from outside."""

    def __init__(self, folder: Path, clip: Path, size: str, seconds: float) -> None:
        self.folder, self.settings = folder, folder / "settings.toml"
        self.good = 'keys = {j = "expression joy"}\n'
        self.settings.write_text(self.good)
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = int(free.getsockname()[1])
        words = [
            "run", "--video", f"{clip}:loop=1", "--size", size, "--fps", str(FPS),
            "--settings", self.settings, "--output", f"alpha:port={self.port},format=rawvideo",
            "--record", folder / "film.mp4", "--seconds", str(seconds), "--json",
            "--log", folder / "soak.log",
        ]  # fmt: skip
        self.said: list[tuple[float, str]] = []
        self.seen_s: list[float] = []  # when a picture came
        width, height = map(int, size.split("x"))
        self.picture_bytes = width * height * 4
        self.process = subprocess.Popen(
            [sys.executable, REPOSITORY / "tests" / "soaked.py", folder, *words],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env={**os.environ, "PYTHONPATH": str(REPOSITORY), "HOME": str(folder)},
        )  # fmt: skip
        self._eye = threading.Thread(target=self._see, daemon=True)
        threading.Thread(target=self._hear, daemon=True).start()

    def _hear(self) -> None:
        for line in self.process.stderr or ():
            self.said.append((time.perf_counter(), line.strip()))

    def _see(self) -> None:
        memory = memoryview(bytearray(self.picture_bytes))
        with contextlib.suppress(OSError), self.reader() as reader:
            while True:
                filled = 0
                while filled < len(memory):
                    count = reader.recv_into(memory[filled:])
                    if not count:
                        return
                    filled += count
                self.seen_s.append(time.perf_counter())

    def reader(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=60)

    def until_begun(self) -> None:
        for _ in range(600):
            if self.process.poll() is not None or self.looked_s():
                break
            time.sleep(0.1)
        self._eye.start()

    def tell(self, command: str) -> None:
        assert self.process.stdin is not None
        with contextlib.suppress(OSError):  # it died, which is seen elsewhere
            self.process.stdin.write(command + "\n")
            self.process.stdin.flush()

    def looked_s(self) -> float:
        """Say when the tracker looked at a face last."""
        with contextlib.suppress(OSError, struct.error):
            found = struct.unpack("q", (self.folder / "looked").read_bytes())[0]
            return float(found / 1e9)
        return 0.0

    def count(self, words: str, since_s: float) -> int:
        return sum(words in said for at_s, said in self.said if at_s >= since_s)

    def held(self) -> dict[str, float]:
        """Give memory, threads, open files, and what OpenGL holds."""
        (self.folder / "count").touch()
        until(lambda: not (self.folder / "count").exists(), 5.0)
        asked, objects = psutil.Process(self.process.pid), self.folder / "objects"
        return {
            "rss_mb": asked.memory_info().rss / 1e6,
            "threads": asked.num_threads(),
            "files": asked.num_fds(),
            "gl_objects": int(objects.read_text() or 0) if objects.exists() else 0,
        }


def until(is_so: Callable[[], bool], limit_s: float = 15.0) -> float:
    """Wait, and give how long it took; infinity when it did not come."""
    begin_s = time.perf_counter()
    while time.perf_counter() - begin_s < limit_s:
        if is_so():
            return time.perf_counter() - begin_s
        time.sleep(0.02)
    return float("inf")


@contextlib.contextmanager
def there(path: Path) -> Iterator[None]:
    path.touch()
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


def faces_again(show: Show) -> float:
    begin_s = time.perf_counter()
    return until(lambda: show.looked_s() > begin_s)


# Each does one fault and gives how long after its end all was as before, in seconds.
def nothing(show: Show) -> float:
    return 0.0


def tracker_killed(show: Show) -> float:
    flag = show.folder / "killed"
    flag.touch()
    return until(lambda: not flag.exists()) + faces_again(show)


def tracker_hung(show: Show) -> float:
    """It hangs until another one has taken its place; give how long that took."""
    hung, hanging = show.folder / "hung", show.folder / "hanging"
    hung.touch()
    until(hanging.exists)
    back_s = faces_again(show)
    hanging.unlink(missing_ok=True)
    return back_s


def context_lost(show: Show) -> float:
    flag, pictures = show.folder / "lost", len(show.seen_s)
    flag.touch()
    return until(lambda: not flag.exists()) + until(lambda: len(show.seen_s) > pictures + 2)


def clock_jumped(show: Show) -> float:
    flag, pictures = show.folder / "jumped", len(show.seen_s)
    flag.touch()
    return until(lambda: not flag.exists()) + until(lambda: len(show.seen_s) > pictures + 2)


def camera_unplugged(show: Show) -> float:
    with there(show.folder / "unplugged"):
        time.sleep(FAULT_S)
    return faces_again(show)


def readers_stalled(show: Show) -> float:
    """Five that connect and read nothing, and then die by a reset; twenty that come and go."""
    with contextlib.ExitStack() as stack:
        for _ in range(5):
            one = stack.enter_context(show.reader())
            one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        for _ in range(20):
            show.reader().close()
        time.sleep(FAULT_S)
    return 0.0


def disk_full(show: Show) -> float:
    """No file may grow for a while: not the film, nor the next."""
    import resource  # Windows has none

    pid, begin_s = show.process.pid, time.perf_counter()
    free = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (FULL_BYTES, free[1]))
    until(lambda: show.count("stopped:", begin_s) > 0, FAULT_S)
    time.sleep(FAULT_S)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, free)
    return until(lambda: any(p.stat().st_size > FULL_BYTES for p in show.folder.glob("film.part*")))


def suspended(show: Show) -> float:
    os.kill(show.process.pid, signal.SIGSTOP)
    time.sleep(SUSPENDED_S)
    pictures = len(show.seen_s)
    os.kill(show.process.pid, signal.SIGCONT)
    return until(lambda: len(show.seen_s) > pictures + 2)


def settings_broken(show: Show) -> float:
    show.settings.write_text("fps = = broken")
    time.sleep(FAULT_S)
    begin_s = time.perf_counter()
    show.good = show.good if "view" in show.good else show.good + "[view]\nzoom = 1.0\n"
    show.settings.write_text(show.good + f"# {begin_s}\n")
    return until(lambda: show.count("settings read again", begin_s) > 0)


def avatars_swapped(show: Show) -> float:
    """One after the other, each when the one before is on: small ones, one that ships, the first.

    Gives how long the slowest took.
    """
    folders = [show.folder / name for name in ("a", "b")]
    for folder in folders:
        if not folder.exists():
            make_bundle(folder)
    longest_s, first_s, small = 0.0, time.perf_counter(), itertools.cycle(folders)
    for _ in range(SWAPS):
        if time.perf_counter() - first_s > SWAPS_S:
            break
        longest_s = max(longest_s, swapped(show, str(next(small)), 0.0))
    for name in ("juno", "default"):
        longest_s = max(longest_s, swapped(show, name, 0.1))
    return longest_s


def swapped(show: Show, name: str, over_s: float) -> float:
    begin_s = time.perf_counter()
    show.tell(f"avatar '{name}' over {over_s:g}")
    return until(lambda: show.count("now: ", begin_s) > 0, 5.0)


# What is said of each, and how often at most in its turn.
FAULTS: dict[str, tuple[Callable[[Show], float], str]] = {
    "nothing": (nothing, "trying again"),
    "tracker killed": (tracker_killed, "the tracker failed"),
    "tracker hung": (tracker_hung, "given nothing"),
    "context lost": (context_lost, "OpenGL"),
    "camera unplugged": (camera_unplugged, "unplugged"),
    "readers stalled": (readers_stalled, "alpha"),
    "disk full": (disk_full, "stopped:"),
    "suspended": (suspended, "trying again"),
    "clock jumped": (clock_jumped, "trying again"),
    "settings broken": (settings_broken, "has a fault"),
    "avatars swapped": (avatars_swapped, "trying again"),
}
