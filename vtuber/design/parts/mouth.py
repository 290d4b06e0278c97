"""Mouth: two thin lines that lie on the closed smile, and behind them a well-opened mouth.

The rig collapses cavity, teeth and tongue onto the closed line at rest and opens them with the jaw.
"""

from __future__ import annotations

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.canvas import linear
from vtuber.design.colour import Colour
from vtuber.design.curves import Points
from vtuber.design.design import Design

OPEN_HEIGHT = 0.245
OUTLINE = 0.011


def draw(design: Design, board: Board) -> None:
    v, half = design.mouth, design.mouth_width / 2
    smile = closed_line(design)
    lower = curves.spline(
        [(half, v - 0.038), (half * 0.86, v + 0.07), (half * 0.5, v + OPEN_HEIGHT * 0.88),
         (0.0, v + OPEN_HEIGHT), (-half * 0.5, v + OPEN_HEIGHT * 0.88), (-half * 0.86, v + 0.07),
         (-half, v - 0.038)]
    )  # fmt: skip
    opened = curves.joined(smile, lower)
    ink = design.skin.skin_line().mixed(Colour(0.36, 0.10, 15.0), 0.7)
    cavity = board.layer("mouth_cavity", depth=0.44)
    inside = linear(
        (0, v),
        (0, v + OPEN_HEIGHT),
        [(0.0, Colour(0.30, 0.085, 14.0), 1.0), (1.0, Colour(0.47, 0.13, 18.0), 1.0)],
    )
    # the cavity brings its own outline: a lip that follows its edge leaves gaps in a turn
    cavity.stroke(opened, ink, 2 * OUTLINE, closed=True)
    cavity.fill(opened, inside)

    tongue = board.layer("tongue", depth=0.45, clip="mouth_cavity")
    body = curves.ellipse((0.0, v + OPEN_HEIGHT + 0.015), half * 0.74, 0.105)
    with tongue.clip(opened):
        tongue.fill(body, Colour(0.73, 0.145, 18.0))
        tongue.fill(
            curves.ellipse((-0.02, v + OPEN_HEIGHT - 0.035), half * 0.38, 0.030),
            Colour(0.82, 0.11, 18.0),
        )

    teeth = board.layer("teeth", depth=0.46, clip="mouth_cavity")
    edge = curves.spline(
        [(half * 0.90, v - 0.03), (half * 0.72, v + 0.030), (0.0, v + 0.060),
         (-half * 0.72, v + 0.030), (-half * 0.90, v - 0.03)]
    )  # fmt: skip
    teeth.fill(curves.joined(smile, edge), Colour(0.985, 0.006, 70.0))

    lower_lip = board.layer("lip_lower", depth=0.48)
    lower_lip.line(curves.cut(smile, 0.12, 0.88), ink, 0.014, 0.6, 0.6)
    upper_lip = board.layer("lip_upper", depth=0.48)
    upper_lip.line(smile, ink, 0.026, 0.35, 0.35)
    for side in (1.0, -1.0):
        corner = curves.spline([(half - 0.012, v - 0.030), (half + 0.012, v - 0.050)])
        upper_lip.line(curves.sided(corner, side), ink, 0.016, 0.3, 0.6)

    board.mark("mouth_top", (0.0, v))
    board.mark("mouth_bottom", (0.0, v))
    board.mark("mouth_left", (half, v - 0.038))
    board.mark("mouth_right", (-half, v - 0.038))


def closed_line(design: Design) -> Points:
    """Give the closed mouth from the performer's right corner to the left."""
    v, half = design.mouth, design.mouth_width / 2
    return curves.spline(
        [(-half, v - 0.038), (-half * 0.55, v - 0.008), (0.0, v), (half * 0.55, v - 0.008),
         (half, v - 0.038)]
    )  # fmt: skip
