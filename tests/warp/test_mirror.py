"""A mirrored character in a mirrored pose is the mirror image: no side has a law of its own."""

import dataclasses
from collections.abc import Mapping

import numpy as np
import pytest

from vtuber.warp.characters import character
from vtuber.warp.infer import LearnedMotion
from vtuber.warp.measure import Curve, Curves, Measured
from vtuber.warp.motion import Motion
from vtuber.warp.poses import Controls, random_controls
from vtuber.warp.weights import shipped

OTHER = {"left": "right", "right": "left", "": ""}
SIGNED = ("gaze_x", "mouth_x", "head_yaw", "head_roll", "body_yaw", "body_roll", "headX")


def other(name: str) -> str:
    """Name the same thing of the other side."""
    if "left" in name:
        return name.replace("left", "right")
    return name.replace("right", "left")


def curve(drawn: Curve | None) -> Curve | None:
    return drawn and Curve(-drawn.u[::-1], drawn.v[::-1])


def mirrored(m: Measured) -> Measured:
    old = m.curves
    return dataclasses.replace(
        m,
        points=m.points * (-1.0, 1.0),
        parts=tuple(
            dataclasses.replace(p, side=OTHER[p.side], lower_edge=curve(p.lower_edge))
            for p in m.parts
        ),
        marks={other(name): (-u, v) for name, (u, v) in m.marks.items()},
        curves=Curves(
            {OTHER[side]: (curve(a), curve(b)) for side, (a, b) in old.lids.items()},
            {OTHER[side]: curve(one) for side, one in old.closed.items()},
            {OTHER[side]: curve(one) for side, one in old.happy.items()},
            curve(old.lips),
            curve(old.floor),
        ),
    )


def mirrored_pose(controls: Mapping[str, float]) -> Controls:
    return {other(name): -x if name in SIGNED else x for name, x in controls.items()}


@pytest.mark.parametrize(("way", "off_px"), [("rig", 1e-3), ("network", 0.75)])
def test_a_mirrored_character_moves_as_the_mirror_image(way: str, off_px: float) -> None:
    random = np.random.default_rng(5)
    for seed in range(4):
        one = character(np.random.default_rng(seed), density=0.4)
        two = mirrored(one.measured)
        if way == "rig":
            moves, mirrors = Motion(one.measured), Motion(two)
        else:
            moves, mirrors = (LearnedMotion(m, m.style, shipped()) for m in (one.measured, two))
        for _ in range(5):
            controls = random_controls(random)
            (moved, alpha), (image, image_alpha) = moves(controls), mirrors(mirrored_pose(controls))
            np.testing.assert_allclose(moved * (-1.0, 1.0), image, atol=off_px / one.px)
            np.testing.assert_allclose(alpha, image_alpha, atol=1e-6)
