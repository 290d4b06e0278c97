"""Collects the layers of a made-up character: shapes in; parts, points and triangles out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from vtuber.avatar.roles import ROLES
from vtuber.warp.guess import MEDIANS
from vtuber.warp.measure import Curve, Part
from vtuber.warp.patch import Box, Inside, patch
from vtuber.warp.proportions import Proportions

Line = Callable[[np.ndarray], np.ndarray]  # v of every u

# What the generator writes where it is not the role's own: (depth, turn).
_RIGGED = {"neck": (-0.25, 0.4), "lip_upper": (0.48, 1.0), "blush": (0.40, 1.0),
           "ear": (-0.15, 1.0), "front_locks": (0.08, 0.25), "side_hair": (0.10, 1.0),
           "lash_upper": (0.45, 1.0), "eye_white": (0.42, 1.0), "lid_closed": (0.45, 1.0),
           "nose": (0.56, 1.0), "front_hair": (0.38, 1.0)}  # fmt: skip
_ANYWHERE = ("headwear", "accessory", "back_accessory", "item")
_SPREAD = 0.02  # W, of the depths of all others
USUAL_SPREAD = 0.006  # W, of depths as designs write them


class Sketch:
    """One character as far as it is drawn."""

    def __init__(self, random: np.random.Generator, density: float, is_usual: bool = False) -> None:
        self.random, self.density, self.is_usual = random, density, is_usual
        self.p = Proportions(random, is_usual)
        self.marks = self.p.marks
        self.parts: list[Part] = []
        self.points: list[np.ndarray] = []
        self.triangles: list[np.ndarray] = []
        self.lids: dict[str, tuple[Curve, Curve]] = {}
        self.closed: dict[str, Curve] = {}
        self.happy: dict[str, Curve] = {}
        self.lips: Curve | None = None
        self.floor: Curve | None = None
        self._count = 0

    def add(
        self, role: str, side: str, box: Box, inside: Inside,
        rigging: tuple[float, float] | None = None, **more: Any,
    ) -> None:  # fmt: skip
        """Lay a mesh over a shape; `more` goes to its Part. An empty one is no layer.

        `rigging` is depth and turn, else by chance.
        """
        columns, rows = ROLES[role].mesh
        fineness = self.density * self.random.uniform(0.75, 1.3)
        grid = (max(round(columns * fineness), 2), max(round(rows * fineness), 2))
        if side == "right":  # drawn as the left side's, and mirrored
            u0, v0, u1, v1 = box
            made = patch((-u1, v0, -u0, v1), grid, lambda u, v: inside(-u, v))
        else:
            made = patch(box, grid, inside)
        if made is None:
            return
        depth, turn = rigging or self._rigging(role, box)
        self.parts.append(Part(role, side, len(made.points), depth, turn, **more))
        self.points.append(made.points)
        self.triangles.append(made.triangles + self._count)
        self._count += len(made.points)

    def _rigging(self, role: str, box: Box) -> tuple[float, float]:
        random = self.random
        if self.is_usual:
            depth, turn = MEDIANS.get(role, (ROLES[role].depth, ROLES[role].turn))
            more = USUAL_SPREAD if self.chance(0.95) else 4 * _SPREAD
            return float(depth + more * random.normal()), turn
        depth, turn = _RIGGED.get(role, (ROLES[role].depth, ROLES[role].turn))
        if role in _ANYWHERE:
            return self._anywhere(role, box)
        if random.random() < 0.03:
            depth += 0.15 * random.normal()
        if role in ("neck", "front_locks"):
            turn = float(np.clip(turn + 0.1 * random.normal(), 0.0, 1.0))
        return float(depth + _SPREAD * random.normal()), turn

    def _anywhere(self, role: str, box: Box) -> tuple[float, float]:
        """Give depth and turn to what may be worn anywhere: mostly what its place suggests."""
        u, v = abs(box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        on_body = box[3] > self.marks["neck_left"][1]
        turn = 0.0 if role == "item" or (role == "back_accessory" and on_body) else 1.0
        if role == "back_accessory":
            depth = -0.35
        elif role == "item":
            depth = 0.25
        elif u > 0.8:  # beside the face
            depth = 0.0
        else:
            depth = 0.43 if v > -1.0 else 0.2
        if self.chance(0.05):
            depth = self.between(-0.5, 0.6)
        return float(depth + 0.07 * self.random.normal()), turn

    def chance(self, probability: float) -> bool:
        return bool(self.random.random() < probability)

    def between(self, low: float, high: float) -> float:
        return float(self.random.uniform(low, high))
