"""A performer's pose in, an avatar's out: zero point, mirror, and a body that follows the head."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float32

from vtuber.core.pose import BASE, HEAD_CM, HEAD_DEG, PoseInput

# body: how much of the head's angle it takes on
BODY_FOLLOWS = {"bodyYaw": ("headYaw", 0.3), "bodyPitch": ("headPitch", 0.12),
                "bodyRoll": ("headRoll", 0.3)}  # fmt: skip
_POSITION = np.array([BASE.index[name] for name in HEAD_CM])
_GAZE = np.array([i for i, name in enumerate(BASE.names) if name.startswith("eyeLook")])
_ANGLES = np.array([BASE.index[name] for name in HEAD_DEG])
_MIRROR_ORDER, _MIRROR_SIGNS = BASE.mirror_order()


class Retarget:
    """Turns what was measured on one performer into what the avatar does.

    Position counts from where the performer was first seen; angles and gaze from straight ahead,
    or, after `calibrate`, from how they were then.
    """

    def __init__(self) -> None:
        self._zero: Float32[np.ndarray, " n"] = np.zeros(len(BASE), np.float32)
        self._has_position = False

    def calibrate(self, measured: PoseInput) -> None:
        """Take this pose as straight ahead, eyes to the front."""
        for indexes in (_POSITION, _ANGLES, _GAZE):
            self._zero[indexes] = (measured.values * measured.weights)[indexes]
        self._has_position = True

    def __call__(self, measured: PoseInput, mirror: bool) -> PoseInput:
        """Give the avatar's pose for a measured one, unmirrored and absolute, over pose.BASE."""
        if not self._has_position and measured.weights[_POSITION].all():
            self._zero[_POSITION] = measured.values[_POSITION]
            self._has_position = True
        values, weights = measured.values - self._zero, measured.weights.copy()
        values[_GAZE] = _without_negative(values[_GAZE])
        for body, (head, share) in BODY_FOLLOWS.items():
            values[BASE.index[body]] = share * values[BASE.index[head]]
            weights[BASE.index[body]] = weights[BASE.index[head]]
        if mirror:
            values, weights = values[_MIRROR_ORDER] * _MIRROR_SIGNS, weights[_MIRROR_ORDER]
        return PoseInput(np.clip(values, BASE.low, BASE.high), weights)


_GAZE_NAMES = [BASE.names[i] for i in _GAZE]
_OPPOSITE = {"Up": "Down", "Down": "Up", "In": "Out", "Out": "In"}


def _opposite(name: str) -> str:
    way, side = name[len("eyeLook") :].rpartition("Left")[0], "Left"
    if not way:
        way, side = name[len("eyeLook") :].removesuffix("Right"), "Right"
    return f"eyeLook{_OPPOSITE[way]}{side}"


_OPPOSITES = np.array([_GAZE_NAMES.index(_opposite(name)) for name in _GAZE_NAMES])


def _without_negative(gaze: Float32[np.ndarray, " g"]) -> Float32[np.ndarray, " g"]:
    """Turn what a zero point made negative into its opposite: less up is more down."""
    turned: Float32[np.ndarray, " g"] = np.maximum(gaze, 0) + np.maximum(-gaze, 0)[_OPPOSITES]
    return turned
