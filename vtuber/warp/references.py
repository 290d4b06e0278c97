"""What the network is measured against: ways to pose one character, each fitted to it.

All but `still` are oracles: they see the exact rig of the very character that they move. Linear and
quadratic blendshapes are fitted to its poses by least squares; moving least squares (Schaefer,
McPhail and Warren, Image Deformation Using Moving Least Squares, 2006, affine) is told in every
pose where the rig puts the landmarks. NumPy alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations_with_replacement

import numpy as np
from jaxtyping import Float32, Float64, Int64

from vtuber.warp.controls import CONTROLS
from vtuber.warp.measure import Measured
from vtuber.warp.motion import Motion

Controls = Mapping[str, float]
Displacement = Float32[np.ndarray, "v 2"]  # W
Mover = Callable[[Controls], np.ndarray]  # controls to displacement

ROTATIONS = ("head_yaw", "head_pitch", "head_roll", "body_yaw", "body_pitch", "body_roll")
_PLACEMENT = ("headX", "headY", "headZ")
_DEGREES = 30.0  # a turn counts as a share of this, so that all features are of one size
_RIDGE = 1e-3
_PAIRS = tuple(combinations_with_replacement(ROTATIONS, 2))
# landmark: whose vertices it stands for
_ROLES: tuple[tuple[str, str], ...] = (
    ("iris", "iris"), ("eye", "eye_white"), ("brow", "brow"), ("nose", "nose"),
    ("mouth_bottom", "lip_lower"), ("mouth", "lip_upper"), ("neck", "neck"), ("shoulder", "body"),
    ("crown", "front_hair"), ("", "face"),
)  # fmt: skip


def still(controls: Controls) -> np.ndarray:
    """Move nothing."""
    return np.zeros((1, 2), np.float32)


class Blendshapes:
    """A sum of offsets, one a control: the hand rigger's way, by least squares instead of by hand.

    `quadratic` adds the 21 products of the six rotations.
    """

    def __init__(self, motion: Motion, poses: Sequence[Controls], quadratic: bool) -> None:
        self._quadratic = quadratic
        features = np.stack([self._features(pose) for pose in poses])
        moved = np.stack([motion(pose)[0].reshape(-1) for pose in poses])
        square = features.T @ features + _RIDGE * len(poses) * np.eye(features.shape[1])
        self._shapes: Float64[np.ndarray, "k n"] = np.linalg.solve(square, features.T @ moved)

    def __call__(self, controls: Controls) -> np.ndarray:
        return np.asarray((self._features(controls) @ self._shapes).reshape(-1, 2))

    def _features(self, controls: Controls) -> Float64[np.ndarray, " k"]:
        scaled = {name: controls[name] for name in (*CONTROLS, *_PLACEMENT)}
        scaled |= {name: controls[name] / _DEGREES for name in (*ROTATIONS, *_PLACEMENT)}
        products = [scaled[a] * scaled[b] for a, b in _PAIRS] if self._quadratic else []
        return np.array([1.0, *scaled.values(), *products])


class LeastSquares:
    """Moving least squares over the landmarks, which the rig itself moves."""

    def __init__(self, motion: Motion) -> None:
        measured = motion.measured
        self._motion = motion
        self._marks = _vertices_of_marks(measured)
        self._weights = _affine_weights(measured.points[self._marks], measured.points)

    def __call__(self, controls: Controls) -> np.ndarray:
        return np.asarray(self._weights @ self._motion(controls)[0][self._marks])


def _vertices_of_marks(measured: Measured) -> Int64[np.ndarray, " m"]:
    """Find the vertex that stands for each landmark: the nearest of its role, else of any."""
    found: set[int] = set()
    for name, at in measured.marks.items():
        side = next((side for side in ("left", "right") if f"_{side}" in name), "")
        role = next(role for stem, role in _ROLES if name.startswith(stem))
        own = measured.of(role, side=side) if measured.where(role, side) else measured.of(role)
        among = np.flatnonzero(own if own.any() else np.ones(len(own), bool))
        away = np.hypot(*(measured.points[among] - at).T)
        found.add(int(among[away.argmin()]))
    return np.array(sorted(found))


def _affine_weights(marks: np.ndarray, points: np.ndarray) -> Float64[np.ndarray, "v m"]:
    """Give by how much each landmark's way moves each point: equation 5 of the paper.

    Weights are 1 / distance^2; a little is added to the distance, as landmarks are vertices.
    """
    weight = 1.0 / (((points[:, None] - marks[None]) ** 2).sum(axis=2) + 1e-4)  # (v, m)
    total = weight.sum(axis=1, keepdims=True)
    centre = weight @ marks / total  # (v, 2)
    around = marks[None] - centre[:, None]  # (v, m, 2)
    moments = np.einsum("vm,vmi,vmj->vij", weight, around, around) + 1e-6 * np.eye(2)
    ahead = np.linalg.solve(moments, (points - centre)[..., None])[..., 0]  # (v, 2)
    slope = weight * np.einsum("vi,vmi->vm", ahead, around)
    return np.asarray(slope - weight / total * slope.sum(axis=1, keepdims=True) + weight / total)
