"""Teaches the network one character's own drawings: poses and pictures in, a Fit out.

Each drawing is met by Gauss-Newton steps: from coarse to fine pictures, what the character looks
like is compared with the drawing, and the regions of its face (a cubic each) and, in a turned pose,
the depths of its roles are moved where that brings the two together. What moves a picture how is
measured by drawing it; `draw` is handed in. Rest is not touched (`corrected.py`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float32, Float64, Int64

from vtuber.avatar.fit import DEPTH_TERMS, MOST_W, TERMS, Fit, Lesson
from vtuber.core.errors import UserError
from vtuber.core.pose import BASE, Pose
from vtuber.warp.controls import Fold
from vtuber.warp.corrected import Reaction, bowls, name_of, offsets
from vtuber.warp.infer import LearnedMotion
from vtuber.warp.laws import Laws
from vtuber.warp.measure import Measured
from vtuber.warp.turn import Turn

# Step by step: the height of the whole canvas in px, and the highest degree of a field. First all
# moves as it is, then it may lean and scale, at last it bends: allowed at once, a brow that is
# elsewhere is sooner squeezed to nothing than moved. Bending begins with coarse pictures again: a
# lid three lines away is too far for fine ones, and its ends were drawn in to reach its middle.
STEPS = (*3 * ((128, 0),), *3 * ((128, 1),), *3 * ((128, 3),), *3 * ((224, 3),), *3 * ((400, 3),))
_STEP_W = 0.02  # by which a number is changed to see what it does
# How far numbers are expected to go: constant and linear terms, then the bending ones; depths. W
_SPREAD, _BENDS, _DEPTHS = 0.05, 0.02, 0.12
_GAINS = 0.5  # share by which a motion may be larger or smaller
# Of the error before, from which on nothing is learned of a drawing: it is met already, or shows
# somebody else, for whom the face was bent out of shape to be 6 % nearer.
_MET = 0.9
_NOISE = 0.12  # of a pixel's values, where a drawing cannot be met
_WITNESSES = 20_000  # that a picture counts for: neighbouring pixels tell much the same
_GAIN = -1  # the stage of a gain: before all others
_DEGREES = tuple(i + j for i in range(4) for j in range(4 - i))  # of a field's terms
_DAMPINGS = (0.01, 0.1, 1.0, 10.0, 100.0)  # Levenberg and Marquardt's, until a step is one ahead
_TURNED_DEG = 4.0  # from here on a pose says something of depth
_DEEP = ("face", "nose", "eye_white", "lip_upper", "brow", "front_hair", "side_hair", "back_hair",
         "ear", "headwear", "glasses", "accessory", "front_locks")  # fmt: skip

Moved = tuple[Float32[np.ndarray, "v 2"], Float32[np.ndarray, " v"]]
# what a mover gave, and a height in px: RGB over grey, 0..1
Draw = Callable[[Moved, int], Float32[np.ndarray, "h w 3"]]


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """One drawing of a character in a pose."""

    pose: Mapping[str, float]
    drawn: Callable[[int], Float32[np.ndarray, "h w 3"]]  # at a height in px: RGB over grey


@dataclass(frozen=True, slots=True)
class Step:
    """How far one drawing is met: the root mean square of what differs, 0..1."""

    example: int
    step: int
    error: float


def learn(
    measured: Measured,
    motion: LearnedMotion,
    examples: Sequence[Example],
    draw: Draw,
    told: Callable[[Step], None],
) -> tuple[Fit, list[bool]]:
    """Meet the drawings, one after the other; `told` hears of every step.

    Gives what was learned, and of each drawing whether something was. Raises UserError for a pose
    that moves nothing which could be learned.
    """
    depth: dict[str, tuple[float, ...]] = {}
    lessons: list[Lesson] = []
    taught = []
    for example in examples:
        if not _Student(measured, motion, example, depth).can_learn:
            raise UserError(
                f"the pose {json.dumps(dict(example.pose))} moves neither face nor head: nothing "
                "can be learned of a drawing of it"
            )
    for i, example in enumerate(examples):
        student = _Student(measured, motion, example, depth)
        before = after = student.error(draw, STEPS[-1][0])
        student.search(draw, STEPS[0][0])
        for number, (height_px, degree) in enumerate(STEPS):
            after = student.step(draw, height_px, degree)
            told(Step(i, number, after))
        taught.append(after < _MET * before)
        if taught[-1]:
            lessons.append(student.lesson())
            depth |= student.depths()
    return Fit(tuple(lessons), depth), taught


@dataclass(frozen=True, slots=True, eq=False)
class _Region:
    """A part of the face whose numbers are its field, then its gains."""

    name: str
    rows: Int64[np.ndarray, " n"]
    shapes: Float64[np.ndarray, "n t"]
    reaction: Reaction

    @property
    def count(self) -> int:
        return 2 * TERMS + len(self.reaction.motions)

    @property
    def spread(self) -> list[float]:
        field = [_SPREAD if degree < 2 else _BENDS for degree in _DEGREES]
        return [*field, *field, *(_GAINS for _ in self.reaction.motions)]

    @property
    def stage(self) -> list[int]:
        return [*_DEGREES, *_DEGREES, *(_GAIN for _ in self.reaction.motions)]

    def offsets(self, numbers: Float64[np.ndarray, " n"]) -> Float32[np.ndarray, "n 2"]:
        moved = offsets(tuple(numbers[: 2 * TERMS]), self.shapes)
        gained = numbers[2 * TERMS :] @ self.reaction.does
        return np.asarray(moved + gained.reshape(-1, 2), np.float32)


class _Student:
    """One drawing's numbers, all 0 at first: fields by region, then depths."""

    def __init__(
        self,
        measured: Measured,
        motion: LearnedMotion,
        example: Example,
        depth: Mapping[str, tuple[float, ...]],
    ) -> None:
        self._example, self._motion = example, motion
        controls = Fold(BASE)(Pose.of(example.pose))
        laws = Laws(measured)
        self._local = motion.local(controls)
        self._turn = Turn.of(controls)
        self._alpha = motion(controls)[1]
        self._regions = []
        for block in motion.baked.blocks:
            reaction = Reaction(block, laws, controls, self._alpha > 0)
            if reaction.is_any:
                shapes = reaction.shapes(measured.points)
                self._regions.append(_Region(name_of(block), block.rows, shapes, reaction))
        turned = max(abs(controls["head_yaw"]), abs(controls["head_pitch"])) > _TURNED_DEG
        self._roles = [
            (role, own := measured.of(*_with(role)), bowls(measured.points[own]))
            for role in (_DEEP if turned else ())
            if measured.where(role)
        ]
        self._still_z = motion.turner.z.copy()
        fields = [spread for region in self._regions for spread in region.spread]
        self._spread = np.array([*fields, *DEPTH_TERMS * len(self._roles) * [_DEPTHS]])
        stages = [stage for region in self._regions for stage in region.stage]
        self._stages = np.array([*stages, *len(self._roles) * [0, 1, 1]])
        self._numbers: Float64[np.ndarray, " n"] = np.zeros(len(self._spread))
        if self._roles:
            known = [depth.get(role, (0.0,) * DEPTH_TERMS) for role, _, _ in self._roles]
            self._numbers[len(fields) :] = np.concatenate(known)

    @property
    def can_learn(self) -> bool:
        return len(self._numbers) > 0

    def error(self, draw: Draw, height_px: int) -> float:
        """Give the root mean square of what differs now."""
        off = draw(self._moved(self._numbers), height_px) - self._example.drawn(height_px)
        return float(np.sqrt(np.mean(off**2)))

    def search(self, draw: Draw, height_px: int) -> None:
        """Try each gain far from where it is: steps follow what touches, and a brow is thin."""
        wanted = self._example.drawn(height_px)
        weight = _WITNESSES / (_NOISE**2 * wanted.size)

        def cost(numbers: Float64[np.ndarray, " n"]) -> float:
            return self._cost(draw(self._moved(numbers), height_px), wanted, numbers, weight)

        least = cost(self._numbers)
        for i in np.flatnonzero(self._stages == _GAIN):
            for far in (-2.0, -1.0, 1.0, 2.0):
                tried = self._numbers.copy()
                tried[i] = np.clip(tried[i] + far * self._spread[i], -MOST_W, MOST_W)
                if (found := cost(tried)) < least:
                    least, self._numbers = found, tried

    def step(self, draw: Draw, height_px: int, stage: int) -> float:
        """Go one step nearer, by what belongs to a stage or one before; give what error is left."""
        free = np.flatnonzero(self._stages <= stage)
        wanted = self._example.drawn(height_px)
        seen = draw(self._moved(self._numbers), height_px)
        away = (seen - wanted).reshape(-1)
        slopes = np.stack(
            [
                (draw(self._moved(changed), height_px) - seen).reshape(-1) / _STEP_W
                for changed in self._each_changed(free)
            ]
        )
        weight = _WITNESSES / (_NOISE**2 * wanted.size)
        prior = 1.0 / self._spread[free] ** 2
        square = weight * slopes @ slopes.T + np.diag(prior)
        pull = weight * slopes @ away + prior * self._numbers[free]
        least = self._cost(seen, wanted, self._numbers, weight)
        for damping in _DAMPINGS:
            moved = self._numbers.copy()
            moved[free] -= np.linalg.solve(square + damping * np.diag(np.diag(square)), pull)
            moved = np.clip(moved, -MOST_W, MOST_W)
            if self._cost(draw(self._moved(moved), height_px), wanted, moved, weight) < least:
                self._numbers = moved
                break
        return self.error(draw, height_px)

    def lesson(self) -> Lesson:
        fields, gains = {}, {}
        for region, numbers in self._by_region(self._numbers):
            rounded = [round(float(number), 5) for number in numbers]
            fields[region.name] = tuple(rounded[: 2 * TERMS])
            gains[region.name] = dict(
                zip(region.reaction.motions, rounded[2 * TERMS :], strict=True)
            )
        return Lesson(dict(self._example.pose), fields, gains)

    def _by_region(
        self, numbers: Float64[np.ndarray, " n"]
    ) -> Iterator[tuple[_Region, Float64[np.ndarray, " r"]]]:
        begin = 0
        for region in self._regions:
            yield region, numbers[begin : begin + region.count]
            begin += region.count

    def depths(self) -> dict[str, tuple[float, ...]]:
        return {
            each: tuple(round(float(n), 5) for n in numbers)
            for (role, _, _), numbers in zip(self._roles, self._bent(self._numbers), strict=True)
            for each in _with(role)
        }

    def _bent(self, numbers: Float64[np.ndarray, " n"]) -> Float64[np.ndarray, "r d"]:
        """Give the part of the numbers that is depths."""
        begin = sum(region.count for region in self._regions)
        return numbers[begin:].reshape(-1, DEPTH_TERMS)

    def _each_changed(self, free: Int64[np.ndarray, " f"]) -> Iterator[Float64[np.ndarray, " n"]]:
        for i in free:
            changed = self._numbers.copy()
            changed[i] += _STEP_W
            yield changed

    def _cost(
        self, seen: np.ndarray, wanted: np.ndarray, numbers: np.ndarray, weight: float
    ) -> float:
        return float(weight * ((seen - wanted) ** 2).sum() + ((numbers / self._spread) ** 2).sum())

    def _moved(self, numbers: Float64[np.ndarray, " n"]) -> Moved:
        """Move the character by some numbers, as `corrected.py` will."""
        local, turner = self._local.copy(), self._motion.turner
        for region, own in self._by_region(numbers):
            local[region.rows] += region.offsets(own)
        turner.z = self._still_z.copy()
        for (_, mask, shapes), more in zip(self._roles, self._bent(numbers), strict=True):
            turner.z[mask] += (shapes @ more).astype(np.float32)
        try:
            return turner(local, self._turn), self._alpha
        finally:
            turner.z = self._still_z


def _with(role: str) -> tuple[str, ...]:
    """Name the roles that have the depth of this one."""
    together = {
        "eye_white": ("eye_white", "lash_upper", "lash_lower", "lid_closed", "lid_happy", "iris",
                      "eye_light", "eye_heart", "eye_star"),
        "lip_upper": ("lip_upper", "lip_lower", "mouth_cavity", "teeth", "tongue"),
        "face": ("face", "hair_shadow", "blush", "shade"),
    }  # fmt: skip
    return together.get(role, (role,))
