"""A microphone in, how the mouth of who speaks is out: every 10 ms, in a thread of its own.

`run` is the work of a Worker; the beat asks `shares` for the newest. What is heard is kept nowhere.
"""

from __future__ import annotations

import queue
from typing import Any

import numpy as np
from jaxtyping import Float32

from vtuber.core.errors import DeviceLost
from vtuber.core.ports import Clock, StopEvent
from vtuber.core.speech import SAMPLE_RATE_HZ, VisemeName
from vtuber.sound.devices import LOCK, Pactl, chosen, find, in_words, opened, refresh, sounddevice
from vtuber.sound.lips import HOP_S, VOWELS, Lips

BLOCK = 480  # samples: 10 ms
LATENCY_S = 0.02
LOOK_S, LOST_S = 0.1, 5.0  # without a block
MOST_WAITING = 50  # blocks: half a second, which the thread is behind at most
OPENS_S, SHUTS_S = 0.015, 0.05  # how fast a mouth follows
STALE_S = 0.3  # then nobody knows how it is


Shares = tuple[tuple[VisemeName, float], ...]  # of vowels; their sum is at most 1, 0 is shut


class Microphone:
    """One microphone, chosen by name."""

    def __init__(self, name: str, clock: Clock, pactl: Pactl) -> None:
        self.name = name
        self.blocks = 0  # that were heard, ever
        self._clock, self._pactl = clock, pactl
        self._newest: tuple[Shares, int] | None = None  # and when it was so
        self._waiting: queue.SimpleQueue[tuple[np.ndarray, int]] = queue.SimpleQueue()
        self._shown = np.zeros(len(VOWELS), np.float32)

    def check(self) -> None:
        """Raise UserError when there is no such microphone."""
        find("in", self.name, self._pactl)

    def shares(self, now_ns: int) -> Shares | None:
        """Give how much of each vowel the mouth shows; None while the microphone says nothing."""
        newest = self._newest
        if newest is None or now_ns - newest[1] > STALE_S * 1e9:
            return None
        return newest[0]

    def run(self, stop: StopEvent) -> None:
        """Listen until the end. Raises UserError without a microphone, DeviceLost when it goes."""
        refresh()
        stream = self._open()
        lips = Lips()
        try:
            with in_words(f"listen to {self.name}"):
                stream.start()
            heard_ns = self._clock.now_ns()
            while not stop.is_set():
                try:
                    samples, end_ns = self._waiting.get(timeout=LOOK_S)
                except queue.Empty:
                    if not stream.active or self._clock.now_ns() - heard_ns > LOST_S * 1e9:
                        raise DeviceLost(f"the microphone {self.name} is gone") from None
                    continue
                heard_ns = end_ns
                if self._waiting.qsize() < MOST_WAITING:
                    self._hear(lips, samples, end_ns)
        finally:
            self._newest = None
            stream.abort(ignore_errors=True)
            stream.close(ignore_errors=True)

    def _open(self) -> Any:
        library = sounddevice()
        with LOCK:
            device = find("in", self.name, self._pactl)
            with in_words(f"listen to {device.name}"), chosen(device) as index:
                return opened(
                    library.InputStream(
                        samplerate=SAMPLE_RATE_HZ,
                        blocksize=BLOCK,
                        device=index,
                        channels=1,
                        dtype="float32",
                        latency=LATENCY_S,
                        callback=self._take,
                    )
                )

    def _take(self, samples: np.ndarray, frames: int, times: Any, status: object) -> None:
        """Pass a block on, in PortAudio's own thread."""
        self._waiting.put((samples[:, 0].copy(), self._clock.now_ns()))

    def _hear(self, lips: Lips, samples: Float32[np.ndarray, " n"], end_ns: int) -> None:
        self.blocks += 1
        for is_open, shares in zip(*lips.hear(samples), strict=True):
            wanted = is_open * shares
            time_s = OPENS_S if wanted.sum() > self._shown.sum() else SHUTS_S
            self._shown = self._shown + (wanted - self._shown) * np.float32(
                1 - np.exp(-HOP_S / time_s)
            )
        named = zip(VOWELS, self._shown.tolist(), strict=True)
        self._newest = tuple(named), end_ns
