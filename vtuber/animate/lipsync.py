"""Visemes on a speaker's samples in, the pose of a mouth out: it follows what is heard.

Time is the count of the sample that is heard, as the speaker says; only fading in and out goes by
the show's own clock, because samples stand still when nobody speaks.

The mouth is a little ahead, as in people, and as sound must never come first: ITU-R BT.1359 finds
45 ms of early sound seen, but 125 ms of late sound.
"""

from __future__ import annotations

import bisect
import math
from collections.abc import Callable, Iterable, Mapping
from typing import get_args

import numpy as np
from jaxtyping import Float32

from vtuber.animate.fade import Fade
from vtuber.core.pose import BASE, PoseInput
from vtuber.core.speech import SAMPLE_RATE_HZ, Utterance, Viseme, VisemeName

LEAD_S = 0.015  # how far the mouth is ahead of the sound; it begins to move BLEND_S / 2 sooner
BLEND_S = 0.06  # from one viseme into the next, half before and half behind the border
SHUT_S = 0.036  # lips that meet stay so for a picture at 30 fps, two at 60
PARTING_S = 0.04  # into closed lips and out of them; apart they are when the closure ends
COMES_S, GOES_S = 0.06, 0.25  # the camera's mouth hands over, and takes over again
REACH_S = 0.15  # further off, a viseme does not show
KEPT_S = 1.0

# How a viseme looks: jaw, lips, tuned by eye. SIDE stands for Left and for Right.
_SHAPES: dict[VisemeName, dict[str, float]] = {
    "sil": {},
    "PP": {"mouthPressSIDE": 0.5, "mouthRollLower": 0.25, "mouthRollUpper": 0.25},
    "FF": {"jawOpen": 0.10, "mouthRollLower": 0.6, "mouthPressSIDE": 0.1},
    "TH": {"jawOpen": 0.24, "mouthStretchSIDE": 0.10},
    "DD": {"jawOpen": 0.20, "mouthStretchSIDE": 0.15},
    "kk": {"jawOpen": 0.24, "mouthStretchSIDE": 0.10},
    "CH": {"jawOpen": 0.24, "mouthFunnel": 0.40, "mouthPucker": 0.05},
    "SS": {"jawOpen": 0.14, "mouthStretchSIDE": 0.40},
    "nn": {"jawOpen": 0.16, "mouthStretchSIDE": 0.10},
    "RR": {"jawOpen": 0.26, "mouthFunnel": 0.35, "mouthPucker": 0.15},
    "aa": {"jawOpen": 0.75},
    "E": {"jawOpen": 0.42, "mouthStretchSIDE": 0.50},
    "ih": {"jawOpen": 0.28, "mouthStretchSIDE": 0.70},
    "oh": {"jawOpen": 0.52, "mouthFunnel": 0.60, "mouthPucker": 0.20},
    "ou": {"jawOpen": 0.22, "mouthFunnel": 0.35, "mouthPucker": 0.60},
}  # fmt: skip
# What sound decides alone while somebody speaks. A smile, a frown stay the face's own.
MOUTH = (
    "jawOpen", "mouthClose", "mouthFunnel", "mouthPucker", "mouthStretchLeft", "mouthStretchRight",
    "mouthPressLeft", "mouthPressRight", "mouthRollLower", "mouthRollUpper", "mouthUpperUpLeft",
    "mouthUpperUpRight", "mouthLowerDownLeft", "mouthLowerDownRight", "mouthShrugLower",
    "mouthShrugUpper", "tongueOut",
)  # fmt: skip
_COLUMNS = np.array([BASE.index[name] for name in MOUTH])
VISEMES: tuple[VisemeName, ...] = get_args(VisemeName)

Shape = Float32[np.ndarray, " m"]  # values of MOUTH


def _shape(values: Mapping[str, float]) -> Shape:
    both = {
        name.replace("SIDE", side): value
        for name, value in values.items()
        for side in ("Left", "Right")
    }
    assert set(both) <= set(MOUTH), "a viseme moves the mouth only"
    return np.array([both.get(name, 0.0) for name in MOUTH], np.float32)


SHAPES: Mapping[VisemeName, Shape] = {name: _shape(_SHAPES[name]) for name in VISEMES}
_REST, _SHUT = SHAPES["sil"], SHAPES["PP"]
_SILENCE = Viseme(0.0, "sil")


def pose_of(shape: Shape, weight: float = 1.0) -> PoseInput:
    """Make a pose source of a mouth: values for MOUTH, and a weight for them alone."""
    values, weights = BASE.default.copy(), np.zeros(len(BASE), np.float32)
    values[_COLUMNS], weights[_COLUMNS] = shape, weight
    return PoseInput(values, weights)


