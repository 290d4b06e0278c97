"""The vocabulary of motion: names in, float32 vectors out. Pure; imports NumPy and nothing of ours.

Signs: `headYaw` + = to the performer's left, `headPitch` + = up, `headRoll` + = towards the
performer's left shoulder; X + = performer's left, Y + = up, Z + = to the camera. Left and Right in
a name are the performer's own. Angles are degrees, translations cm, everything else 0..1.

Blendshape names: Apple ARKit, `ARFaceAnchor.BlendShapeLocation`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from jaxtyping import Float32

from vtuber.core.errors import UserError
from vtuber.core.nearest import nearest

ARKIT = (
    "browDownLeft", "browDownRight", "browInnerUp", "browOuterUpLeft", "browOuterUpRight",
    "cheekPuff", "cheekSquintLeft", "cheekSquintRight",
    "eyeBlinkLeft", "eyeBlinkRight", "eyeLookDownLeft", "eyeLookDownRight",
    "eyeLookInLeft", "eyeLookInRight", "eyeLookOutLeft", "eyeLookOutRight",
    "eyeLookUpLeft", "eyeLookUpRight", "eyeSquintLeft", "eyeSquintRight",
    "eyeWideLeft", "eyeWideRight",
    "jawForward", "jawLeft", "jawOpen", "jawRight",
    "mouthClose", "mouthDimpleLeft", "mouthDimpleRight", "mouthFrownLeft", "mouthFrownRight",
    "mouthFunnel", "mouthLeft", "mouthLowerDownLeft", "mouthLowerDownRight",
    "mouthPressLeft", "mouthPressRight", "mouthPucker", "mouthRight",
    "mouthRollLower", "mouthRollUpper", "mouthShrugLower", "mouthShrugUpper",
    "mouthSmileLeft", "mouthSmileRight", "mouthStretchLeft", "mouthStretchRight",
    "mouthUpperUpLeft", "mouthUpperUpRight", "noseSneerLeft", "noseSneerRight", "tongueOut",
)  # fmt: skip
HEAD_DEG = ("headYaw", "headPitch", "headRoll")
HEAD_CM = ("headX", "headY", "headZ")
BODY_DEG = ("bodyYaw", "bodyPitch", "bodyRoll")
ANIME = (
    "breath",
    "eyeHappyLeft", "eyeHappyRight", "irisSmallLeft", "irisSmallRight",
    "browAngryLeft", "browAngryRight", "browTroubledLeft", "browTroubledRight",
    "browSeriousLeft", "browSeriousRight", "mouthCat",
)  # fmt: skip
EFFECTS = ("blush", "tears", "sweat", "angerMark", "heartEyes", "starEyes", "shade")

# Negated when a pose is mirrored; every other name swaps Left with Right.
_MIRROR_NEGATES = frozenset({"headYaw", "headRoll", "headX", "bodyYaw", "bodyRoll"})


@dataclass(frozen=True, slots=True)
class Parameter:
    """One named value of a pose: its range and its value at rest."""

    name: str
    low: float = 0.0
    high: float = 1.0
    default: float = 0.0


def _base_parameters() -> tuple[Parameter, ...]:
    return (
        *(Parameter(name) for name in ARKIT),
        *(Parameter(name, -90.0, 90.0) for name in HEAD_DEG),
        *(Parameter(name, -200.0, 200.0) for name in HEAD_CM),
        *(Parameter(name, -90.0, 90.0) for name in BODY_DEG),
        *(Parameter(name) for name in ANIME),
        *(Parameter(name) for name in EFFECTS),
    )


@dataclass(frozen=True, eq=False)
class PoseSpace:
    """Names with fixed indexes: the base first, then what avatars, plugins or hands append."""

    parameters: tuple[Parameter, ...]
    index: Mapping[str, int] = field(init=False, repr=False)
    low: Float32[np.ndarray, " n"] = field(init=False, repr=False)
    high: Float32[np.ndarray, " n"] = field(init=False, repr=False)
    default: Float32[np.ndarray, " n"] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        index = {parameter.name: i for i, parameter in enumerate(self.parameters)}
        assert len(index) == len(self.parameters), "a pose space names each parameter once"
        object.__setattr__(self, "index", index)
        for edge in ("low", "high", "default"):
            values = np.array([getattr(p, edge) for p in self.parameters], np.float32)
            values.setflags(write=False)
            object.__setattr__(self, edge, values)

    def __len__(self) -> int:
        return len(self.parameters)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(parameter.name for parameter in self.parameters)

    def extended(self, more: Iterable[Parameter]) -> PoseSpace:
        """Append parameters that are not here yet; existing indexes never move."""
        new = {p.name: p for p in more if p.name not in self.index}
        return PoseSpace(self.parameters + tuple(new.values())) if new else self

    def mirror_order(self) -> tuple[np.ndarray, Float32[np.ndarray, " n"]]:
        """Give (indexes, signs) so that `values[indexes] * signs` is the mirrored pose."""
        order = np.array([self.index.get(_swapped(name), i) for i, name in enumerate(self.names)])
        signs = [-1.0 if name in _MIRROR_NEGATES else 1.0 for name in self.names]
        return order, np.array(signs, np.float32)


def _swapped(name: str) -> str:
    for one, other in (("Left", "Right"), ("Right", "Left")):
        if name.endswith(one):
            return name[: -len(one)] + other
    return name


BASE = PoseSpace(_base_parameters())


@dataclass(frozen=True, slots=True, eq=False)
class Pose:
    """A whole pose: a value for every name of its space."""

    space: PoseSpace
    values: Float32[np.ndarray, " n"]

    def __getitem__(self, name: str) -> float:
        return float(self.values[self.space.index[name]])

    def __repr__(self) -> str:
        moved = {
            p.name: round(float(v), 3)
            for p, v in zip(self.space.parameters, self.values, strict=True)
            if v != p.default
        }
        return f"Pose({moved})"

    def as_dict(self) -> dict[str, float]:
        return {name: float(v) for name, v in zip(self.space.names, self.values, strict=True)}

    @staticmethod
    def rest(space: PoseSpace = BASE) -> Pose:
        return Pose(space, space.default.copy())

    @staticmethod
    def of(values: Mapping[str, float], space: PoseSpace = BASE) -> Pose:
        """Make a pose from names; the rest stays at its default, values are clipped to range.

        >>> Pose.of({"headYaw": 20.0, "jawOpen": 3.0})
        Pose({'jawOpen': 1.0, 'headYaw': 20.0})
        """
        return PoseInput.of(values, space).over(Pose.rest(space))


@dataclass(frozen=True, slots=True, eq=False)
class PoseInput:
    """What one pose source says: values, and how much each counts (weight 0 = not given)."""

    values: Float32[np.ndarray, " n"]
    weights: Float32[np.ndarray, " n"]  # 0..1

    @staticmethod
    def of(values: Mapping[str, float], space: PoseSpace = BASE, weight: float = 1.0) -> PoseInput:
        """Make an input from names. Raises UserError for an unknown name or a value not finite."""
        unknown = [name for name in values if name not in space.index]
        if unknown:
            raise UserError(_unknown_parameter(unknown[0], space))
        vector, weights = space.default.copy(), np.zeros(len(space), np.float32)
        for name, value in values.items():
            if not math.isfinite(value):
                raise UserError(f"pose parameter {name} is {value}; give a finite number")
            i = space.index[name]
            known = space.parameters[i]
            vector[i], weights[i] = min(max(value, known.low), known.high), weight
        return PoseInput(vector, weights)

    def over(self, below: Pose) -> Pose:
        """Blend this input over a pose whose space starts with the names of this input."""
        n, values = len(self.values), below.values.copy()
        values[:n] += self.weights * (self.values - values[:n])
        return Pose(below.space, values)


def _unknown_parameter(name: str, space: PoseSpace) -> str:
    near = nearest(name, space.names)
    meant = f"; did you mean {near}?" if near else ", only such as headYaw or eyeBlinkLeft"
    return f"no pose parameter called {name}{meant}"
