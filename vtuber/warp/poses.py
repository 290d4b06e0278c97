"""Random sets of controls for training and measuring: a generator of chance in, controls out.

All controls, alone and together: about a third of the morphs at once, the mouth's shares on a
simplex, turns all over their range, and on purpose what is hard (a blink in a turn, a smile that
opens, both eyes shut and a wide open mouth). Placement stays at rest: it moves all alike.
"""

from __future__ import annotations

import numpy as np

from vtuber.core.pose import EFFECTS
from vtuber.warp.controls import CONTROLS

Controls = dict[str, float]

# degrees; as far as people turn in front of a camera, and as the rig creeps to
HUMAN_DEG = {
    "head_yaw": 32.0, "head_pitch": 24.0, "head_roll": 32.0,
    "body_yaw": 15.0, "body_pitch": 12.0, "body_roll": 12.0,
}  # fmt: skip
_PLACEMENT = ("headX", "headY", "headZ")
_SIGNED = ("gaze_x", "gaze_y", "mouth_x")
# of these only shares that add up to at most 1 go together: a mouth has one shape
_MOUTH = ("mouth_wide", "mouth_narrow", "mouth_round", "mouth_cat", "mouth_press")
_ACTIVE = 0.3  # of the morphs, in one pose
_HARD: tuple[Controls, ...] = (
    {"eye_close_left": 1.0, "eye_close_right": 1.0, "mouth_open": 0.9},
    {"eye_close_left": 0.5, "eye_close_right": 0.5, "gaze_y": -0.6},
    {"eye_happy_left": 1.0, "eye_happy_right": 1.0, "mouth_smile_left": 1.0,
     "mouth_smile_right": 1.0, "mouth_open": 0.6},
    {"mouth_smile_left": 0.9, "mouth_smile_right": 0.9, "mouth_open": 0.5, "mouth_wide": 0.6},
    {"mouth_open": 0.7, "mouth_round": 1.0, "mouth_narrow": 0.5, "eye_wide_left": 0.8,
     "eye_wide_right": 0.8},
    {"eye_close_left": 1.0, "mouth_smile_left": 0.8},
    {"brow_angry_left": 1.0, "brow_angry_right": 1.0, "eye_squint_left": 0.7,
     "eye_squint_right": 0.7, "mouth_frown_left": 0.8, "mouth_frown_right": 0.8},
)  # fmt: skip


def rest() -> Controls:
    """Give all controls, placements and effects at 0."""
    return dict.fromkeys((*CONTROLS, *_PLACEMENT, *EFFECTS), 0.0)


def draw_controls(random: np.random.Generator, turn: float = 1.0) -> Controls:
    """Draw one pose; `turn` scales the range of all rotations (1.3 is outside the training's)."""
    controls = rest()
    for name in CONTROLS:
        if name in HUMAN_DEG or name in _MOUTH or random.random() > _ACTIVE:
            continue
        controls[name] = float(random.uniform(-1.0 if name in _SIGNED else 0.0, 1.0))
    if random.random() < 0.25:
        controls |= _HARD[random.integers(len(_HARD))]
    elif random.random() < 0.8:
        shares = random.dirichlet(np.full(len(_MOUTH) + 1, 0.4))[:-1]
        controls |= dict(zip(_MOUTH, shares.tolist(), strict=True))
    if random.random() < 0.85:
        for name, most in HUMAN_DEG.items():
            if name.startswith("head") or random.random() < 0.5:
                controls[name] = float(random.uniform(-most, most)) * turn
    return controls
