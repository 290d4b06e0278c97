"""Frames in, faces out, by mediapipe's face mesh with irises, whose models its wheel brings along.

Settings: `field_of_view_deg`, the camera's vertical field of view; `profile`, the file in which
what is learnt of the performer stays until the next show (none: it does not).
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from jaxtyping import Float32, UInt8

from vtuber.core.command import CalibrationName
from vtuber.core.errors import UserError
from vtuber.core.face import Face
from vtuber.core.frame import Frame
from vtuber.core.ports import Clock
from vtuber.core.pose import PoseInput
from vtuber.core.ranges import FIELD_OF_VIEW_DEG
from vtuber.track.blendshapes import BlendshapeSolver
from vtuber.track.features import MESH_POINTS
from vtuber.track.head import HeadPose, solve_head
from vtuber.track.profile import read_profile, write_profile
from vtuber.track.seek import Box, Seeker

CONFIDENCE = 0.5  # how sure the detector and the mesh must be of a face, 0..1


@dataclass(frozen=True, slots=True)
class Options:
    """Settings of the tracker."""

    field_of_view_deg: float = FIELD_OF_VIEW_DEG.default
    profile: Path | None = None


class Tracker:
    """A `FaceSource` for one performer. 6 ms of CPU per 640x480 frame, most of them mediapipe's."""

    def __init__(self, options: Options, clock: Clock) -> None:
        FIELD_OF_VIEW_DEG.check("field_of_view_deg", options.field_of_view_deg)
        self._options, self._clock = options, clock
        self._solver = BlendshapeSolver()
        self._asked: list[CalibrationName] = []
        self._has_learnt = False
        self._mesh: Any = None
        self._detector: Any = None
        self._seeker = Seeker(self._fit, self._detect)

    def meet(self, company: Sequence[Tracker]) -> None:
        """Share the pictures with others: each follows one face, as they first sit: left first.

        `company` holds this tracker too. All of them are given every frame, in their order.
        """
        self._seeker.meet([tracker._seeker for tracker in company])

    def open(self) -> None:
        """Load the models (0.1 s, after an import of 1 s). Raises UserError without mediapipe."""
        if self._options.profile is not None:
            self._solver = BlendshapeSolver(read_profile(self._options.profile))
        try:
            with _without("matplotlib", "matplotlib.pyplot"):
                from mediapipe.python.solutions.face_detection import FaceDetection
        except ImportError as error:
            raise UserError(
                f"face tracking needs mediapipe, which cannot be imported ({error}); "
                "`pip install mediapipe==0.10.21` into this environment mends it"
            ) from error
        with _quiet():
            self._mesh = self._open_mesh()
            # The first picture builds the graph, and the first face of a process makes it warn
            # about itself; the second picture makes it forget that face.
            self._fit(_drawn_face())
            self._fit(np.zeros((64, 64, 3), np.uint8))
            # 1: the model for faces up to 5 m away, which the wheel bundles as well
            self._detector = FaceDetection(CONFIDENCE, model_selection=1)
            self._detector.process(_drawn_face())

    def _open_mesh(self) -> Any:
        """Load the model of the mesh; it has `close`."""
        from mediapipe.python.solutions.face_mesh import FaceMesh

        return FaceMesh(
            max_num_faces=1,
            refine_landmarks=True,
            min_detection_confidence=CONFIDENCE,
            min_tracking_confidence=CONFIDENCE,
        )

    def find(self, frame: Frame) -> Face:
        """Measure the performer's face; a mesh that makes no sense is no face."""
        started_ns = self._clock.now_ns()
        height, width = frame.rgb.shape[:2]
        landmarks_px = self._seeker.seek(frame.rgb, frame.captured_ns)
        head = None
        if landmarks_px is not None:
            head = solve_head(landmarks_px, (width, height), self._options.field_of_view_deg)
        if head is None:
            track_ns = self._clock.now_ns() - started_ns
            return Face.lost(frame.captured_ns, frame.sequence, track_ns)
        pose = self._measured(head, frame.captured_ns)
        self._has_learnt = True
        while self._asked:
            self._solver.calibrate(self._asked.pop())
        return Face(
            frame.captured_ns,
            frame.sequence,
            True,
            pose,
            landmarks_px,
            (width, height),
            self._clock.now_ns() - started_ns,
        )

    def _measured(self, head: HeadPose, now_ns: int) -> PoseInput:
        """Give the pose of the face that was fitted last."""
        return self._solver.solve(head, now_ns)

    def calibrate(self, what: CalibrationName) -> None:
        """Take the next face as neutral, or its eyes as open or shut; any thread may ask."""
        self._asked.append(what)

    def close(self) -> None:
        if self._options.profile is not None and self._has_learnt:
            write_profile(self._options.profile, self._solver.profile)
            self._has_learnt = False
        for model in (self._mesh, self._detector):
            if model is not None:
                model.close()
        self._mesh = self._detector = None

    def _fit(self, rgb: np.ndarray) -> Float32[np.ndarray, "478 3"] | None:
        assert self._mesh is not None, "find() comes after open()"
        faces = self._mesh.process(rgb).multi_face_landmarks
        return _normalised(faces[0]) if faces else None

    def _detect(self, rgb: np.ndarray) -> list[Box]:
        assert self._detector is not None, "find() comes after open()"
        height, width = rgb.shape[:2]
        found = self._detector.process(np.ascontiguousarray(rgb)).detections or ()
        relative = [one.location_data.relative_bounding_box for one in found]
        return [
            Box(box.xmin * width, box.ymin * height, box.width * width, box.height * height)
            for box in relative
        ]


