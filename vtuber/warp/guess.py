"""The rig for a bundle that says nothing of how it moves: what was measured in, medians out.

It keeps what every bundle has (pictures, roles, landmarks) and puts aside depth and turn of each
layer, and `[rig]`. So it is what the network has to beat.
"""

from __future__ import annotations

import dataclasses

from vtuber.avatar.avatar import Avatar
from vtuber.avatar.roles import ROLES
from vtuber.avatar.style import Style
from vtuber.warp.measure import Measured
from vtuber.warp.rig import Rig
from vtuber.warp.trace import measure

# role: depth and turn, medians of 40 rolled designs where they are not what the format takes
MEDIANS: dict[str, tuple[float, float]] = {
    "neck": (-0.25, 0.4), "ear": (-0.12, 1.0), "blush": (0.40, 1.0), "nose": (0.62, 1.0),
    "mouth_cavity": (0.44, 1.0), "tongue": (0.45, 1.0), "lip_lower": (0.48, 1.0),
    "lip_upper": (0.48, 1.0), "eye_white": (0.42, 1.0), "iris": (0.42, 1.0),
    "eye_light": (0.44, 1.0), "eye_heart": (0.44, 1.0), "eye_star": (0.44, 1.0),
    "lash_lower": (0.43, 1.0), "lash_upper": (0.45, 1.0), "lid_closed": (0.45, 1.0),
    "lid_happy": (0.45, 1.0), "tears": (0.44, 1.0), "shade": (0.46, 1.0),
    "front_locks": (0.05, 0.3), "side_hair": (0.15, 1.0), "front_hair": (0.40, 1.0),
    "anger_mark": (0.40, 1.0), "back_accessory": (-0.40, 0.0), "accessory": (0.05, 1.0),
    "headwear": (0.43, 1.0),
}  # fmt: skip


def median_of(role: str) -> tuple[float, float]:
    """Give the depth and the turn that a layer has of which nothing is said."""
    return MEDIANS.get(role, (ROLES[role].depth, ROLES[role].turn))


def guessed(measured: Measured) -> Measured:
    """Give the same character without what a bundle may leave out: role medians, no style."""
    parts = []
    for part in measured.parts:
        depth, turn = median_of(part.role)
        parts.append(dataclasses.replace(part, depth=depth, turn=turn))
    return dataclasses.replace(measured, parts=tuple(parts), style=Style())


def guess(avatar: Avatar) -> Rig:
    """Make a rig of medians (the port `Warper`); what swings swings as ever."""
    return Rig(avatar, guessed(measure(avatar)))
