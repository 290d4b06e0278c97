"""A speaker on a device of this machine, by PortAudio: samples in, when each is heard out.

One stream stays open for the whole show and plays silence between lines: starting one loses its
first 12 to 19 ms. When the device is lost, all goes on at the pace of the clock, unheard, until
`keep` has opened it again.
"""

from __future__ import annotations

import threading
from collections import deque
from typing import Any

import numpy as np
from jaxtyping import Float32

from vtuber.core.errors import DeviceLost, UserError
from vtuber.core.ports import Clock, StopEvent
from vtuber.core.speech import SAMPLE_RATE_HZ, Sound
from vtuber.sound.devices import (
    LOCK,
    Device,
    Pactl,
    chosen,
    find,
    in_words,
    opened,
    refresh,
    sounddevice,
)
from vtuber.sound.silent import Pace, sounds
from vtuber.sound.tape import Tape
from vtuber.sound.timeline import DriverClock, FrameClock, Timeline

BLOCK = 960  # frames: 20 ms; PulseAudio asks for several at once, so time is learnt per block
LATENCY_S = 0.1  # below, a beat that keeps Python busy for 20 ms would be heard
LOOK_S = 0.25
LOST_S = 5.0  # without a block; a sink that was idle keeps a new stream waiting for 2
KEPT_BLOCKS = 1000


class Speaker:
    """Plays on a device, chosen by name."""

    def __init__(self, name: str, clock: Clock, pactl: Pactl, av_offset_s: float = 0.0) -> None:
        """Choose a device. What goes to it is heard `av_offset_s` later than is said of it."""
        self.name = name
        self._clock, self._av_offset_s = clock, av_offset_s
        self._pactl = pactl
        self._tape, self._timeline = Tape(), Timeline()
        self._lock = threading.Lock()  # of the timeline; the callback does not know it
        self._stream: _Stream | None = None
        self._pace: Pace | None = None  # while there is no device

    def open(self) -> None:
        """Open the device. Raises UserError when there is none."""
        with LOCK:
            device = find("out", self.name, self._pactl)
            stream = _Stream(device, self._tape, self._clock, self._av_offset_s)
        with self._lock:
            self._advance(self._clock.now_ns())
            self._stream, self._pace = stream, None
        try:
            stream.start()
        except UserError:
            self._drop()
            raise

    def put(self, samples: Float32[np.ndarray, " n"]) -> int:
        """Queue samples behind what is queued, without waiting; give the count of the first."""
        with self._lock:
            self._advance(self._clock.now_ns())
            return self._tape.put(samples)

    def heard(self, now_ns: int) -> float:
        """Give the count of the sample that is heard at a time near now, up to 0.1 s ahead."""
        with self._lock:
            self._advance(min(now_ns, self._clock.now_ns()))
            if self._pace is not None:
                return self._pace.heard(now_ns)
            return self._timeline.heard(now_ns)

    def played(self, now_ns: int) -> tuple[Sound, ...]:
        """Give what was heard since the last call, for sinks."""
        with self._lock:
            self._advance(now_ns)
            return sounds(self._tape, self._timeline, now_ns)

    def silence(self, fade_s: float = 0.02, keep: int = 0) -> int:
        """Fade out and drop what is queued behind `keep`; give the count at which it ends.

        What the device holds already, a tenth of a second, is still heard.
        """
        with self._lock:
            self._advance(self._clock.now_ns())
            return self._tape.cut(round(fade_s * SAMPLE_RATE_HZ), keep)

    def _advance(self, now_ns: int) -> None:
        """Take down what the stream has played, or play at the pace of the clock without one."""
        if self._stream is not None:
            self._stream.tell(self._timeline)
        elif self._pace is None:
            self._pace = Pace(self._tape, self._timeline, now_ns)
        if self._pace is not None:
            self._pace.until(now_ns)

    def keep(self, stop: StopEvent) -> None:
        """Open the device if it is not, and look after it. Raises DeviceLost when it goes."""
        if self._stream is None:
            try:
                refresh()
                self.open()
            except UserError as error:
                raise DeviceLost(str(error)) from error
        while not stop.wait(LOOK_S):
            if self._stream is not None and self._stream.is_dead(self._clock.now_ns()):
                self._drop()
                raise DeviceLost(f"the speaker {self.name} is gone; it goes on unheard")

    def _drop(self) -> None:
        with self._lock:
            stream, self._stream = self._stream, None
            if stream is not None:
                stream.tell(self._timeline)
        if stream is not None:
            stream.close()

    def close(self) -> None:
        self._drop()


class _Stream:
    """One open stream, its callback, and what that wrote down."""

    def __init__(self, device: Device, tape: Tape, clock: Clock, av_offset_s: float) -> None:
        library = sounddevice()
        # Sound that shall be later waits here. Sooner it cannot be: it is said to be later, and the
        # mouth waits.
        self._waiting = np.zeros(round(max(0.0, av_offset_s) * SAMPLE_RATE_HZ) + BLOCK, np.float32)
        self._said_later_ns = round(max(0.0, -av_offset_s) * 1e9)
        self._tape, self._time = tape, clock
        self._blocks: deque[tuple[int, int, int, int, float, float]] = deque(maxlen=KEPT_BLOCKS)
        self._driver_clock, self._frame_clock = DriverClock(), FrameClock()
        self._frames = 0
        self._heard_from_ns = clock.now_ns()
        self._device = device
        with in_words(f"play on {device.name}"), chosen(device) as index:
            stream = library.OutputStream(
                samplerate=SAMPLE_RATE_HZ,
                blocksize=BLOCK,
                device=index,
                channels=_channels(library, index),
                dtype="float32",
                latency=LATENCY_S,
                callback=self._play,
            )
        self._stream = opened(stream)

    def start(self) -> None:
        with in_words(f"play on {self._device.name}"):
            self._stream.start()

    def _play(self, out: np.ndarray, frames: int, times: Any, status: object) -> None:
        """Fill one block, in PortAudio's own thread."""
        now_ns = self._time.now_ns()
        waiting = self._waiting
        first, count = self._tape.read(waiting[len(waiting) - frames :])
        out[:] = waiting[:frames, None]
        waiting[:-frames] = waiting[frames:]
        told = (times.currentTime, times.outputBufferDacTime)
        self._blocks.append((self._frames, first, count, now_ns, *told))
        self._frames += frames
        self._heard_from_ns = now_ns

    def tell(self, timeline: Timeline) -> None:
        """Write into a timeline what was played since it was told last."""
        while self._blocks:
            frame, first, count, now_ns, driver_s, dac_s = self._blocks.popleft()
            told_ns = self._driver_clock.ns(driver_s, now_ns) + self._said_later_ns
            self._frame_clock.learn(frame, told_ns, dac_s - driver_s, self._stream.latency)
            timeline.add(self._frame_clock, frame, first, count)

    def is_dead(self, now_ns: int) -> bool:
        return not self._stream.active or now_ns - self._heard_from_ns > LOST_S * 1e9

    def close(self) -> None:
        self._stream.abort(ignore_errors=True)
        self._stream.close(ignore_errors=True)


def _channels(library: Any, index: int) -> int:
    """Two, as some devices know no other number, or the one of a device that has one."""
    return min(2, int(library.query_devices(index)["max_output_channels"]))
