"""Finds what swings on an avatar: layers and springs in, strands out. Pure.

A strand is a line of four joints from a root to a tip. Layers of one group that hang share
columns of strands side by side, so that how far a point swings depends on where it is and not on
its layer: what overlaps cannot come apart. What hangs on the head and what hangs on the body share
none, nor do two outfits. What stands (an ahoge, a tail, each wing) has its own.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Set
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float64

from vtuber.avatar.springs import ROLE_GROUPS, Spring, spring_of

if TYPE_CHECKING:
    from vtuber.avatar.avatar import Avatar

JOINTS = 4  # of each strand
COLUMN_W = 0.6  # between two strands of a group that hangs
MOST_COLUMNS = 9
HAIRLINE_V = -0.7  # W below the eyes: above, hair lies on the skull and does not swing
HELD = 0.1  # of a layer's height from its top, which holds it
SHORTEST_W = 0.25
_MIDDLE_W = 0.3  # what reaches this far to both sides of the middle is two things, when it stands

_HAIR = {*ROLE_GROUPS, *ROLE_GROUPS.values()}

Points = Float64[np.ndarray, "n 2"]


@dataclass(frozen=True, slots=True)
class Strand:
    """One line that swings, in W from the middle of the eye line, v down."""

    root: tuple[float, float]
    along: tuple[float, float]  # unit vector from root to tip
    length: float
    head: float  # 1 hangs on the head, 0 on the body
    spring: Spring

    @property
    def lever(self) -> float:
        """Give by how many W of its root's way it bends by a radian: its length, or more if short.

        The short hair of a nape lies on the head; swinging as far as long hair it came off it.
        """
        firm = self.spring.firm_w
        return self.length if self.length > firm else firm * firm / self.length

    @property
    def across(self) -> tuple[float, float]:
        """Give the direction of a positive swing: `along` turned to the picture's right."""
        return (self.along[1], -self.along[0])


@dataclass(frozen=True, slots=True)
class Piece:
    """What moves one layer: a run of strands side by side, or one that stands."""

    layer: int
    first: int
    count: int
    root_v: float  # where the layer begins to swing; of a standing strand, not used


@dataclass(frozen=True, slots=True)
class Strands:
    """All strands of an avatar, and the layers that they move."""

    strands: tuple[Strand, ...]
    pieces: tuple[Piece, ...]
    w_px: float
    origin_px: tuple[float, float]
    height_w: float  # of the canvas

    def in_w(self, points_px: np.ndarray) -> Points:
        """Measure canvas px in W from the middle of the eye line."""
        return np.asarray((points_px.astype(np.float64) - self.origin_px) / self.w_px)


def find_strands(avatar: Avatar) -> Strands:
    """Find everything that swings: layers with a group, and hair without one."""
    left, right = (np.array(avatar.landmarks[f"cheek_{side}"]) for side in ("left", "right"))
    middle = (left + right) / 2
    w_px = float(left[0] - right[0]) / 2
    origin_px = (float(middle[0]), float(middle[1]))
    found = Strands((), (), w_px, origin_px, avatar.canvas_px[1] / w_px)
    together: dict[tuple[str, bool, str], list[int]] = {}
    for i, layer in enumerate(avatar.layers):
        group = layer.group or ROLE_GROUPS.get(layer.role, "")
        if group and len(layer.mesh.vertices_px):
            on_head = _head_share(layer.role, layer.turn) > 0.5
            together.setdefault((group, on_head, layer.outfit), []).append(i)
    strands: list[Strand] = []
    pieces: list[Piece] = []
    for (group, _, _), layers in together.items():
        spring = avatar.physics.get(group, spring_of(group))
        points = {i: found.in_w(avatar.layers[i].mesh.vertices_px) for i in layers}
        heads = {i: _head_share(avatar.layers[i].role, avatar.layers[i].turn) for i in layers}
        if spring.stands:
            more, bound = _standing(spring, points, heads, len(strands))
        else:
            hair = {i for i in layers if {group, avatar.layers[i].role} & _HAIR}
            more, bound = _hanging(spring, points, heads, len(strands), hair)
        strands += more
        pieces += bound
    return dataclasses.replace(found, strands=tuple(strands), pieces=tuple(pieces))


def _head_share(role: str, turn: float) -> float:
    return 1.0 if role in ROLE_GROUPS else turn  # locks hang from the head, wherever they end


def _hanging(
    spring: Spring,
    points: dict[int, Points],
    heads: dict[int, float],
    first: int,
    hair: Set[int],
) -> tuple[list[Strand], list[Piece]]:
    """Hang columns of strands over the width of a whole group; `hair` lies on the skull first."""
    roots = {}
    for i, at in points.items():
        top, bottom = float(at[:, 1].min()), float(at[:, 1].max())
        held = top + HELD * (bottom - top)
        roots[i] = max(held, HAIRLINE_V) if i in hair else held
    free = {i: at for i, at in points.items() if at[:, 1].max() > roots[i]}
    if not free:
        return [], []
    length = spring.length or max(float(at[:, 1].max()) - roots[i] for i, at in free.items())
    low = min(float(at[:, 0].min()) for at in free.values())
    high = max(float(at[:, 0].max()) for at in free.values())
    count = min(int(np.ceil((high - low) / COLUMN_W)) + 1, MOST_COLUMNS)
    root_v, head = min(roots[i] for i in free), max(heads[i] for i in free)
    strands = [
        Strand((float(u), root_v), (0.0, 1.0), max(length, SHORTEST_W), head, spring)
        for u in np.linspace(low, high, count)
    ]
    return strands, [Piece(i, first, count, roots[i]) for i in free]


def _standing(
    spring: Spring, points: dict[int, Points], heads: dict[int, float], first: int
) -> tuple[list[Strand], list[Piece]]:
    """Stand one strand in each layer; one on each side in what reaches over the middle."""
    strands: list[Strand] = []
    pieces: list[Piece] = []
    for i, at in points.items():
        u = at[:, 0]
        is_pair = u.min() < -_MIDDLE_W and u.max() > _MIDDLE_W and heads[i] < 0.5
        for part in (at[u > 0], at[u < 0]) if is_pair else (at,):
            foot = np.array([0.0, 0.0 if heads[i] > 0.5 else 2.0])  # ears, or the chest
            root = part[np.hypot(*(part - foot).T).argmin()]
            away = part - root
            tip = away[np.hypot(*away.T).argmax()]
            reach = float(np.hypot(*tip))
            if reach < SHORTEST_W:
                continue
            along = (float(tip[0]) / reach, float(tip[1]) / reach)
            pieces.append(Piece(i, first + len(strands), 1, 0.0))
            strands.append(
                Strand(
                    (float(root[0]), float(root[1])), along, spring.length or reach, heads[i],
                    spring,
                )
            )  # fmt: skip
    return strands, pieces
