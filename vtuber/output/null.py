"""A sink that throws pictures away and counts them; with `delay_ms` it is a slow one, for tests.

Settings: fps (pictures a second it takes), delay_ms (how long each picture keeps it busy).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from vtuber.core.picture import Picture
from vtuber.core.ports import SinkContext


@dataclass(frozen=True)
class Options:
    """Settings of `--output null`."""

    fps: int = 30
    delay_ms: float = 0.0


class Output:
    """Counts what it is given."""

    eats = frozenset({"picture"})
    runs_on = "thread"
    delivery: Literal["newest", "paced"] = "newest"

    def __init__(self, options: Options, context: SinkContext) -> None:
        self.frames = 0
        self.last: Picture | None = None
        self.is_open = False
        self._delay_ns = round(options.delay_ms * 1e6)
        self._clock = context.clock

    def open(self) -> None:
        self.is_open = True

    def send(self, picture: Picture) -> None:
        self.frames += 1
        self.last = picture
        if self._delay_ns:
            self._clock.sleep_until(self._clock.now_ns() + self._delay_ns)

    def close(self) -> None:
        self.is_open = False
