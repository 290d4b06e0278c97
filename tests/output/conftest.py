"""Pictures as the renderer makes them, and a context that writes down what sinks announce."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pytest

from vtuber.core.picture import Box, Picture
from vtuber.core.ports import SinkContext
from vtuber.runtime.clock import SystemClock

MakePicture = Callable[..., Picture]


@pytest.fixture
def disc() -> MakePicture:
    """Give a maker of pictures: a soft disc of one colour whose centre moves with the sequence."""

    def make(
        sequence: int = 0,
        size_px: tuple[int, int] = (320, 180),
        colour: tuple[int, int, int] = (200, 60, 40),
    ) -> Picture:
        width, height = size_px
        y, x = np.mgrid[:height, :width]
        centre = width * 0.3 + 2 * sequence
        alpha = np.clip(height * 0.35 - np.hypot(x - centre, y - height / 2), 0, 1.0)
        rgba = np.empty((height, width, 4), np.uint8)
        rgba[..., :3] = np.round(np.array(colour) * alpha[..., None])
        rgba[..., 3] = np.round(alpha * 255)
        ys, xs = np.nonzero(rgba[..., 3])
        box = Box(int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1)
        return Picture(rgba, box, sequence * 1_000_000, sequence * 1_000_000, sequence)

    return make


@dataclass
class Show:
    """Makes contexts and remembers what was announced."""

    announced: list[str] = field(default_factory=list)

    def context(self, size_px: tuple[int, int] = (320, 180), **more: object) -> SinkContext:
        settings: dict[str, object] = {"fps": 30, "clock": SystemClock(), **more}
        return SinkContext(size_px=size_px, announce=self.announced.append, **settings)  # type: ignore[arg-type]


@pytest.fixture
def show() -> Show:
    return Show()
