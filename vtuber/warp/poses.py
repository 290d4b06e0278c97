"""Random controls for training and for judging: a seed in, what `Fold` gives of a pose out. Pure.

A third of the face's controls are at work at once; every so often a combination is put in that
counts and that chance seldom brings: a blink in a turn, a wide open mouth that smiles.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from vtuber.core.pose import BASE, Pose
from vtuber.warp.controls import CONTROLS, Fold

# As far as people turn; the rig creeps to its own limits beyond.
HUMAN_DEG = {"head_yaw": 45.0, "head_pitch": 30.0, "head_roll": 35.0,
             "body_yaw": 20.0, "body_pitch": 15.0, "body_roll": 15.0}  # fmt: skip
_PLACED_CM = {"headX": 12.0, "headY": 8.0, "headZ": 18.0}
_SIGNED = ("gaze_x", "gaze_y", "mouth_x")
_COMBINATIONS: tuple[Mapping[str, float], ...] = (
    {"eye_close_left": 1.0, "eye_close_right": 1.0},
    {"eye_close_left": 0.7, "eye_close_right": 0.7, "mouth_open": 0.8},
    {"eye_happy_left": 1.0, "eye_happy_right": 1.0, "mouth_open": 0.8, "mouth_smile_left": 1.0,
     "mouth_smile_right": 1.0},
    {"mouth_open": 1.0, "mouth_smile_left": 1.0, "mouth_smile_right": 1.0, "mouth_wide": 0.6},
    {"mouth_open": 0.6, "mouth_round": 1.0, "mouth_narrow": 0.6},
    {"eye_close_left": 1.0}, {"eye_close_right": 1.0},
    {"mouth_open": 0.5, "mouth_press": 0.3, "eye_squint_left": 1.0, "eye_squint_right": 1.0},
)  # fmt: skip
REST: Mapping[str, float] = Fold(BASE)(Pose.rest())

Controls = dict[str, float]


def random_controls(
    random: np.random.Generator, turned: float = 1.0, active: float = 0.33
) -> Controls:
    """Draw one set of controls; `turned` stretches the rotations, `active` is the share at work."""
    out = dict(REST)
    for name in CONTROLS:
        if name in HUMAN_DEG:
            if random.random() < 0.6:
                out[name] = turned * HUMAN_DEG[name] * float(random.uniform(-1.0, 1.0))
        elif random.random() < active:
            out[name] = float(random.uniform(-1.0 if name in _SIGNED else 0.0, 1.0))
    for name, reach in _PLACED_CM.items():
        if random.random() < 0.3:
            out[name] = reach * float(random.uniform(-1.0, 1.0))
    if random.random() < 0.25:
        out |= _COMBINATIONS[random.integers(len(_COMBINATIONS))]
    return out


def near(random: np.random.Generator, controls: Mapping[str, float], step: float) -> Controls:
    """Go a small way from one set of controls on the path to another; `step` is its share."""
    goal = random_controls(random)
    return {name: value + step * (goal[name] - value) for name, value in controls.items()}