def _drawn_face() -> UInt8[np.ndarray, "64 64 3"]:
    """Draw two eyes and a mouth on an oval: enough for the detector to look closer."""
    y, x = np.mgrid[:64, :64] / 64
    rgb = np.full((64, 64, 3), 90, np.uint8)
    skin, dark, red = (225, 180, 155), (50, 35, 30), (170, 70, 70)
    for cx, cy, rx, ry, colour in (
        (0.50, 0.50, 0.30, 0.40, skin),
        (0.37, 0.42, 0.06, 0.03, dark), (0.63, 0.42, 0.06, 0.03, dark),
        (0.37, 0.34, 0.08, 0.02, dark), (0.63, 0.34, 0.08, 0.02, dark),
        (0.50, 0.68, 0.10, 0.03, red),
    ):  # fmt: skip
        rgb[((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 < 1] = colour
    return rgb


@contextlib.contextmanager
def _without(*modules: str) -> Iterator[None]:
    """Import nothing for these names meanwhile, unless they are there.

    mediapipe's drawing aids import pyplot for plots that nobody makes here: 34 MB of memory, and
    0.4 s of CPU time of which the beat would lose its share.
    """
    empty = {name: ModuleType(name) for name in modules if name not in sys.modules}
    sys.modules.update(empty)
    try:
        yield
    finally:
        for name in empty:
            del sys.modules[name]


# A NormalizedLandmark on the wire: tag and length of the submessage; x, y, z, each after its tag.
_WIRE = np.dtype(
    [("head", "u1", 2), ("tx", "u1"), ("x", "<f4"), ("ty", "u1"), ("y", "<f4"), ("tz", "u1"),
     ("z", "<f4")]
)  # fmt: skip


def _normalised(face: Any) -> Float32[np.ndarray, "478 3"]:
    """Copy a landmark list out of protobuf: its bytes are regular; 0.04 ms, a loop over it 0.36."""
    wire = face.SerializeToString()
    if len(wire) == MESH_POINTS * _WIRE.itemsize:
        table = np.frombuffer(wire, _WIRE)
        if (table["tx"] == 0x0D).all() and (table["tz"] == 0x1D).all():
            return np.column_stack((table["x"], table["y"], table["z"]))
    return np.array([(point.x, point.y, point.z) for point in face.landmark], np.float32)


_NOISE = re.compile(
    rb"^([WI]\d{4} |INFO: Created TensorFlow|WARNING: All log messages before absl)"
)


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep the log lines of mediapipe's C++ from standard error; whatever else came goes on to it.

    No setting silences them (GLOG_minloglevel and TF_CPP_MIN_LOG_LEVEL do not), so the file
    descriptor itself is turned aside for as long as the block runs: for opening alone, because it
    is every thread's.
    """
    if sys.stderr is None:  # a windowed Python has none, nor a descriptor for it
        yield
        return
    sys.stderr.flush()
    kept = os.dup(2)
    with tempfile.TemporaryFile() as aside:
        os.dup2(aside.fileno(), 2)
        try:
            yield
        finally:
            sys.stderr.flush()
            os.dup2(kept, 2)
            os.close(kept)
            aside.seek(0)
            for line in aside:
                if not _NOISE.match(line):
                    os.write(2, line)
