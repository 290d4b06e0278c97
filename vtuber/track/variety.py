"""How a face may differ from the canonical one, as the fit of a head allows for. Numbers only.

Nobody has the canonical face, and who talks moves half of it. What is said here of all its points
keeps that from being taken for a turn of the head: on the canonical face a jaw that opens by 15
degrees nods the head by 5.5 where only the 33 points of mediapipe are fitted, and by 0.6 with
this; a smile, a pout and a shut eye turn it by less than 0.2.
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float64

from vtuber.track.canonical import POINTS_CM

NOISE_CM = 0.045  # of each landmark: half a percent of the distance between the eyes' corners
PROPORTION = 0.06  # how much wider, longer and deeper faces are: standard deviation
JAW_CM = (0.3, 0.8, 0.5)  # how far the jaw goes to the side, down and back
_JAW_Y = (-2.5, -7.0)  # above the first height nothing goes with it, from the second on all
# What moves by itself, as ellipses on both sides of the face: the middle of one, its half axes, and
# by how much its points are less sure. More than that (0.15) and they no longer steady the head:
# 0.126 degrees of trembling at rest in place of 0.123.
_MOVING = (  # x, y, half width, half height, cm
    (3.15, 2.6, 2.0, 0.9, 0.05),  # lids
    (3.60, 4.7, 3.0, 0.9, 0.05),  # brows
    (0.00, -4.2, 3.0, 1.7, 0.08),  # lips
)


def _sureness() -> Float64[np.ndarray, " n"]:
    x, y, _ = np.abs(POINTS_CM[:, 0]), *POINTS_CM[:, 1:].T
    moves = np.zeros(len(POINTS_CM))
    for middle_x, middle_y, width, height, most_cm in _MOVING:
        away = ((x - middle_x) / width) ** 2 + ((y - middle_y) / height) ** 2
        moves = np.maximum(moves, most_cm * np.clip((1.6 - away) / 0.6, 0, 1))
    return np.asarray(1 / (NOISE_CM**2 + moves**2))


def _ways() -> Float64[np.ndarray, "n 3 6"]:
    upper, lower = _JAW_Y
    jaw = np.clip((upper - POINTS_CM[:, 1]) / (upper - lower), 0, 1)
    axes = np.eye(3)
    stretched = POINTS_CM[:, :, None] * axes
    return np.asarray(np.concatenate((stretched, jaw[:, None, None] * axes), axis=2))


SURENESS = _sureness()  # of each point: 1 / cm^2
WAYS = _ways()  # where each point goes (cm) as a face is wider, longer, deeper, its jaw moved by 1
DEVIATIONS: Float64[np.ndarray, " 6"] = np.array([*[PROPORTION] * 3, *JAW_CM])  # how far it does