def blended(shares: Iterable[tuple[VisemeName, float]]) -> Shape:
    """Give the shape between some visemes; what is missing to 1 is shut."""
    shape = _REST.copy()
    for name, share in shares:
        shape += share * (SHAPES[name] - _REST)
    return shape


class Lipsync:
    """One performer's mouth, driven by what a speaker plays."""

    def __init__(self) -> None:
        self._times: list[float] = []  # seconds of the speaker's samples, ascending
        self._visemes: list[Viseme] = []
        self._spans: list[tuple[float, float]] = []  # that are this performer's
        self._gain = Fade()

    def add(self, first: int, piece: Utterance) -> None:
        """Take a piece of a line that was put on the speaker, as from this count on."""
        begin_s = first / SAMPLE_RATE_HZ
        end_s = (first + len(piece.samples)) / SAMPLE_RATE_HZ  # as `heard` ends: to the last bit
        if self._spans and self._spans[-1][1] == begin_s:
            begin_s, _ = self._spans.pop()
        self._spans.append((begin_s, end_s))
        line_s = first / SAMPLE_RATE_HZ - piece.start_s
        opening = () if piece.start_s else (_SILENCE,)  # the line before may have been cut short
        for viseme in (*opening, *piece.visemes):
            self._times.append(max([line_s + viseme.t_s, *self._times[-1:]]))
            self._visemes.append(viseme)

    def cut(self, end: int) -> None:
        """Forget what would come after a count: the speaker was silenced."""
        end_s = end / SAMPLE_RATE_HZ
        kept = bisect.bisect_left(self._times, end_s)
        del self._times[kept:], self._visemes[kept:]
        self._spans = [(begin, min(last, end_s)) for begin, last in self._spans if begin < end_s]

    def at(self, now_ns: int, heard: Callable[[int], float]) -> PoseInput | None:
        """Give the mouth of a moment; None while sound says nothing of it.

        `heard` is the speaker's. Fed with times that never go back.
        """
        t_s, soon_s = (
            heard(now_ns + round(ahead_s * 1e9)) / SAMPLE_RATE_HZ
            for ahead_s in (LEAD_S, LEAD_S + COMES_S)
        )
        self._forget(t_s)
        is_near = any(begin < soon_s and t_s < end for begin, end in self._spans)
        self._gain.to(float(is_near), now_ns, COMES_S if is_near else GOES_S)
        gain = self._gain.at(now_ns)
        return pose_of(self.shape(t_s), gain) if gain > 0 else None

    def _forget(self, t_s: float) -> None:
        old = bisect.bisect_left(self._times, t_s - KEPT_S)
        if old > 1:  # the one before shows until the next begins
            del self._times[: old - 1], self._visemes[: old - 1]
        self._spans = [(begin, end) for begin, end in self._spans if end > t_s - KEPT_S]

    def shape(self, t_s: float) -> Shape:
        """Give the shape of the mouth at a time on the speaker's samples."""
        shape, shut = _REST.copy(), 0.0
        share_before = 0.0  # of what begins later
        for i in reversed(range(bisect.bisect(self._times, t_s + REACH_S))):
            begin_s, viseme = self._times[i], self._visemes[i]
            end_s = self._times[i + 1] if i + 1 < len(self._times) else math.inf
            if viseme.viseme == "PP":
                parts_s = max(end_s - PARTING_S, begin_s + SHUT_S)
                shut = max(shut, _window(t_s, begin_s, parts_s))
            share = _step(t_s - begin_s)
            shape += (share - share_before) * viseme.weight * (SHAPES[viseme.viseme] - _REST)
            share_before = share
            if begin_s < t_s - REACH_S:
                break
        within = max((_within(t_s, span) for span in self._spans), default=0.0)
        shape = _REST + within * (shape - _REST)
        return np.asarray(shape + shut * within * (_SHUT - shape), np.float32)


def _step(t_s: float) -> float:
    """Go from 0 to 1 around 0, smoothly, within BLEND_S."""
    return _smooth(t_s / BLEND_S + 0.5)


def _window(t_s: float, begin_s: float, end_s: float) -> float:
    """Give 1 between two times, and less the further outside."""
    return _smooth(1.0 - max(begin_s - t_s, t_s - end_s, 0.0) / PARTING_S)


def _within(t_s: float, span: tuple[float, float]) -> float:
    return _step(t_s - span[0] + BLEND_S / 2) - _step(t_s - span[1])


def _smooth(t: float) -> float:
    t = min(max(t, 0.0), 1.0)
    return t * t * (3.0 - 2.0 * t)
