"""How a character moves, where its design may say so: a table of knobs. Values only.

`[rig]` of a bundle sets them; the rig takes the median of what is not given. Lengths are in W, half
the face's width; a gain of 1 is the rig's own measure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Style:
    """One character's knobs. The defaults are the medians."""

    face_radius: float = 1.55  # W, of the ball that the face lies on: small is round, large is flat
    muzzle: float = 0.10  # W by which the mouth stands before the ball
    narrowing: float = 0.70  # of cos(yaw): 1 is a mask, less is a head that shows its side
    body_depth: float = 0.55  # W, of the chest before the axis that the body turns about
    hair_hang: float = 1.0  # gain of how much hair's free ends go with the head
    eye_wide: float = 0.13  # of the eye's height, by which the upper lid rises
    eye_squint: float = 1.0  # gain of how far the lids come together
    lash_keep: float = 0.70  # of a lash's height that a blink leaves
    gaze: float = 0.17  # of the eye's width and height, to each side
    brow: float = 1.0  # gain of all that brows do
    mouth_open: float = 1.0  # of the drawn mouth's depth, wide open
    mouth_width: float = 1.0  # gain of how much wider and narrower the mouth gets
    smile: float = 1.0  # gain of how far a smile lifts the corners
    chin_drop: float = 0.09  # W, of a wide open mouth


# What a bundle may say.
BOUNDS: Mapping[str, tuple[float, float]] = MappingProxyType({
    "face_radius": (1.25, 2.2), "muzzle": (0.0, 0.2), "narrowing": (0.4, 1.0),
    "body_depth": (0.2, 0.9), "hair_hang": (0.0, 2.0), "eye_wide": (0.04, 0.24),
    "eye_squint": (0.4, 1.5), "lash_keep": (0.45, 1.0), "gaze": (0.08, 0.26), "brow": (0.5, 1.5),
    "mouth_open": (0.6, 1.25), "mouth_width": (0.5, 1.4), "smile": (0.5, 1.6),
    "chin_drop": (0.03, 0.15),
})  # fmt: skip

KNOBS = tuple(field.name for field in fields(Style))
