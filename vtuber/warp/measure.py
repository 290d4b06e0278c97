"""A character as the rig sees it: vertices, landmarks and curves in face units. Values only.

One unit is W, half the face's width at eye height. The origin is the middle of the face at eye
height; u runs to the picture's right (the character's own left), v down. `trace.py` measures an
avatar; who trains draws such characters without any picture.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from jaxtyping import Bool, Float32, Float64

from vtuber.avatar.style import Style

Column = Float64[np.ndarray, " n"]


class Curve:
    """A height for every u, in W: linear between samples, level beyond the ends."""

    def __init__(self, u: Column, v: Column) -> None:
        self.u, self.v = u, v

    def __call__(self, u: np.ndarray) -> np.ndarray:
        return np.interp(u, self.u, self.v)


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One layer without its picture. Its vertices are a run of `Measured.points`."""

    role: str  # a key of roles.ROLES, without side
    side: str  # "left" or "right" (the character's own), or ""
    count: int  # of its vertices
    depth: float  # W from the head's axis, + towards the viewer
    turn: float  # 1 follows the head, 0 stays with the body
    toggle: str = ""
    is_clipped: bool = False
    lower_edge: Curve | None = None  # of upper lashes: off the lid it is a crease


@dataclass(frozen=True, slots=True, eq=False)
class Curves:
    """The lines that pictures show, by side of the face; what is missing the landmarks make up."""

    lids: Mapping[str, tuple[Curve, Curve]] = dataclasses.field(
        default_factory=dict
    )  # upper, lower edge
    closed: Mapping[str, Curve] = dataclasses.field(
        default_factory=dict
    )  # middle of the closed lid
    happy: Mapping[str, Curve] = dataclasses.field(default_factory=dict)
    lips: Curve | None = None  # middle of the closed mouth
    floor: Curve | None = None  # lower edge of the opened mouth


@dataclass(frozen=True, eq=False)
class Measured:
    """One character: all that a rig is made of."""

    points: Float64[np.ndarray, "v 2"]  # W; the parts' one after the other
    parts: tuple[Part, ...]  # back to front
    marks: Mapping[str, tuple[float, float]]  # W; every name of roles.LANDMARKS
    bottom: float  # v of the canvas's lower edge
    curves: Curves = dataclasses.field(default_factory=Curves)
    style: Style = dataclasses.field(default_factory=Style)
    slices: tuple[slice, ...] = dataclasses.field(init=False, repr=False)  # of each part
    u: Column = dataclasses.field(init=False, repr=False)
    v: Column = dataclasses.field(init=False, repr=False)

    def __post_init__(self) -> None:
        ends = np.cumsum([part.count for part in self.parts]).tolist()
        assert ends[-1] == len(self.points), "every vertex belongs to one part"
        slices = tuple(
            slice(end - part.count, end) for end, part in zip(ends, self.parts, strict=True)
        )
        object.__setattr__(self, "slices", slices)
        object.__setattr__(self, "u", np.ascontiguousarray(self.points[:, 0]))
        object.__setattr__(self, "v", np.ascontiguousarray(self.points[:, 1]))

    def where(self, role: str, side: str | None = None) -> tuple[int, ...]:
        """Find the indexes of the parts of a role, of one side or (None) of any, back to front."""
        found = self._by_role.get(role, ())
        return tuple(i for i in found if side in (None, self.parts[i].side))

    @cached_property
    def _by_role(self) -> Mapping[str, tuple[int, ...]]:
        found: dict[str, tuple[int, ...]] = {}
        for i, part in enumerate(self.parts):
            found[part.role] = (*found.get(part.role, ()), i)
        return found

    def of(self, *roles: str, side: str | None = None) -> Bool[np.ndarray, " v"]:
        """Mark the vertices of the parts of these roles, of one side or of any."""
        mask = np.zeros(len(self.u), bool)
        for role in roles:
            for i in self.where(role, side):
                mask[self.slices[i]] = True
        return mask

    def per_vertex(self, per_part: np.ndarray) -> np.ndarray:
        """Repeat one value per part for each of its vertices."""
        return np.repeat(per_part, [part.count for part in self.parts])


def rise(x: np.ndarray, low: float, high: float) -> np.ndarray:
    """Ease every element from 0 at `low` to 1 at `high` (smoothstep); falls when low > high."""
    t = np.clip((x - low) / (high - low), 0.0, 1.0)
    return np.asarray(t * t * (3.0 - 2.0 * t))


Fields = dict[str, Float32[np.ndarray, "v 2"]]  # coefficient: offset of every vertex, in W


def field(mask: np.ndarray, du: np.ndarray | float, dv: np.ndarray | float) -> np.ndarray:
    """Make an offset field that is zero outside a mask."""
    out = np.zeros((len(mask), 2), np.float32)
    for axis, moved in enumerate((du, dv)):
        if isinstance(moved, np.ndarray) or moved:
            out[:, axis] = np.where(mask, moved, 0.0)
    return out
