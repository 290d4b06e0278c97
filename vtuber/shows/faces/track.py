"""A picture, a clip or a camera in; faces out, one per frame: filtered, not mirrored, absolute."""

from __future__ import annotations

import dataclasses
import json
import math
import os
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO

from vtuber import plugins
from vtuber.animate.smooth import Predictor, Smoother, SmoothSettings
from vtuber.core.errors import DeviceLost, SourceEnded, UserError
from vtuber.core.face import Face
from vtuber.core.frame import Frame
from vtuber.core.ports import Clock, FaceSource, Source, StopEvent
from vtuber.core.ranges import FIELD_OF_VIEW_DEG, PREDICT_S, SMOOTHING
from vtuber.runtime.clock import SystemClock
from vtuber.shows.faces.tracked import found_by
from vtuber.shows.faces.trackers import make_trackers
from vtuber.shows.sources import PICTURES
from vtuber.track.facelog import face_row


def track_faces(
    given: str | Path | int,
    *,
    predict_s: float = PREDICT_S.default,
    smoothing: float | SmoothSettings = SMOOTHING.default,
    field_of_view_deg: float = FIELD_OF_VIEW_DEG.default,
    faces: int = 1,
    tracker: str = "mediapipe",
    seconds: float | None = None,
    stop: StopEvent | None = None,
    measured: Callable[[Face], None] | None = None,
) -> Iterator[Face]:
    """Give the face of every frame of a clip or picture (a path) or camera (number, name or URL).

        for face in vtuber.track_faces("me.mp4", seconds=10):
            if face.found:
                print(face.captured_ns, face.as_dict()["headYaw"])

    Unmirrored and absolute. `predict_s` (0..1) leads the head; `smoothing` is 0 (none) to 10, 1 as
    measured, or the filter of each group; with `faces` 2 two people are followed, the left one
    first, and each frame gives both (`face.performer`); `tracker` names another than mediapipe;
    `measured` is called with each face before it is filtered; the field of view is the camera's
    vertical one. It ends with the input, after `seconds` of it, or when `stop` (a
    `threading.Event`) is set.

    Raises UserError for a value that cannot be, and with the first face for an input that is not
    there; DeviceLost when a camera goes away.
    """
    if not isinstance(smoothing, SmoothSettings):
        SMOOTHING.check("smoothing", smoothing)
        smoothing = SmoothSettings(strength=smoothing)
    PREDICT_S.check("predict_s", predict_s)
    if faces not in (1, 2):
        raise UserError(f"faces is {faces}; give 1 or 2")
    clock = SystemClock()
    trackers = make_trackers(tracker, field_of_view_deg, clock, [None] * faces)
    source = _source(str(given), clock)
    frames = _frames(source, math.inf if seconds is None else seconds, stop)
    return _faces(frames, trackers, smoothing, predict_s, measured)


def _source(given: str, clock: Clock) -> Source:
    """Choose camera, picture or clip by what was given. Raises UserError, before or at `open`."""
    source: Source
    if given.isdecimal() or "://" in given or given.startswith("/dev/video"):
        source = plugins.with_options("capture", "camera", device=given).make(clock)
    elif not (Path(given).suffix or os.sep in given or os.path.exists(given)):  # a name
        try:
            source = plugins.with_options("capture", "camera", device=given).make(clock)
        except UserError as error:
            raise UserError(f"no file {given!r}, and {error}") from error
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
    trackers: Sequence[FaceSource],
    smoothing: SmoothSettings,
    predict_s: float,
    measured: Callable[[Face], None] | None,
) -> Iterator[Face]:
    filters = [(Smoother(smoothing), Predictor(smoothing)) for _ in trackers]
    try:
        for number, frame in enumerate(frames):
            if not number:
                for tracker in trackers:
                    tracker.open()  # heavy: an input that is not there is said before
            found = found_by(trackers, frame)
            for face, (smoother, predictor) in zip(found, filters, strict=True):
                if measured is not None:
                    measured(face)
                face = smoother.apply(face)
                predictor.add(face)
                if predict_s > 0 and face.found:
                    led = predictor.at(face.captured_ns + round(predict_s * 1e9))
                    face = dataclasses.replace(face, pose=led)
                yield face
    finally:
        for tracker in trackers:
            tracker.close()
        frames.close()


def write_faces(
    faces: Iterable[Face], file: IO[str], progress: Callable[[int], None]
) -> tuple[int, int, str]:
    """Write one JSON line per face; a camera that goes away ends it, and the lines stay.

    Gives how many frames there were, how many held a face, and the trouble that ended it.
    """
    frames = found = first_ns = 0
    is_empty = False  # the last frame: nobody found yet
    try:
        for face in faces:
            first_ns = first_ns if frames else face.captured_ns
            is_new = face.performer == 1
            frames += is_new
            is_first = face.found and (is_new or is_empty)
            found += is_first
            is_empty = (is_new or is_empty) and not face.found
            file.write(json.dumps(face_row(face, first_ns), separators=(",", ":")) + "\n")
            progress(frames)
    except DeviceLost as error:
        return frames, found, str(error)
    return frames, found, ""
