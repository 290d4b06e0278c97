"""Faces in, calmer faces out: a One-Euro filter per group of values, and a bounded look ahead.

Runs once per face, right after tracking: real time stamps, causal, nothing predicted. Casiez,
Roussel and Vogel, "1 Euro Filter", CHI 2012: a low-pass whose cut-off rises with speed, so that
rest is calm and motion is not late. Changed here: a speed below `quiet` is noise, all values of a
group may share one speed (a head that nods is turned as freshly), and no value stays behind by more
than about `reach`, however slowly it creeps away.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

import numpy as np
from jaxtyping import Float32, Float64

from vtuber.core.face import Face
from vtuber.core.pose import ANIME, ARKIT, BASE, BODY_DEG, EFFECTS, HEAD_CM, HEAD_DEG, PoseInput

GroupName = Literal["head", "position", "gaze", "brows", "mouth", "lids"]


@dataclass(frozen=True, slots=True)
class Group:
    """How one group is filtered. The unit is a degree, a cm, or the whole range of a blendshape."""

    cutoff_hz: float  # at rest
    beta: float  # Hz that each unit per second adds to it
    quiet: float = 0.0  # units per second that are noise: only what is faster counts
    speed_hz: float = 1.0  # cut-off of the speed itself; 1 as in the paper
    reach: float = math.inf  # units: a value that is further behind hurries
    together: bool = False  # the fastest value of the group speaks for all


# From where to where each may go; `together` is for no hand.
KNOBS: Mapping[str, tuple[float, float]] = MappingProxyType({
    "cutoff_hz": (0.01, 100.0), "beta": (0.0, 100.0), "quiet": (0.0, 1000.0),
    "speed_hz": (0.1, 100.0), "reach": (0.0, 1000.0),
})  # fmt: skip
HURRY_HZ = 10.0  # added to the cut-off by each unit beyond the reach
GONE = 0.02  # of a shape that is measured as 0: what is left of it is not seen
GAP_S = 0.5  # a face that was lost for longer starts anew

# Head: measured on four clips (`benchmarks/tracking.py --only jitter lag`). Each angle for itself,
# without quiet (1.5 Hz, 0.1): 0.064 degrees of trembling at rest and 1 frame behind; this: 0.034
# and 0.45. Quiet without reach lets a slow turn of 8 degrees a second fall 6 degrees behind.
GROUPS: Mapping[GroupName, Group] = MappingProxyType({
    "head": Group(0.3, 1.4, quiet=8.5, speed_hz=4.0, reach=1.3, together=True),
    "position": Group(0.5, 3.0, quiet=1.5, speed_hz=3.0, reach=0.3, together=True),
    "gaze": Group(3.0, 4.0),
    "brows": Group(3.0, 5.0),
    "mouth": Group(6.0, 8.0),
    "lids": Group(30.0, 30.0),  # blinks close for 1 to 3 frames: anything slower erases them
})  # fmt: skip


_STARTS: Mapping[str, GroupName] = MappingProxyType({
    "eyeLook": "gaze", "eye": "lids", "brow": "brows", "cheek": "brows", "nose": "brows",
})  # fmt: skip
_SHAPES = np.array([name in ARKIT for name in BASE.names])


def group_of(name: str) -> GroupName:
    """Say which group a name of the base pose belongs to.

    >>> group_of("eyeBlinkLeft"), group_of("eyeLookUpLeft"), group_of("jawOpen")
    ('lids', 'gaze', 'mouth')
    """
    if name in HEAD_DEG or name in BODY_DEG:
        return "head"
    if name in HEAD_CM:
        return "position"
    if name in ARKIT or name in ANIME:
        return next((group for start, group in _STARTS.items() if name.startswith(start)), "mouth")
    assert name in EFFECTS, f"no group for {name}"
    return "brows"


@dataclass(frozen=True, slots=True)
class SmoothSettings:
    """The filter of each group; `strength` divides every cut-off (0: no filter, 1: as measured)."""

    groups: Mapping[GroupName, Group] = field(default_factory=lambda: GROUPS)
    strength: float = 1.0


class _Cutoffs:
    """The settings of every value of the base pose, as arrays."""

    def __init__(self, settings: SmoothSettings) -> None:
        by_name = [group_of(name) for name in BASE.names]
        rows = [dataclasses.astuple(settings.groups[name]) for name in by_name]
        self.rest_hz, self.beta, self.quiet, self.speed_hz, self.reach, _ = np.array(rows, float).T
        self.together = [
            np.array([i for i, other in enumerate(by_name) if other == name])
            for name, group in settings.groups.items()
            if group.together
        ]

    def at(self, speed: Float64[np.ndarray, " n"]) -> Float64[np.ndarray, " n"]:
        """Give the cut-off in Hz of each value for its speed, 0 or more."""
        speed = np.array(speed)
        for rows in self.together:
            speed[rows] = speed[rows].max()
        return np.asarray(self.rest_hz + self.beta * np.maximum(0.0, speed - self.quiet))


class Smoother:
    """Filters the faces of one performer."""

    def __init__(self, settings: SmoothSettings | None = None) -> None:
        self._settings = settings or SmoothSettings()
        self._cutoffs = _Cutoffs(self._settings)
        self._seen_ns: int | None = None
        self._values: Float64[np.ndarray, " n"] = np.zeros(len(BASE))
        self._came: Float64[np.ndarray, " n"] = np.zeros(len(BASE))  # the last, as measured
        self._speed: Float64[np.ndarray, " n"] = np.zeros(len(BASE))

    def configure(self, settings: SmoothSettings) -> None:
        """Filter otherwise from the next face on; what was filtered stays."""
        if settings != self._settings:
            self._settings, self._cutoffs = settings, _Cutoffs(settings)

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
        self._came = values
        pose = PoseInput(self._values.astype(np.float32), face.pose.weights)
        return dataclasses.replace(face, pose=pose)

    def _step(self, values: Float64[np.ndarray, " n"], step_s: float) -> None:
        speed = (values - self._came) / step_s
        self._speed = self._speed + _share(self._cutoffs.speed_hz, step_s) * (speed - self._speed)
        cutoff_hz = self._cutoffs.at(np.abs(self._speed))
        behind = np.abs(values - self._values) - self._cutoffs.reach
        cutoff_hz = cutoff_hz + HURRY_HZ * np.maximum(0.0, behind)
        share = _share(cutoff_hz / self._settings.strength, step_s)
        self._values = self._values + share * (values - self._values)
        self._values[_SHAPES & (values == 0) & (self._values < GONE)] = 0.0


def _share(cutoff_hz: np.ndarray | float, step_s: float) -> np.ndarray | float:
    """Give how much of the new value a first-order low-pass takes after a step."""
    turned = 2 * math.pi * cutoff_hz * step_s
    return turned / (turned + 1)


FURTHEST_S = 0.1  # beyond it a guess of the head is worse than its last place
_HEAD = np.array([BASE.index[name] for name in HEAD_DEG + HEAD_CM])
# Per name: no further than this, and no faster than this counts as motion of a head.
_MOST = np.array([8.0, 8.0, 8.0, 3.0, 3.0, 3.0])
_FASTEST = np.array([400.0, 400.0, 400.0, 150.0, 150.0, 150.0])
_QUIET = np.array([4.0, 4.0, 4.0, 2.0, 2.0, 4.0])  # deg/s and cm/s: slower is noise, and not led
_NOISY = 1.5  # degrees (cm) that the last faces lie off a straight line: then nothing is predicted
FACES = 3  # whose line is followed; with 4 the lead is later by 0.15 frames


class Predictor:
    """Leads the head of one performer to the time at which it will be seen."""

    def __init__(self, settings: SmoothSettings | None = None) -> None:
        self._settings = settings or SmoothSettings()
        self._cutoffs = _Cutoffs(self._settings)
        self._history: list[Face] = []

    def configure(self, settings: SmoothSettings) -> None:
        """Make up for another filter from now on."""
        if settings != self._settings:
            self._settings, self._cutoffs = settings, _Cutoffs(settings)

    def add(self, face: Face) -> None:
        """Count a filtered face; a lost one ends the past."""
        last = self._history[-1] if self._history else face
        if not face.found or not 0 <= face.captured_ns - last.captured_ns <= GAP_S * 1e9:
            self._history.clear()
        if face.found:
            self._history = [*self._history[-(FACES - 1) :], face]

    def at(self, to_ns: int) -> PoseInput | None:
        """Give the newest pose with its head led to a time; None when no face is there."""
        return extrapolate(self._history, to_ns, self._late_s)

    def _late_s(self, speed: Float64[np.ndarray, " h"]) -> Float64[np.ndarray, " h"]:
        """Give by how much the filter itself is late at a speed: a low-pass, on a steady ramp."""
        every = np.zeros(len(BASE))
        every[_HEAD] = np.abs(speed)
        return np.asarray(self._settings.strength / (2 * math.pi * self._cutoffs.at(every)[_HEAD]))


def extrapolate(
    faces: Sequence[Face],
    to_ns: int,
    late_s: Callable[[Float64[np.ndarray, " h"]], Float64[np.ndarray, " h"]] | None = None,
) -> PoseInput | None:
    """Lead the head of the last face to a time: at most 0.1 s, 8 degrees and 3 cm ahead.

    A straight line by least squares through the given faces (oldest first) gives the speed; with
    fewer than three, or when they do not lie on a line, the last pose is given as it is. `late_s`
    says by how much the faces were late already, at the speeds of yaw, pitch, roll, x, y and z.
    """
    if not faces or (newest := faces[-1].pose) is None:
        return None
    ahead_s = (to_ns - faces[-1].captured_ns) / 1e9
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
    lead_s = np.minimum(FURTHEST_S, ahead_s + (0.0 if late_s is None else late_s(speed)))
    values: Float32[np.ndarray, " n"] = newest.values.copy()
    values[_HEAD] += np.clip(speed * moving * lead_s, -_MOST, _MOST).astype(np.float32)
    return PoseInput(np.clip(values, BASE.low, BASE.high), newest.weights)
