"""Other people's ways from a face mesh to a head's rotation, written anew from their formulas.

Every solver takes landmarks (n >= 468, 3) in frame pixels (y down, z smaller towards the camera)
and the frame's size, and gives a rotation from face to camera coordinates as `vtuber.track.head`
has them. Each is freed of its own constant error: it is told what it says of the unturned
canonical face (`zeroed`), as a user's calibration would.

kalidokit   `calcHead` of https://github.com/yeemachine/kalidokit (src/FaceSolver/calcHead.ts): the
            plane through landmarks 21, 251 and the middle of 397 and 172, in pixels.
pnp6        the six-point model of Satya Mallick, "Head Pose Estimation using OpenCV and Dlib"
            (learnopencv.com, 2016), by cv2.solvePnP: the most copied of all.
pnp468      cv2.solvePnP on all 468 points of the canonical face, at the true field of view.
kabsch      orthogonal Procrustes (Kabsch 1976) on mediapipe's 33 weighted points in pixels, without
            perspective.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import cv2
import numpy as np

from vtuber.core.ranges import FIELD_OF_VIEW_DEG
from vtuber.track.canonical import LANDMARKS, POINTS_CM, WEIGHTS
from vtuber.track.head import solve_head

Solver = Callable[[np.ndarray, tuple[int, int]], np.ndarray]
_TO_OURS = np.diag([1.0, -1.0, -1.0])  # pixels and OpenCV's camera: y down, z away
_SIX = (4, 152, 263, 33, 291, 61)  # tip of the nose, chin, eyes, mouth
_SIX_MODEL = np.array(
    [[0, 0, 0], [0, -330, -65], [225, 170, -135], [-225, 170, -135], [150, -150, -125],
     [-150, -150, -125]], float)  # fmt: skip


def rotation_of(yaw_deg: float, pitch_deg: float, roll_deg: float) -> np.ndarray:
    """Give Ry(yaw) Rx(-pitch) Rz(-roll): the rotation that has these angles."""
    (sy, cy), (sp, cp), (sr, cr) = (
        (math.sin(math.radians(a)), math.cos(math.radians(a)))
        for a in (yaw_deg, pitch_deg, roll_deg)
    )
    turn = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    nod = np.array([[1, 0, 0], [0, cp, sp], [0, -sp, cp]])
    tilt = np.array([[cr, sr, 0], [-sr, cr, 0], [0, 0, 1]])
    return np.asarray(turn @ nod @ tilt)


def ours(landmarks_px: np.ndarray, size_px: tuple[int, int]) -> np.ndarray:
    head = solve_head(landmarks_px, size_px)
    assert head is not None, "the benchmark gives faces only"
    return rotation_of(head.yaw_deg, head.pitch_deg, head.roll_deg)


def kalidokit(landmarks_px: np.ndarray, size_px: tuple[int, int]) -> np.ndarray:
    points = landmarks_px @ _TO_OURS
    across = points[251] - points[21]
    down = (points[397] + points[172]) / 2 - points[21]
    x = across / np.linalg.norm(across)
    out = np.cross(down, across)
    z = out / np.linalg.norm(out)
    return np.column_stack((x, np.cross(z, x), z))


def pnp6(landmarks_px: np.ndarray, size_px: tuple[int, int]) -> np.ndarray:
    focal_px = float(size_px[0])  # the usual guess of those who copy it
    return _pnp(_SIX_MODEL, landmarks_px[list(_SIX)], size_px, focal_px)


def pnp468(canonical_cm: np.ndarray) -> Solver:
    def solve(landmarks_px: np.ndarray, size_px: tuple[int, int]) -> np.ndarray:
        focal_px = size_px[1] / 2 / math.tan(math.radians(FIELD_OF_VIEW_DEG.default) / 2)
        return _pnp(canonical_cm, landmarks_px[:468], size_px, focal_px)

    return solve


def _pnp(
    model: np.ndarray, points_px: np.ndarray, size_px: tuple[int, int], focal_px: float
) -> np.ndarray:
    centre = size_px[0] / 2, size_px[1] / 2
    camera = np.array([[focal_px, 0, centre[0]], [0, focal_px, centre[1]], [0, 0, 1]])
    points = np.ascontiguousarray(points_px[:, :2], np.float64)
    _, turned, _ = cv2.solvePnP(model @ _TO_OURS, points, camera, None)
    rotation, _ = cv2.Rodrigues(turned)
    return np.asarray(_TO_OURS @ rotation @ _TO_OURS)


def kabsch(landmarks_px: np.ndarray, size_px: tuple[int, int]) -> np.ndarray:
    shares = (WEIGHTS / WEIGHTS.sum())[:, None]
    points = (landmarks_px @ _TO_OURS)[LANDMARKS]
    centred = points - (shares * points).sum(axis=0)
    model = POINTS_CM[LANDMARKS] - (shares * POINTS_CM[LANDMARKS]).sum(axis=0)
    u, _, vt = np.linalg.svd(centred.T @ (shares * model))
    u[:, 2] *= np.linalg.det(u @ vt)
    return np.asarray(u @ vt)


def zeroed(solver: Solver, straight_px: np.ndarray, size_px: tuple[int, int]) -> Solver:
    """Take what a solver says of a face that looks straight ahead as its zero."""
    zero = solver(straight_px, size_px)
    return lambda landmarks_px, size: solver(landmarks_px, size) @ zero.T


def solvers(canonical_cm: np.ndarray) -> dict[str, Solver]:
    """Give all of them by name, ours first; `canonical_cm` (468, 3) is the whole canonical face."""
    size_px = (640, 480)
    straight_px = project(canonical_cm, np.eye(3), np.array([0.0, 0.0, -50.0]), size_px)
    rivals = {"kalidokit": kalidokit, "pnp6": pnp6, "pnp468": pnp468(canonical_cm),
              "kabsch": kabsch}  # fmt: skip
    return {"ours": ours} | {n: zeroed(s, straight_px, size_px) for n, s in rivals.items()}


def project(
    points_cm: np.ndarray, rotation: np.ndarray, position_cm: np.ndarray, size_px: tuple[int, int]
) -> np.ndarray:
    """Give the mesh that a camera at the default field of view sees: pixels, and a depth in px."""
    width, height = size_px
    focal_px = height / 2 / math.tan(math.radians(FIELD_OF_VIEW_DEG.default) / 2)
    seen = points_cm @ rotation.T + position_cm
    depth = -seen[:, 2]
    x = width / 2 + focal_px * seen[:, 0] / depth
    y = height / 2 - focal_px * seen[:, 1] / depth
    return np.column_stack((x, y, (depth + position_cm[2]) * focal_px / -position_cm[2]))
