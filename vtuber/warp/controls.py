"""Folds a pose into rig controls: 44 numbers by a table, and the few that are placement or alpha.

The set is modelled on the 45 parameters of Talking Head Anime (Khungurn, 2021-2024): the same
regions, per eye and brow, with the mouth by what its muscles do instead of by vowel. Every control
is 0 at rest; amounts are 0..1, pairs of opposites -1..1, rotations degrees.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from jaxtyping import Float32

from vtuber.core.pose import EFFECTS, Pose, PoseSpace

# control: (low, high, {pose parameter: gain}); SIDE stands for Left and for Right.
_TABLE: dict[str, tuple[float, float, dict[str, float]]] = {
    "brow_raiseSIDE": (0, 1, {"browInnerUp": 0.5, "browOuterUpSIDE": 0.6, "eyeWideSIDE": 0.2}),
    "brow_lowerSIDE": (0, 1, {"browDownSIDE": 0.8, "eyeBlinkSIDE": 0.12}),
    "brow_troubledSIDE": (
        0, 1, {"browTroubledSIDE": 1, "browInnerUp": 0.5, "browOuterUpSIDE": -0.5}),
    "brow_angrySIDE": (0, 1, {"browAngrySIDE": 1, "browDownSIDE": 0.4, "noseSneerSIDE": 0.3}),
    "brow_seriousSIDE": (0, 1, {"browSeriousSIDE": 1}),
    "eye_closeSIDE": (0, 1, {"eyeBlinkSIDE": 1.04}),
    "eye_happySIDE": (0, 1, {"eyeHappySIDE": 1}),
    "eye_wideSIDE": (0, 1, {"eyeWideSIDE": 1}),
    "eye_squintSIDE": (0, 1, {"eyeSquintSIDE": 0.8, "cheekSquintSIDE": 0.5}),
    "iris_smallSIDE": (0, 1, {"irisSmallSIDE": 1}),
    # + is the performer's left, as headYaw; both eyes together, as no webcam can tell them apart
    "gaze_x": (-1, 1, {"eyeLookOutLeft": 0.5, "eyeLookInLeft": -0.5,
                       "eyeLookInRight": 0.5, "eyeLookOutRight": -0.5}),
    "gaze_y": (-1, 1, {"eyeLookUpLeft": 0.5, "eyeLookUpRight": 0.5,
                       "eyeLookDownLeft": -0.5, "eyeLookDownRight": -0.5}),
    # ARKit's jaw opens behind closed lips; mouthClose says how much of it the lips take back
    "mouth_open": (0, 1.1, {"jawOpen": 1, "mouthClose": -0.9,
                            "mouthLowerDownLeft": 0.15, "mouthLowerDownRight": 0.15}),
    "mouth_wide": (0, 1, {"mouthStretchLeft": 0.5, "mouthStretchRight": 0.5,
                          "mouthDimpleLeft": 0.25, "mouthDimpleRight": 0.25,
                          "mouthSmileLeft": 0.2, "mouthSmileRight": 0.2}),
    "mouth_narrow": (0, 1, {"mouthPucker": 1, "mouthFunnel": 0.6, "cheekPuff": 0.3}),
    "mouth_round": (0, 1, {"mouthFunnel": 1}),
    "mouth_smileSIDE": (0, 1, {"mouthSmileSIDE": 1}),
    "mouth_frownSIDE": (0, 1, {"mouthFrownSIDE": 1, "mouthShrugLower": 0.3}),
    "mouth_x": (-1, 1, {"mouthLeft": 1, "mouthRight": -1, "jawLeft": 0.5, "jawRight": -0.5}),
    "mouth_press": (0, 1, {"mouthPressLeft": 0.5, "mouthPressRight": 0.5,
                           "mouthRollLower": 0.4, "mouthRollUpper": 0.4}),
    "lip_up": (0, 1, {"mouthUpperUpLeft": 0.5, "mouthUpperUpRight": 0.5}),
    "lip_down": (0, 1, {"mouthLowerDownLeft": 0.5, "mouthLowerDownRight": 0.5}),
    "mouth_cat": (0, 1, {"mouthCat": 1}),
    "cheek_puff": (0, 1, {"cheekPuff": 1}),
    "tongue_out": (0, 1, {"tongueOut": 1}),
    "head_yaw": (-90, 90, {"headYaw": 1}),
    "head_pitch": (-90, 90, {"headPitch": 1}),
    "head_roll": (-90, 90, {"headRoll": 1}),
    "body_yaw": (-90, 90, {"bodyYaw": 1}),
    "body_pitch": (-90, 90, {"bodyPitch": 1}),
    "body_roll": (-90, 90, {"bodyRoll": 1}),
    "breath": (0, 1, {"breath": 1}),
}  # fmt: skip
_PLACEMENT = ("headX", "headY", "headZ")  # cm
_SIDES = {"Left": "_left", "Right": "_right"}


def _rows() -> dict[str, tuple[float, float, dict[str, float]]]:
    rows: dict[str, tuple[float, float, dict[str, float]]] = {}
    for name, (low, high, gains) in _TABLE.items():
        for pose_side, side in _SIDES.items() if "SIDE" in name else (("", ""),):
            folded = {source.replace("SIDE", pose_side): gain for source, gain in gains.items()}
            rows[name.replace("SIDE", side)] = (low, high, folded)
    return rows


_ROWS = _rows()
CONTROLS = tuple(_ROWS)  # 44 names
_INPUTS: dict[str, tuple[float, float, dict[str, float]]] = {
    **_ROWS,
    **{name: (-200.0, 200.0, {name: 1.0}) for name in _PLACEMENT},
    **{name: (0.0, 1.0, {name: 1.0}) for name in EFFECTS},
}


class Fold:
    """Folds the poses of one space: a product with a constant matrix, then a clip."""

    def __init__(self, space: PoseSpace) -> None:
        self.space = space
        self._gains: Float32[np.ndarray, "c n"] = np.zeros((len(_INPUTS), len(space)), np.float32)
        for row, (_, _, gains) in enumerate(_INPUTS.values()):
            for name, gain in gains.items():
                self._gains[row, space.index[name]] = gain
        self._low = np.array([low for low, _, _ in _INPUTS.values()], np.float32)
        self._high = np.array([high for _, high, _ in _INPUTS.values()], np.float32)

    def __call__(self, pose: Pose) -> Mapping[str, float]:
        """Give every control, head placement in cm and effect of a pose, by name."""
        values = np.clip(self._gains @ pose.values, self._low, self._high)
        return dict(zip(_INPUTS, values.tolist(), strict=True))


def smoothstep(value: float, low: float, high: float) -> float:
    """Ease from 0 at `low` to 1 at `high`.

    >>> smoothstep(0.5, 0.0, 1.0)
    0.5
    """
    t = min(max((value - low) / (high - low), 0.0), 1.0)
    return t * t * (3.0 - 2.0 * t)
