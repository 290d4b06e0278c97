"""The laws of lids and lips that no design changes: controls in, coefficients by region out.

How far a blink has come, that the happy arc has the right of way, how a rounded mouth narrows: the
rig knows these in closed form, so the network takes them from it instead of learning them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from vtuber.avatar.roles import SIDES
from vtuber.avatar.style import Style
from vtuber.warp.eyes import Eye
from vtuber.warp.measure import Measured
from vtuber.warp.mouth import Mouth

# region: coefficients of the rig; SIDE stands for the side, ~ for what changes sign on the right
LAWS: dict[str, tuple[str, ...]] = {
    "eye": ("close_SIDE", "arch_SIDE", "happy_SIDE", "wide_SIDE", "squint_SIDE",
            "lid_closed_SIDE", "lid_happy_SIDE", "~gaze_x_SIDE", "gaze_y_SIDE", "small_SIDE"),
    "brow": ("brow_raise_SIDE", "brow_lower_SIDE", "brow_troubled_SIDE", "brow_angry_SIDE",
             "brow_serious_SIDE"),
    "mouth": ("fold", "fold_teeth", "open_lip", "lip_up", "lip_down", "tongue_out", "mouth_width",
              "mouth_smile_left", "mouth_smile_right", "mouth_smile_dip", "mouth_frown_left",
              "mouth_frown_right", "mouth_flat", "mouth_round", "mouth_x", "mouth_cat",
              "mouth_cat_corners", "mouth_cat_lower"),
    "skin": ("jaw", "jaw_x", "cheek_puff"),
}  # fmt: skip
# What does not show at rest may stand elsewhere than it is drawn, by these coefficients.
MOVED_AT_REST = ("fold", "fold_teeth", "lid_closed_SIDE", "lid_happy_SIDE")


class Laws:
    """The laws of one character, which are those of every other."""

    def __init__(self, measured: Measured) -> None:
        plain = dataclasses.replace(measured, style=Style())
        self.eyes = tuple(Eye(plain, side) for side in SIDES)
        self.mouth = Mouth(plain)

    def __call__(self, controls: Mapping[str, float]) -> dict[str, float]:
        """Give every coefficient of the rig, by its name."""
        said = self.mouth.coefficients(controls)
        for eye in self.eyes:
            said |= eye.coefficients(controls)
        return said


def named(names: tuple[str, ...], side: str) -> tuple[list[str], list[float]]:
    """Spell names for one side, and give the sign that each has there.

    >>> named(("~gaze_x", "close_SIDE"), "right")
    (['gaze_x', 'close_right'], [-1.0, 1.0])
    """
    signs = [-1.0 if name[0] == "~" and side == "right" else 1.0 for name in names]
    return [name.lstrip("~").replace("SIDE", side) for name in names], signs
