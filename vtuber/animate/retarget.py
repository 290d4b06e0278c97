"""A performer's pose in, an avatar's out: zero point, mirror, gain, and a body that follows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float32

from vtuber.animate.stretch import Stretch, stretched
from vtuber.core.pose import BASE, HEAD_CM, HEAD_DEG, PoseInput

# body: how much of the head's angle it takes on
BODY_FOLLOWS = {"bodyYaw": ("headYaw", 0.3), "bodyPitch": ("headPitch", 0.12),
                "bodyRoll": ("headRoll", 0.3)}  # fmt: skip
_BODY = [(BASE.index[b], BASE.index[h], share) for b, (h, share) in BODY_FOLLOWS.items()]
_POSITION = np.array([BASE.index[name] for name in HEAD_CM])
_HEAD = np.array([BASE.index[name] for name in HEAD_DEG])
_GAZE = np.array([i for i, name in enumerate(BASE.names) if name.startswith("eyeLook")])
_BLINKS = np.array([BASE.index["eyeBlinkLeft"], BASE.index["eyeBlinkRight"]])
_ZEROED = np.array([*(BASE.index[name] for name in HEAD_CM + HEAD_DEG), *_GAZE])
_MIRROR_ORDER, _MIRROR_SIGNS = BASE.mirror_order()

_OPPOSITE_WAYS = {"Up": "Down", "Down": "Up", "In": "Out", "Out": "In"}


def _opposite(name: str) -> str:
    way = next(way for way in _OPPOSITE_WAYS if name.startswith(f"eyeLook{way}"))
    return name.replace(way, _OPPOSITE_WAYS[way])


_GAZE_NAMES = [BASE.names[i] for i in _GAZE]
_OPPOSITES = np.array([_GAZE_NAMES.index(_opposite(name)) for name in _GAZE_NAMES])


@dataclass(frozen=True, slots=True)
class Manner:
    """How an avatar takes up what its performer does."""

    mirror: bool = True
    head_gain: float = 1.0  # the head's angles are multiplied by it
    linked_blink: bool = False  # both lids as one: no winks, and none by mistake
    ranges: tuple[Stretch, ...] = ()  # of what a hand adjusted


class Retarget:
    """Turns what was measured on one performer into what the avatar does.

    Position counts from where the performer was first seen; angles and gaze from straight ahead,
    or, after `calibrate`, from how they were then. How far an avatar can turn is the warper's to
    say, which creeps towards its limit: an amplified head never hits a wall.
    """

    def __init__(self) -> None:
        self._zero: Float32[np.ndarray, " n"] = np.zeros(len(BASE), np.float32)
        self._has_position = False
        self.measured: Float32[np.ndarray, " n"] = self._zero.copy()  # before the ranges

    def calibrate(self, measured: PoseInput) -> None:
        """Take this pose as straight ahead, eyes to the front; what it lacks keeps its zero."""
        given = _ZEROED[measured.weights[_ZEROED] > 0]
        self._zero[given] = measured.values[given]
        self._has_position |= bool(measured.weights[_POSITION].all())

    def __call__(self, measured: PoseInput, manner: Manner) -> PoseInput:
        """Give the avatar's pose for a measured one, unmirrored and absolute, over pose.BASE."""
        if not self._has_position and measured.weights[_POSITION].all():
            self._zero[_POSITION] = measured.values[_POSITION]
            self._has_position = True
        values, weights = measured.values - self._zero, measured.weights.copy()
        values[_HEAD] *= manner.head_gain
        values[_GAZE] = _without_negative(values[_GAZE])
        if manner.linked_blink:
            values[_BLINKS] = values[_BLINKS].max()  # a blink that one eye hides closes both
        for body, head, share in _BODY:
            if not weights[body]:  # nobody measured it
                values[body], weights[body] = share * values[head], weights[head]
        if manner.mirror:
            values, weights = values[_MIRROR_ORDER] * _MIRROR_SIGNS, weights[_MIRROR_ORDER]
        self.measured = values
        values = stretched(values, manner.ranges)
        return PoseInput(np.clip(values, BASE.low, BASE.high), weights)


def _without_negative(gaze: Float32[np.ndarray, " g"]) -> Float32[np.ndarray, " g"]:
    """Turn what a zero point made negative into its opposite: less up is more down."""
    turned: Float32[np.ndarray, " g"] = np.maximum(gaze, 0) + np.maximum(-gaze, 0)[_OPPOSITES]
    return turned
