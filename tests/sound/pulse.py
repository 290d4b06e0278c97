"""A PulseAudio of our own, whose sink nobody hears, and what records a source of it."""

import contextlib
import os
import subprocess
import threading
import time

import numpy as np

from vtuber.core.errors import UserError
from vtuber.runtime.pactl import pactl

RATE_HZ = 48_000
LONG_S = 15.0
NEEDED = ("pulseaudio", "parec", "pactl")


class Pulse:
    """One server in a folder of its own; `name` is its only sink."""

    def __init__(self, folder, name="room"):
        self.name, self._folder = name, folder
        self.address = f"unix:{folder}/native"
        self._process = None

    def start(self):
        arguments = [
            "pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no",
            "--log-target=file:" + str(self._folder / "log"),
            "-L", f"module-native-protocol-unix auth-anonymous=1 socket={self._folder}/native",
            "-L", f"module-null-sink sink_name={self.name} rate={RATE_HZ}",
        ]  # fmt: skip
        home = {"HOME": str(self._folder), "XDG_RUNTIME_DIR": str(self._folder)}
        self._process = subprocess.Popen(arguments, env={**os.environ, **home})
        until_s = time.monotonic() + LONG_S
        while self.name not in self.ask("list", "short", "sinks"):
            assert time.monotonic() < until_s, (self._folder / "log").read_text()

    def ask(self, *words):
        with contextlib.suppress(UserError):
            return pactl(*words)
        return ""

    def stop(self):
        self._process.terminate()
        self._process.wait(LONG_S)


class Recorder:
    """What a source gives, and when: monitors give at once what their sink takes."""

    def __init__(self, source):
        words = ["--raw", "--format=float32le", f"--rate={RATE_HZ}", "--channels=1"]
        self._parec = subprocess.Popen(
            ["parec", *words, "-d", source, "--latency-msec=5"], stdout=subprocess.PIPE, bufsize=0
        )
        self._came = threading.Condition()
        self._parts, self._arrivals, self._count = [], [], 0
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()
        self.wait(RATE_HZ // 20)

    def _read(self):
        while part := os.read(self._parec.stdout.fileno(), 1 << 16):
            with self._came:
                self._count += len(part) // 4
                self._parts.append(part)
                self._arrivals.append((self._count, time.perf_counter_ns()))
                self._came.notify_all()

    def wait(self, more):
        """Wait until so many more samples have come."""
        with self._came:
            until = self._count + more
            assert self._came.wait_for(lambda: self._count >= until, LONG_S), "no samples came"

    @property
    def samples(self):
        with self._came:
            return np.frombuffer(b"".join(self._parts), np.float32)

    def ns(self, sample):
        """Say when a sample came out: no part can arrive before it was there.

        Parts within two seconds of it tell: on a busy machine the server puts in silence, or loses.
        """
        counts, times = np.array(self._arrivals, np.int64).T
        near = np.abs(counts - sample) < 2 * RATE_HZ
        counts, times = counts[near], times[near]
        return int((times - counts * 1e9 / RATE_HZ).min() + sample * 1e9 / RATE_HZ)

    def close(self):
        self._parec.terminate()
        self._parec.wait(LONG_S)
        self._thread.join(LONG_S)
