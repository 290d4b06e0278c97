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

_SHARES = WEIGHTS / WEIGHTS.sum()
_CENTRE_CM = _SHARES @ POINTS_CM
_CENTRED_CM = POINTS_CM - _CENTRE_CM
_WEIGHTED_CM = _CENTRED_CM * _SHARES[:, None]
_SPREAD_CM = float(np.sum(_WEIGHTED_CM * _CENTRED_CM))


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
    camera. Method: that of mediapipe's `face_geometry`: un-project with a depth that one, then a
    second estimate of the scale gives; weighted orthogonal Procrustes on 33 points.
    """
    width, height = frame_size_px
    focal_px = height / 2 / math.tan(math.radians(field_of_view_deg) / 2)
    points = landmarks_px * (1.0, -1.0, -1.0) + (-width / 2, height / 2, 0.0)
    if not np.isfinite(points).all():
        return None
    fitted = points[LANDMARKS]
    depths_px = focal_px - (points[:, 2] - fitted[:, 2].mean())
    if depths_px.min() <= 0:
        return None
    rays = np.column_stack((points[:, :2] / focal_px, np.full(len(points), -1.0)))
    unprojected_px = rays * depths_px[:, None]
    scale = _scale(fitted)
    if not scale > 0:
        return None
    # The second scale is that of the points after perspective was undone with the first.
    scale *= _scale(unprojected_px[LANDMARKS] / scale)
    if not scale > 1e-3:  # px per cm: a face of a hundredth of a pixel is none
        return None
    points_cm = unprojected_px / scale
    basis = points_cm[LANDMARKS]
    centre = _SHARES @ basis
    rotation = _rotation(basis - centre)
    position_cm = centre - rotation @ _CENTRE_CM
    yaw_deg, pitch_deg, roll_deg = angles_deg(rotation)
    return HeadPose(yaw_deg, pitch_deg, roll_deg, position_cm, (points_cm - position_cm) @ rotation)


def angles_deg(rotation: Float64[np.ndarray, "3 3"]) -> tuple[float, float, float]:
    """Give yaw, pitch and roll (degrees, the signs of `core.pose`) of a rotation of the face."""
    forward = rotation[:, 2]
    yaw = math.atan2(forward[0], forward[2])
    pitch = math.asin(max(-1.0, min(1.0, forward[1])))
    roll = -math.atan2(rotation[1, 0], rotation[1, 1])
    return math.degrees(yaw), math.degrees(pitch), math.degrees(roll)


def _scale(basis: np.ndarray) -> float:
    """Give how many times larger than the canonical face these 33 points are."""
    centred = basis - _SHARES @ basis
    return float(np.linalg.svd(centred.T @ _WEIGHTED_CM, compute_uv=False).sum()) / _SPREAD_CM


def _rotation(centred: np.ndarray) -> np.ndarray:
    """Give the rotation nearest to the map of the canonical face onto these points (Kabsch)."""
    u, _, vt = np.linalg.svd(centred.T @ _WEIGHTED_CM)
    u[:, 2] *= np.linalg.det(u @ vt)  # never a reflection
    return np.asarray(u @ vt)
