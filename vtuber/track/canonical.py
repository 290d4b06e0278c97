"""The 33 weighted points of the canonical face: what the head pose is fitted to. Numbers only.

Coordinates in cm: x + = performer's left, y + = up, z + = out of the face; the origin lies inside
the head, between the ears. The indexes are those of mediapipe's face mesh.

Numbers from `canonical_face_model.obj` and `geometry_pipeline_metadata_landmarks.pbtxt` in
`mediapipe/modules/face_geometry/data` of https://github.com/google-ai-edge/mediapipe.
Copyright 2020 The MediaPipe Authors. Licensed under the Apache License, Version 2.0
(https://www.apache.org/licenses/LICENSE-2.0), without warranties or conditions of any kind.
Changed here: only the 33 points with a weight are kept; weights are rounded to nine digits.
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float64, Int64

# fmt: off
_TABLE = (  # landmark, x, y, z, weight
    (4, 0.000000, -0.463170, 7.586580, 0.070909940),
    (6, 0.000000, 2.473255, 5.788627, 0.032100145),
    (10, 0.000000, 8.261778, 4.481535, 0.008446551),
    (33, -4.445859, 2.663991, 3.173422, 0.058724169),
    (54, -6.279331, 6.615427, 1.425850, 0.007667080),
    (67, -3.523964, 8.005976, 3.729163, 0.009078059),
    (117, -5.258659, 0.945811, 2.974312, 0.009791938),
    (119, -3.300681, 0.861641, 3.872784, 0.014565368),
    (121, -1.820731, 1.467954, 4.224124, 0.018591361),
    (127, -7.743095, 2.364999, -2.005167, 0.005197994),
    (129, -1.785794, -0.978284, 4.850470, 0.120625205),
    (132, -7.270895, -2.890917, -2.252455, 0.005560019),
    (133, -1.856432, 2.585245, 3.757904, 0.053286184),
    (136, -5.085276, -7.178590, 0.714711, 0.066890456),
    (143, -6.407571, 2.236021, 1.560843, 0.014816548),
    (147, -6.234883, -1.944430, 1.663542, 0.014262834),
    (198, -1.246815, 0.230297, 5.681036, 0.025462192),
    (205, -3.832928, -1.537326, 4.137731, 0.047252279),
    (263, 4.445859, 2.663991, 3.173422, 0.058724169),
    (284, 6.279331, 6.615427, 1.425850, 0.007667080),
    (297, 3.523964, 8.005976, 3.729163, 0.009078059),
    (346, 5.258659, 0.945811, 2.974312, 0.009791938),
    (348, 3.300681, 0.861641, 3.872784, 0.014565368),
    (350, 1.820731, 1.467954, 4.224124, 0.018591361),
    (356, 7.743095, 2.364999, -2.005167, 0.005197994),
    (358, 1.785794, -0.978284, 4.850470, 0.120625205),
    (361, 7.270895, -2.890917, -2.252455, 0.005560019),
    (362, 1.856432, 2.585245, 3.757904, 0.053286184),
    (365, 5.085276, -7.178590, 0.714711, 0.066890456),
    (372, 6.407571, 2.236021, 1.560843, 0.014816548),
    (376, 6.234883, -1.944430, 1.663542, 0.014262834),
    (420, 1.246815, 0.230297, 5.681036, 0.025462192),
    (425, 3.832928, -1.537326, 4.137731, 0.047252279),
)
# fmt: on

LANDMARKS: Int64[np.ndarray, " n"] = np.array([row[0] for row in _TABLE])
POINTS_CM: Float64[np.ndarray, "n 3"] = np.array([row[1:4] for row in _TABLE])
WEIGHTS: Float64[np.ndarray, " n"] = np.array(
    [row[4] for row in _TABLE]
)  # they sum to 1.055, as in the source
