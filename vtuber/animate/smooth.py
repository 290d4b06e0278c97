"""Faces in, calmer faces out: a One-Euro filter per group of values, and a bounded look ahead.

Runs once per face, right after tracking: real time stamps, causal, nothing predicted. Casiez,
Roussel and Vogel, "1 Euro Filter", CHI 2012: a low-pass whose cut-off rises with speed, so that
rest is calm and motion is not late.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
from jaxtyping import Float32, Float64

from vtuber.core.face import Face
from vtuber.core.pose import ANIME, ARKIT, BASE, BODY_DEG, EFFECTS, HEAD_CM, HEAD_DEG, PoseInput


@dataclass(frozen=True, slots=True)
class Group:
    """How one group is filtered: the cut-off at rest, and how much of it a unit per second adds."""

    cutoff_hz: float
    beta: float  # Hz per (unit / s); the unit is a degree, a cm, or the whole range of a blendshape


_SPEED_CUTOFF_HZ = 1.0  # of the speed that beta is given, as in the paper
GAP_S = 0.5  # a face that was lost for longer starts anew

GROUPS: Mapping[str, Group] = MappingProxyType({
    "head": Group(1.5, 0.1),
    "position": Group(1.0, 0.3),
    "gaze": Group(3.0, 4.0),
    "brows": Group(3.0, 5.0),
    "mouth": Group(6.0, 8.0),
    "lids": Group(30.0, 30.0),  # blinks close for 1 to 3 frames: anything slower erases them
})  # fmt: skip


def group_of(name: str) -> str:
    """Say which group a name of the base pose belongs to.

    >>> group_of("eyeBlinkLeft"), group_of("eyeLookUpLeft"), group_of("jawOpen")
    ('lids', 'gaze', 'mouth')
    """
    if name in HEAD_DEG or name in BODY_DEG:
        return "head"
    if name in HEAD_CM:
        return "position"
    starts = {"eyeLook": "gaze", "eye": "lids", "brow": "brows", "cheek": "brows", "nose": "brows"}
    if name in ARKIT or name in ANIME:
        return next((group for start, group in starts.items() if name.startswith(start)), "mouth")
    assert name in EFFECTS, f"no group for {name}"
    return "brows"


@dataclass(frozen=True, slots=True)
class SmoothSettings:
    """The filter of each group; `strength` divides every cut-off (0: no filter, 1: as measured)."""

    groups: Mapping[str, Group] = field(default_factory=lambda: GROUPS)
    strength: float = 1.0


class Smoother:
    """Filters the faces of one performer."""

    def __init__(self, settings: SmoothSettings | None = None) -> None:
        self._settings = settings or SmoothSettings()
        groups = [self._settings.groups[group_of(name)] for name in BASE.names]
        self._cutoff_hz = np.array([group.cutoff_hz for group in groups])
        self._beta = np.array([group.beta for group in groups])
        self._seen_ns: int | None = None
        self._values: Float64[np.ndarray, " n"] = np.zeros(len(BASE))
        self._speed: Float64[np.ndarray, " n"] = np.zeros(len(BASE))

    def apply(self, face: Face) -> Face:
        """Give the face with its pose filtered; a lost one passes, and after 0.5 s all is new."""
        if not face.found or face.pose is None or self._settings.strength <= 0:
            return face
        values = face.pose.values.astype(np.float64)
        past_ns, self._seen_ns = self._seen_ns, face.captured_ns
        step_s = 0.0 if past_ns is None else (face.captured_ns - past_ns) / 1e9
        if past_ns is None or step_s > GAP_S or step_s < 0:
            self._values, self._speed = values, np.zeros(len(BASE))
        elif step_s > 0:
            self._step(values, step_s)
        pose = PoseInput(self._values.astype(np.float32), face.pose.weights)
        return dataclasses.replace(face, pose=pose)

    def _step(self, values: Float64[np.ndarray, " n"], step_s: float) -> None:
        speed = (values - self._values) / step_s
        self._speed = self._speed + _share(_SPEED_CUTOFF_HZ, step_s) * (speed - self._speed)
        cutoff_hz = self._cutoff_hz + self._beta * np.abs(self._speed)
        share = _share(cutoff_hz / self._settings.strength, step_s)
        self._values = self._values + share * (values - self._values)


def _share(cutoff_hz: np.ndarray | float, step_s: float) -> np.ndarray | float:
    """Give how much of the new value a first-order low-pass takes after a step."""
    turned = 2 * math.pi * cutoff_hz * step_s
    return turned / (turned + 1)


FURTHEST_S = 0.08  # beyond it a guess of the head is worse than its last place
_HEAD = np.array([BASE.index[name] for name in HEAD_DEG + HEAD_CM])
# Per name: no further than this, and no faster than this counts as motion of a head.
_MOST = np.array([8.0, 8.0, 8.0, 3.0, 3.0, 3.0])
_FASTEST = np.array([400.0, 400.0, 400.0, 150.0, 150.0, 150.0])
_QUIET = np.array([4.0, 4.0, 4.0, 2.0, 2.0, 4.0])  # deg/s and cm/s: slower is noise, and not led
_NOISY = 1.5  # degrees (cm) that the last faces lie off a straight line: then nothing is predicted


class Predictor:
    """Leads the head of one performer to the time at which it will be seen."""

    def __init__(self, faces: int = 4) -> None:
        self._history: list[Face] = []
        self._faces = faces

    def add(self, face: Face) -> None:
        """Count a filtered face; a lost one ends the past."""
        last = self._history[-1] if self._history else face
        if not face.found or not 0 <= face.captured_ns - last.captured_ns <= GAP_S * 1e9:
            self._history.clear()
        if face.found:
            self._history = [*self._history[-(self._faces - 1) :], face]

    def at(self, to_ns: int) -> PoseInput | None:
        """Give the newest pose with its head led to a time; None when no face is there."""
        return extrapolate(self._history, to_ns)


def extrapolate(faces: Sequence[Face], to_ns: int) -> PoseInput | None:
    """Lead the head of the last face to a time: at most 80 ms, 8 degrees and 3 cm ahead.

    A straight line by least squares through the given faces (oldest first) gives the speed; with
    fewer than three, or when they do not lie on a line, the last pose is given as it is.
    """
    if not faces or (newest := faces[-1].pose) is None:
        return None
    ahead_s = min(FURTHEST_S, (to_ns - faces[-1].captured_ns) / 1e9)
    if ahead_s <= 0 or len(faces) < 3:
        return newest
    times_s = np.array([(face.captured_ns - faces[-1].captured_ns) / 1e9 for face in faces])
    times_s -= times_s.mean()
    spread = float(times_s @ times_s)
    heads = np.array([face.pose.values[_HEAD] for face in faces if face.pose is not None], float)
    if spread <= 0 or len(heads) != len(faces):
        return newest
    centred = heads - heads.mean(axis=0)
    speed = times_s @ centred / spread
    residual = np.abs(centred - np.outer(times_s, speed)).max(axis=0)
    speed = np.clip(speed, -_FASTEST, _FASTEST)
    moving = np.clip(np.abs(speed) / _QUIET - 1, 0, 1) * np.clip(2 - residual / _NOISY * 2, 0, 1)
    values: Float32[np.ndarray, " n"] = newest.values.copy()
    values[_HEAD] += np.clip(speed * moving * ahead_s, -_MOST, _MOST).astype(np.float32)
    return PoseInput(np.clip(values, BASE.low, BASE.high), newest.weights)
