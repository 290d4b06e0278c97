"""Landmarks of a face mesh in, the head's place and turn out. Pure.

The camera stands at the origin: x + = right in the picture (the performer's left), y + = up, z + =
towards the camera. The rotation from face coordinates (the canonical face's) to those of the camera
is Ry(yaw) Rx(-pitch) Rz(-roll), so that all three angles have the signs of `core.pose`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float64

from vtuber.core.ranges import FIELD_OF_VIEW_DEG
from vtuber.track.canonical import LANDMARKS, POINTS_CM, WEIGHTS
from vtuber.track.variety import DEVIATIONS, SURENESS, WAYS

_POINTS = len(POINTS_CM)
_SHARES = WEIGHTS / WEIGHTS.sum()
_CENTRE_CM = _SHARES @ POINTS_CM[LANDMARKS]
_CENTRED_CM = POINTS_CM[LANDMARKS] - _CENTRE_CM
_WEIGHTED_CM = _CENTRED_CM * _SHARES[:, None]
_SPREAD_CM = float(np.sum(_WEIGHTED_CM * _CENTRED_CM))

STEPS = 2  # of the fit of all points; a third moves no face of the clips by 0.05 degrees
# How much less sure depths (along the face's own z) are than what lies across: a network guessed
# them from the picture. 1: 0.44 degrees between pictures and the same turned; 1.5: 0.41; 3: 0.39,
# but then a drop of the jaw is a nod again, and noise weighs more (0.044 degrees for 0.034).
DEPTH = 1.5


def _gain() -> Float64[np.ndarray, "7 m"]:
    """Give by how much a head is turned, shifted and grown by each coordinate that is off.

    Seven unknowns of the head (three turns in radians, three shifts in cm, the size) and those of
    the face (`WAYS`) move all points; the most likely ones are linear in how far the points are
    off: a linear model with Gaussian noise and prior (Rasmussen and Williams, "Gaussian Processes
    for Machine Learning", 2006, section 2.1.1), which no picture changes.
    """
    turns = np.cross(np.eye(3)[None], POINTS_CM[:, None]).transpose(0, 2, 1)
    shifts = np.broadcast_to(np.eye(3), turns.shape)
    unknowns = np.concatenate((turns, shifts, POINTS_CM[:, :, None], WAYS), axis=2)
    sure = unknowns * SURENESS[:, None, None] * np.array([1, 1, DEPTH**-2])[:, None]
    pulls = sure.reshape(3 * _POINTS, -1)
    products = pulls.T @ unknowns.reshape(pulls.shape)
    prior = np.diag(np.concatenate((np.zeros(7), DEVIATIONS**-2)))
    return np.ascontiguousarray(np.linalg.solve(products + prior, pulls.T)[:7])


_GAIN = _gain()
_MOST = np.array([0.5] * 3 + [20.0] * 3 + [0.5])  # that one step may turn, shift and grow a head
_LEVEL = SURENESS / SURENESS.sum()


@dataclass(frozen=True, slots=True, eq=False)
class HeadPose:
    """Where a head is and how it is turned, and its landmarks with both undone."""

    yaw_deg: float
    pitch_deg: float
    roll_deg: float
    position_cm: Float64[np.ndarray, " 3"]  # of the head's centre, from the camera
    points_cm: Float64[np.ndarray, "n 3"]  # every landmark in face coordinates, canonical size


def solve_head(
    landmarks_px: np.ndarray,
    frame_size_px: tuple[int, int],
    field_of_view_deg: float = FIELD_OF_VIEW_DEG.default,
) -> HeadPose | None:
    """Fit the canonical face to a mesh; None when the landmarks are no face (not finite, no size).

    `landmarks_px` (n >= 468, 3): frame pixels, y down, z in the same unit and smaller towards the
    camera. Method: a first guess from 33 points, by orthogonal Procrustes as in mediapipe's
    `face_geometry`; then `_refined` turns it by all 468; place and size are those of the 33 again,
    which do not follow a mouth.
    """
    width, height = frame_size_px
    focal_px = height / 2 / math.tan(math.radians(field_of_view_deg) / 2)
    points = landmarks_px * (1.0, -1.0, -1.0) + (-width / 2, height / 2, 0.0)
    if not np.isfinite(points).all():
        return None
    rays = np.column_stack((points[:, :2] / focal_px, np.full(len(points), -1.0)))
    depths = points[:, 2] / focal_px
    guess = _guessed(rays[LANDMARKS], depths[LANDMARKS])
    fitted = None if guess is None else _refined(rays[:_POINTS], depths[:_POINTS], *guess)
    if fitted is None:
        return None
    rotation, position_cm, level = fitted
    points_cm = _unprojected(rays, depths - level, -position_cm[2])
    basis = points_cm[LANDMARKS]
    centre = _SHARES @ basis
    scale = float(np.sum((basis - centre) @ rotation * _WEIGHTED_CM)) / _SPREAD_CM
    if not scale > 0 or points_cm[:, 2].max() >= 0:
        return None
    points_cm /= scale
    position_cm = centre / scale - rotation @ _CENTRE_CM
    yaw_deg, pitch_deg, roll_deg = angles_deg(rotation)
    return HeadPose(yaw_deg, pitch_deg, roll_deg, position_cm, (points_cm - position_cm) @ rotation)


def angles_deg(rotation: Float64[np.ndarray, "3 3"]) -> tuple[float, float, float]:
    """Give yaw, pitch and roll (degrees, the signs of `core.pose`) of a rotation of the face."""
    forward = rotation[:, 2]
    yaw = math.atan2(forward[0], forward[2])
    pitch = math.asin(max(-1.0, min(1.0, forward[1])))
    roll = -math.atan2(rotation[1, 0], rotation[1, 1])
    return math.degrees(yaw), math.degrees(pitch), math.degrees(roll)


def _guessed(rays: np.ndarray, depths: np.ndarray) -> tuple[np.ndarray, np.ndarray] | None:
    """Give rotation and position from the 33 points, as if their mean were the head's middle."""
    basis = _unprojected(rays, depths - depths.mean(), 1.0)
    centre = _SHARES @ basis
    u, sizes, vt = np.linalg.svd((basis - centre).T @ _WEIGHTED_CM)
    size = float(sizes.sum()) / _SPREAD_CM  # of a cm, at a distance of 1
    if not 1e-6 < size < 1e6:  # nearly a point: no face
        return None
    u[:, 2] *= np.linalg.det(u @ vt)  # never a reflection
    rotation = u @ vt
    return rotation, centre / size - rotation @ _CENTRE_CM


def _refined(
    rays: np.ndarray, depths: np.ndarray, rotation: np.ndarray, position_cm: np.ndarray
) -> tuple[np.ndarray, np.ndarray, float] | None:
    """Turn a head so that all points fit best, whatever face of `track.variety` it has.

    Gauss and Newton's steps. Gives rotation, position, and the depth of the face's origin among
    those of the landmarks.
    """
    level = 0.0
    for _ in range(STEPS):
        distance_cm = -position_cm[2]
        if not distance_cm > 0.1:
            return None
        level = float(_LEVEL @ (depths - POINTS_CM @ rotation[2] / distance_cm))
        seen_cm = (_unprojected(rays, depths - level, distance_cm) - position_cm) @ rotation
        # einsum: on several threads BLAS takes 3 ms for so little
        step = np.einsum("km,m->k", _GAIN, (seen_cm - POINTS_CM).ravel())
        step = np.clip(step, -_MOST, _MOST)
        position_cm = (position_cm + rotation @ step[3:6]) / (1 + step[6])
        rotation = rotation @ _turn(step[:3])
    return rotation, position_cm, level


def _unprojected(rays: np.ndarray, nearer: np.ndarray, distance: float) -> np.ndarray:
    """Give points on their rays; `nearer`: by which part of the distance each is."""
    return np.asarray(rays * (distance * (1 - nearer))[:, None])


def _turn(radians: np.ndarray) -> np.ndarray:
    """Give the rotation about an axis by its length (Rodrigues)."""
    angle = math.sqrt(float(radians @ radians))
    x, y, z = radians / max(angle, 1e-12)
    cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    bent = math.sin(angle) * cross + (1 - math.cos(angle)) * cross @ cross
    return np.asarray(np.eye(3) + bent)
