"""A picture, a clip or a camera in; faces out, one per frame: filtered, not mirrored, absolute."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path

from vtuber import plugins
from vtuber.animate.smooth import Predictor, Smoother, SmoothSettings
from vtuber.core.errors import SourceEnded
from vtuber.core.face import Face
from vtuber.core.ports import Source
from vtuber.runtime.clock import SystemClock

PICTURES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".bmp"})


def open_source(given: str, clock: SystemClock) -> Source:
    """Choose camera, picture or clip by what was given. Raises UserError, before or at `open`."""
    source: Source
    if given.isdecimal() or "://" in given or given.startswith("/dev/"):
        source = plugins.with_options("capture", "camera", device=given).make(clock)
    elif Path(given).suffix.lower() in PICTURES:
        still = plugins.with_options("capture", "still", path=given, frames=1, paced=False)
        source = still.make(clock)
    else:
        source = plugins.with_options("capture", "video", path=given, paced=False).make(clock)
    return source


def track(
    given: str,
    *,
    predict_s: float = 0.0,
    smoothing: float = 1.0,
    field_of_view_deg: float = 63.0,
    is_enough: Callable[[], bool] = lambda: False,
) -> Iterator[Face]:
    """Give the face of every frame until the input ends or is enough. Raises UserError."""
    from vtuber.track.mediapipe import Options, Tracker

    clock = SystemClock()
    source = open_source(given, clock)
    source.open()
    tracker = Tracker(Options(field_of_view_deg=field_of_view_deg), clock)
    smoother, predictor = Smoother(SmoothSettings(strength=smoothing)), Predictor()
    try:
        tracker.open()
        while not is_enough():
            face = smoother.apply(tracker.find(source.read()))
            predictor.add(face)
            if predict_s > 0 and face.found:
                led = predictor.at(face.captured_ns + round(predict_s * 1e9))
                face = dataclasses.replace(face, pose=led)
            yield face
    except SourceEnded:
        return
    finally:
        tracker.close()
        source.close()
