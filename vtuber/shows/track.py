"""A picture, a clip or a camera in; faces out, one per frame: filtered, not mirrored, absolute."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from vtuber import plugins
from vtuber.animate.smooth import Predictor, Smoother, SmoothSettings
from vtuber.core.errors import DeviceLost, SourceEnded
from vtuber.core.face import Face
from vtuber.core.ports import Source, StopEvent
from vtuber.runtime.clock import SystemClock
from vtuber.shows.sources import PICTURES
from vtuber.track.facelog import face_row


@dataclass(frozen=True, slots=True)
class Wishes:
    """What to track, and how."""

    given: str  # a path, a camera's number or a URL
    predict_s: float = 0.0
    smoothing: float = 1.0
    field_of_view_deg: float = 63.0  # vertical
    seconds: float | None = None  # of the input


def open_source(given: str, clock: SystemClock) -> Source:
    """Choose camera, picture or clip by what was given. Raises UserError, before or at `open`."""
    source: Source
    if given.isdecimal() or "://" in given or given.startswith("/dev/video"):
        source = plugins.with_options("capture", "camera", device=given).make(clock)
    elif Path(given).suffix.lower() in PICTURES:
        still = plugins.with_options("capture", "still", path=given, frames=1, paced=False)
        source = still.make(clock)
    else:
        source = plugins.with_options("capture", "video", path=given, paced=False).make(clock)
    return source


def track(wishes: Wishes, stop: StopEvent) -> Iterator[Face]:
    """Give the face of every frame until the input ends, is enough, or `stop` is set.

    Raises UserError for an input that is not there, DeviceLost when a camera goes away.
    """
    from vtuber.track.mediapipe import Options, Tracker

    clock = SystemClock()
    source = open_source(wishes.given, clock)
    source.open()
    tracker = Tracker(Options(field_of_view_deg=wishes.field_of_view_deg), clock)
    smoother, predictor = Smoother(SmoothSettings(strength=wishes.smoothing)), Predictor()
    end_ns: int | None = None
    try:
        tracker.open()
        while not stop.is_set():
            frame = source.read()
            if end_ns is None and wishes.seconds is not None:
                end_ns = frame.captured_ns + round(wishes.seconds * 1e9)
            if end_ns is not None and frame.captured_ns >= end_ns:
                return
            face = smoother.apply(tracker.find(frame))
            predictor.add(face)
            if wishes.predict_s > 0 and face.found:
                led = predictor.at(face.captured_ns + round(wishes.predict_s * 1e9))
                face = dataclasses.replace(face, pose=led)
            yield face
    except SourceEnded:
        return
    finally:
        tracker.close()
        source.close()


def write_faces(
    wishes: Wishes, file: IO[str], stop: StopEvent, progress: Callable[[int], None]
) -> tuple[int, int, str]:
    """Write one JSON line per frame; a camera that goes away ends it, and the lines stay.

    Gives how many frames there were, how many held a face, and the trouble that ended it.
    """
    frames = found = first_ns = 0
    try:
        for face in track(wishes, stop):
            first_ns = first_ns if frames else face.captured_ns
            frames += 1
            found += face.found
            file.write(json.dumps(face_row(face, first_ns), separators=(",", ":")) + "\n")
            progress(frames)
    except DeviceLost as error:
        return frames, found, str(error)
    return frames, found, ""
