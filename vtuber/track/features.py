"""What is measured on a face mesh whose head pose was undone: a table, and the matrix made of it.

A feature is the mean coordinate of some landmarks minus that of others, on one axis of the face
(x + = performer's left, y + = up), in cm of the canonical face. Turning the head hardly moves them:
on a clip that turns from -40 to 30 degrees an eye's height/width, measured in pixels, goes from
0.35 to 1.0, and here stays within 0.28 to 0.36.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
from jaxtyping import Float64

MESH_POINTS = 478  # 468 of the mesh, 5 of each iris

_Difference = tuple[str, tuple[int, ...], tuple[int, ...]]  # axis, landmarks, minus landmarks

# Both lids without the corners of the eye, which frames of glasses draw towards them: measured from
# the middle of the corners, labelled gazes to a side and centred ones overlap by 0.17 of the range;
# from the middle of these 14 points they are 0.06 apart.
_LIDS_L = (249, 390, 373, 374, 380, 381, 382, 466, 388, 387, 386, 385, 384, 398)
_LIDS_R = (7, 163, 144, 145, 153, 154, 155, 246, 161, 160, 159, 158, 157, 173)

# `_l` is the performer's left, which has the higher indexes in mediapipe's mesh.
FEATURES: Mapping[str, _Difference] = MappingProxyType({
    "eye_height_l": ("y", (387, 386, 385), (373, 374, 380)),
    "eye_height_r": ("y", (160, 159, 158), (144, 145, 153)),
    "eye_width_l": ("x", (263,), (362,)),
    "eye_width_r": ("x", (133,), (33,)),
    "iris_x_l": ("x", (473,), _LIDS_L),
    "iris_x_r": ("x", (468,), _LIDS_R),
    "iris_y_l": ("y", (473,), (263, 362)),
    "iris_y_r": ("y", (468,), (33, 133)),
    "lower_lid_l": ("y", (373, 374, 380), (263, 362)),
    "lower_lid_r": ("y", (144, 145, 153), (33, 133)),
    "brow_inner_l": ("y", (285, 336), (263, 362)),
    "brow_inner_r": ("y", (55, 107), (33, 133)),
    "brow_outer_l": ("y", (276, 283, 293, 300), (263, 362)),
    "brow_outer_r": ("y", (46, 53, 63, 70), (33, 133)),
    "lip_gap": ("y", (13,), (14,)),
    "mouth_width": ("x", (291,), (61,)),
    "mouth_x": ("x", (61, 291), (98, 327)),
    "chin_x": ("x", (152,), (98, 327)),
    "corner_l": ("y", (291,), (13, 14)),
    "corner_r": ("y", (61,), (13, 14)),
    "upper_lip_l": ("y", (267, 269), (98, 327)),
    "upper_lip_r": ("y", (37, 39), (98, 327)),
    "lower_lip_l": ("y", (314, 405), (152,)),
    "lower_lip_r": ("y", (84, 181), (152,)),
    "upper_thickness": ("y", (0,), (13,)),
    "lower_thickness": ("y", (14,), (17,)),
})  # fmt: skip

# Sums that say more than their parts: name -> {feature: factor}. An open jaw moves the corners of
# the mouth up from the middle of the lips, and in (a shout of 4.7 cm: by 0.6 and 0.9 cm), which is
# neither a smile nor a kiss.
MIXED: Mapping[str, Mapping[str, float]] = MappingProxyType({
    "brow_inner": {"brow_inner_l": 0.5, "brow_inner_r": 0.5},
    "smile_l": {"corner_l": 1.0, "mouth_width": 0.35, "lip_gap": -0.13},
    "smile_r": {"corner_r": 1.0, "mouth_width": 0.35, "lip_gap": -0.13},
    "frown_l": {"corner_l": 1.0, "lip_gap": -0.13},
    "frown_r": {"corner_r": 1.0, "lip_gap": -0.13},
    "spread": {"mouth_width": 1.0, "lip_gap": 0.2},
})  # fmt: skip

NAMES: Sequence[str] = (*FEATURES, *MIXED)
INDEX: Mapping[str, int] = MappingProxyType({name: i for i, name in enumerate(NAMES)})


def measure(points_cm: Float64[np.ndarray, "478 3"]) -> Float64[np.ndarray, " f"]:
    """Give every feature of `NAMES`, in cm, of a mesh in face coordinates."""
    return np.asarray(_MATRIX @ points_cm[_USED].reshape(-1))


def _matrix() -> tuple[np.ndarray, np.ndarray]:
    used = sorted({i for _, plus, minus in FEATURES.values() for i in plus + minus})
    column = {landmark: 3 * n for n, landmark in enumerate(used)}
    matrix = np.zeros((len(NAMES), 3 * len(used)))
    for row, (axis, plus, minus) in enumerate(FEATURES.values()):
        for landmark in plus:
            matrix[row, column[landmark] + "xyz".index(axis)] += 1 / len(plus)
        for landmark in minus:
            matrix[row, column[landmark] + "xyz".index(axis)] -= 1 / len(minus)
    for name, parts in MIXED.items():
        matrix[INDEX[name]] = sum(f * matrix[INDEX[part]] for part, f in parts.items())
    return matrix, np.array(used)


_MATRIX, _USED = _matrix()
