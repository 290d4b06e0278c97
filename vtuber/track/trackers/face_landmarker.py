"""Frames in, faces out, by Google's FaceLandmarker, whose blendshapes take the place of ours.

Settings: `model`, the file `face_landmarker.task`, which the user gets from Google; the others as
for `mediapipe`. Head, search and lock are those of `mediapipe.py`; what the model does not give
(tongueOut) keeps weight 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from jaxtyping import Float32

from vtuber.core.errors import UserError
from vtuber.core.ports import Clock
from vtuber.core.pose import ARKIT, BASE, PoseInput
from vtuber.core.ranges import FIELD_OF_VIEW_DEG
from vtuber.track.head import HeadPose
from vtuber.track.trackers import mediapipe

GUIDE = "https://ai.google.dev/edge/mediapipe/solutions/vision/face_landmarker"
MOST_BYTES = 64_000_000  # the real one has 4 MB
_GET_IT = (
    f"get face_landmarker.task from {GUIDE} (Models) and give "
    "--tracker face_landmarker:model=PATH, or do without: --tracker mediapipe"
)


@dataclass(frozen=True, slots=True)
class Options:
    """Settings of the tracker."""

    model: Path = Path("face_landmarker.task")
    field_of_view_deg: float = FIELD_OF_VIEW_DEG.default
    profile: Path | None = None


class Tracker(mediapipe.Tracker):
    """A `FaceSource` for one performer."""

    SHAPES = True  # a bundle without the model of the blendshapes is refused

    def __init__(self, options: Options, clock: Clock) -> None:
        inner = mediapipe.Options(options.field_of_view_deg, options.profile)
        super().__init__(inner, clock)
        self._model = options.model.expanduser()
        _check(self._model)
        self._pictures = 0
        self._shapes: dict[str, float] = {}

    def _open_mesh(self) -> Any:
        from mediapipe.tasks.python import BaseOptions, vision

        _check(self._model)
        options = vision.FaceLandmarkerOptions(
            base_options=BaseOptions(model_asset_buffer=self._model.read_bytes()),
            running_mode=vision.RunningMode.VIDEO,
            min_face_detection_confidence=mediapipe.CONFIDENCE,
            min_face_presence_confidence=mediapipe.CONFIDENCE,
            min_tracking_confidence=mediapipe.CONFIDENCE,
            output_face_blendshapes=self.SHAPES,
        )
        try:
            return vision.FaceLandmarker.create_from_options(options)
        except (RuntimeError, ValueError) as error:
            why = str(error).partition("\n")[0].rstrip(".")
            raise UserError(
                f"{self._model} is not the model of Google's FaceLandmarker ({why}); {_GET_IT}"
            ) from error

    def _fit(self, rgb: np.ndarray) -> Float32[np.ndarray, "478 3"] | None:
        from mediapipe import Image, ImageFormat

        assert self._mesh is not None, "find() comes after open()"
        self._pictures += 1  # any times will do, as long as they grow
        picture = Image(image_format=ImageFormat.SRGB, data=rgb)
        found = self._mesh.detect_for_video(picture, self._pictures)
        if not found.face_landmarks:
            return None
        if found.face_blendshapes:
            self._shapes = {one.category_name: one.score for one in found.face_blendshapes[0]}
        return np.array([(p.x, p.y, p.z) for p in found.face_landmarks[0]], np.float32)

    def _measured(self, head: HeadPose, now_ns: int) -> PoseInput:
        return replaced(super()._measured(head, now_ns), self._shapes)


def replaced(pose: PoseInput, shapes: dict[str, float]) -> PoseInput:
    """Put the blendshapes of the model, by their ARKit names, in the place of all of ours.

    Without any the pose stays as it is; names that ARKit has not (`_neutral`) are left out.
    """
    if not shapes:
        return pose
    values, weights = pose.values.copy(), pose.weights.copy()
    for name in ARKIT:
        at = BASE.index[name]
        values[at], weights[at] = shapes.get(name, BASE.default[at]), float(name in shapes)
    return PoseInput(np.clip(values, BASE.low, BASE.high), weights)


def _check(model: Path) -> None:
    """Raise UserError for a file that cannot be the model."""
    try:
        size = model.stat().st_size if model.is_file() else None
    except OSError as error:
        raise UserError(f"cannot read {model}: {error.strerror}") from error
    if size is None:
        raise UserError(f"no model at {model}: {_GET_IT}")
    if not 0 < size <= MOST_BYTES:
        raise UserError(f"{model} has {size:,} bytes; the model has about 4 MB: {_GET_IT}")
