"""Places an avatar's canvas in the picture: canvas px in, picture px out, and boxes around them.

Pure. Both have y down. The neutral placement fits the whole canvas into the picture; its lower
edge is the picture's, because there the art of most avatars is cut. Smaller, it stays on that edge,
so that the cut is not seen; larger, it grows about the face, which stays where it was.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float32

from vtuber.core.picture import Box
from vtuber.core.scene import Placement

Point = tuple[float, float]

NOTHING = Box(0, 0, 0, 0)


@dataclass(frozen=True, slots=True, eq=False)
class Affine:
    """picture = canvas @ matrix + shift."""

    matrix: Float32[np.ndarray, "2 2"]
    shift: Float32[np.ndarray, " 2"]
    scale: float  # picture px per canvas px

    def __call__(self, canvas_px: Float32[np.ndarray, "v 2"]) -> Float32[np.ndarray, "v 2"]:
        placed: Float32[np.ndarray, "v 2"] = canvas_px @ self.matrix + self.shift
        return placed


def affine(
    placement: Placement,
    canvas_px: tuple[int, int],
    size_px: tuple[int, int],
    face_px: Point | None = None,
) -> Affine:
    """Scale as the module says, shift by fractions of the picture's height, turn about the middle.

    What turns the avatar turns it about its canvas' centre, wherever that stands. `face_px` is the
    middle of the face on the canvas; without one it is the canvas' centre.
    """
    width, height = size_px
    fit = min(width / canvas_px[0], height / canvas_px[1])
    scale, middle_px = fit * placement.scale, np.array(canvas_px) / 2
    # From the middle of the picture's lower edge to the canvas' centre.
    lift_px = np.array([0.0, -min(scale, fit) * middle_px[1]])
    grown = max(placement.scale - 1.0, 0.0) * fit
    lift_px -= grown * (np.array(face_px or middle_px) - middle_px)
    angle_rad = np.radians(placement.rotation_deg)
    cos, sin = scale * np.cos(angle_rad), scale * np.sin(angle_rad)
    # Counter-clockwise for the eye is clockwise in numbers where y points down.
    matrix = np.array([[cos, -sin], [sin, cos]])
    foot_px = np.array([width / 2 + placement.x * height, height - placement.y * height])
    shift = foot_px + lift_px - middle_px @ matrix
    return Affine(matrix.astype(np.float32), shift.astype(np.float32), scale)


def seen_by(camera: Placement, place: Affine, size_px: tuple[int, int]) -> Affine:
    """Give where a canvas lies when a camera shows all of the picture larger, turned and moved.

    It turns and grows about the picture's middle, so those who stand beside each other drift apart
    as they come nearer.
    """
    if camera == Placement():
        return place
    middle_px = np.array(size_px) / 2
    angle_rad = np.radians(camera.rotation_deg)
    cos, sin = camera.scale * np.cos(angle_rad), camera.scale * np.sin(angle_rad)
    matrix = np.array([[cos, -sin], [sin, cos]])
    moved_px = np.array([camera.x, -camera.y]) * size_px[1]
    shift = (place.shift - middle_px) @ matrix + middle_px + moved_px
    return Affine(
        (place.matrix @ matrix).astype(np.float32),
        shift.astype(np.float32),
        place.scale * camera.scale,
    )


def box_around(points_px: Float32[np.ndarray, "v 2"], size_px: tuple[int, int]) -> Box:
    """Give the whole pixels that a mesh with these corners can touch, inside the picture."""
    if not len(points_px):
        return NOTHING
    x, y = points_px.T  # 3,000 points: 0.01 ms; `points_px.min(0)` takes 0.07
    left, right, top, bottom = (float(n) for n in (x.min(), x.max(), y.min(), y.max()))
    assert math.isfinite(left + right + top + bottom), "a vertex is not finite"
    (width, height), floor, ceil = size_px, math.floor, math.ceil  # four numbers: NumPy takes 60 us
    box = Box(
        min(max(floor(left), 0), width),
        min(max(floor(top), 0), height),
        min(max(ceil(right), 0), width),
        min(max(ceil(bottom), 0), height),
    )
    return NOTHING if box.is_empty else box


def intersection(one: Box, other: Box) -> Box:
    """Give what both boxes share."""
    box = Box(
        max(one.left, other.left),
        max(one.top, other.top),
        min(one.right, other.right),
        min(one.bottom, other.bottom),
    )
    return NOTHING if box.is_empty else box
