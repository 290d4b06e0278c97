"""How what hangs on an avatar swings: a table of springs by group. Values only.

A group is named by a layer, or comes from its role. `[physics.GROUP]` of a bundle changes what it
gives. Lengths are in W, half the face's width; 1 W of hair is about 7.5 cm.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Spring:
    """How one group swings.

    A strand of length L W swings `frequency_hz / sqrt(L)` times a second, as a pendulum does: long
    hair is slower. Its swing has died down to 5 % after about `0.5 * sqrt(L) / (damping *
    frequency_hz)` seconds.
    """

    frequency_hz: float = 2.4  # of a strand 1 W long
    damping: float = 0.4  # 1 would be without any overshoot
    swing: float = 0.5  # share of the root's way by which the tips stay behind at first
    gravity: float = 0.3  # share of a tilt of the head that it hangs back from
    wind: float = 0.5
    limit_deg: float = 30.0  # it creeps to this, however wild the head
    length: float = 0.0  # W; 0: as the picture shows
    firm_w: float = 1.0  # shorter strands are stiff: their tips stay behind by less
    stands: bool = False  # grows from a root in any direction; else hangs down from a line


# What a bundle may say, and the bounds of it.
BOUNDS: Mapping[str, tuple[float, float]] = MappingProxyType({
    "frequency_hz": (0.2, 8.0), "damping": (0.05, 0.95), "swing": (0.0, 2.0),
    "gravity": (0.0, 1.0), "wind": (0.0, 4.0), "limit_deg": (1.0, 60.0), "length": (0.1, 8.0),
})  # fmt: skip

SPRINGS: Mapping[str, Spring] = MappingProxyType({
    "back_hair": Spring(2.1, 0.38, swing=0.75, gravity=0.35, wind=1.0, firm_w=2.6),
    "side_hair": Spring(2.3, 0.38, swing=0.65, gravity=0.30, wind=0.8, firm_w=2.6),
    "front_hair": Spring(2.7, 0.34, swing=0.4, gravity=0.12, wind=0.4, limit_deg=16.0),
    "front_locks": Spring(2.0, 0.38, swing=0.7, gravity=0.30, wind=0.8, firm_w=2.6),
    "ahoge": Spring(2.3, 0.20, swing=0.45, gravity=0.10, wind=1.0, stands=True),
    "ears": Spring(4.0, 0.25, swing=0.1, gravity=0.0, wind=0.2, limit_deg=8.0, stands=True),
    "tail": Spring(1.6, 0.25, swing=0.6, gravity=0.1, wind=1.5, stands=True),
    "wings": Spring(1.6, 0.30, swing=0.4, gravity=0.0, wind=1.0, limit_deg=10.0, stands=True),
    "ribbon": Spring(2.2, 0.22, swing=0.9, gravity=0.5, wind=0.8, firm_w=0.7),
    "cloth": Spring(1.8, 0.40, swing=0.7, gravity=0.3, wind=0.5, limit_deg=16.0),
    "accessory": Spring(2.2, 0.20, swing=0.8, gravity=0.7, wind=0.3, firm_w=0.7),
})  # fmt: skip

# The group of a layer that names none. The shadow of the fringe goes with the fringe.
ROLE_GROUPS: Mapping[str, str] = MappingProxyType({
    "back_hair": "back_hair", "side_hair": "side_hair", "front_hair": "front_hair",
    "front_locks": "front_locks", "hair_shadow": "front_hair",
})  # fmt: skip


def spring_of(group: str) -> Spring:
    """Give what a group does when its bundle says nothing; an unknown group hangs."""
    return SPRINGS.get(group, SPRINGS["accessory"])
