"""A picture, a clip or a camera in; faces out, one per frame: filtered, not mirrored, absolute."""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Callable, Generator, Iterable, Iterator
from pathlib import Path
from typing import IO

from vtuber import plugins
from vtuber.animate.smooth import Predictor, Smoother, SmoothSettings
from vtuber.core.errors import DeviceLost, SourceEnded
from vtuber.core.face import Face
from vtuber.core.frame import Frame
from vtuber.core.ports import Clock, FaceSource, Source, StopEvent
from vtuber.core.ranges import FIELD_OF_VIEW_DEG, PREDICT_S, SMOOTHING
from vtuber.runtime.clock import SystemClock
from vtuber.shows.sources import PICTURES
from vtuber.track.facelog import face_row


def track_faces(
    given: str | Path | int,
    *,
    predict_s: float = PREDICT_S.default,
    smoothing: float | SmoothSettings = SMOOTHING.default,
    field_of_view_deg: float = FIELD_OF_VIEW_DEG.default,
    seconds: float | None = None,
    stop: StopEvent | None = None,
    measured: Callable[[Face], None] | None = None,
) -> Iterator[Face]:
    """Give the face of every frame of a clip or picture (a path) or a camera (a number or a URL).

        for face in vtuber.track_faces("me.mp4", seconds=10):
            if face.found:
                print(face.captured_ns, face.as_dict()["headYaw"])

    Unmirrored and absolute. `predict_s` (0..1) leads the head; `smoothing` is 0 (none) to 10, 1 as
    measured, or the filter of each group; `measured` is called with each face before it is
    filtered; the field of view is the camera's vertical one. It ends with the input, after
    `seconds` of it, or when `stop` (a `threading.Event`) is set.

    Raises UserError for a value that cannot be, and with the first face for an input that is not
    there; DeviceLost when a camera goes away.
    """
    from vtuber.track.mediapipe import Options, Tracker

    if not isinstance(smoothing, SmoothSettings):
        SMOOTHING.check("smoothing", smoothing)
        smoothing = SmoothSettings(strength=smoothing)
    PREDICT_S.check("predict_s", predict_s)
    clock = SystemClock()
    tracker = Tracker(Options(field_of_view_deg), clock)
    source = _source(str(given), clock)
    frames = _frames(source, math.inf if seconds is None else seconds, stop)
    return _faces(frames, tracker, smoothing, predict_s, measured)


def _source(given: str, clock: Clock) -> Source:
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


def _frames(source: Source, seconds: float, stop: StopEvent | None) -> Generator[Frame]:
    source.open()
    first_ns: int | None = None
    try:
        while stop is None or not stop.is_set():
            frame = source.read()
            first_ns = frame.captured_ns if first_ns is None else first_ns
            if (frame.captured_ns - first_ns) / 1e9 >= seconds:
                return
            yield frame
    except SourceEnded:
        return
    finally:
        source.close()


def _faces(
    frames: Generator[Frame],
    tracker: FaceSource,
    smoothing: SmoothSettings,
    predict_s: float,
    measured: Callable[[Face], None] | None,
) -> Iterator[Face]:
    smoother, predictor = Smoother(smoothing), Predictor(smoothing)
    try:
        for number, frame in enumerate(frames):
            if not number:
                tracker.open()  # heavy: an input that is not there is said before
            found = tracker.find(frame)
            if measured is not None:
                measured(found)
            face = smoother.apply(found)
            predictor.add(face)
            if predict_s > 0 and face.found:
                led = predictor.at(face.captured_ns + round(predict_s * 1e9))
                face = dataclasses.replace(face, pose=led)
            yield face
    finally:
        tracker.close()
        frames.close()


def write_faces(
    faces: Iterable[Face], file: IO[str], progress: Callable[[int], None]
) -> tuple[int, int, str]:
    """Write one JSON line per face; a camera that goes away ends it, and the lines stay.

    Gives how many frames there were, how many held a face, and the trouble that ended it.
    """
    frames = found = first_ns = 0
    try:
        for face in faces:
            first_ns = first_ns if frames else face.captured_ns
            frames += 1
            found += face.found
            file.write(json.dumps(face_row(face, first_ns), separators=(",", ":")) + "\n")
            progress(frames)
    except DeviceLost as error:
        return frames, found, str(error)
    return frames, found, ""
