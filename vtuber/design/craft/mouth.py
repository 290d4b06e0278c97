"""Mouth: two thin lines that lie on the closed smile, and behind them a well-opened mouth.

The rig collapses cavity, teeth and tongue onto the closed line at rest and opens them with the jaw.
"""

from __future__ import annotations

from dataclasses import dataclass

from vtuber.design import catalogue, curves
from vtuber.design.board import Board
from vtuber.design.canvas import linear
from vtuber.design.colour import Colour
from vtuber.design.curves import Point, Points
from vtuber.design.look import Look

OPEN_HEIGHT = 0.245
OUTLINE = 0.011


@dataclass(frozen=True, slots=True)
class MouthStyle:
    """The closed line and what is seen behind it."""

    # from the middle to the corner; half mouth widths outwards, W down from the mouth line
    half: tuple[Point, ...] = ((0.0, 0.0), (0.55, -0.008), (1.0, -0.038))
    width: float = 1.0  # of the character's mouth
    weight: float = 0.026  # W, of the closed line
    fangs: tuple[float, ...] = ()  # places (-1 to 1) of pointed teeth


def style(look: Look) -> MouthStyle:
    found: MouthStyle = catalogue.style("mouth", look.design.face.mouth).STYLE
    return found


def corner(look: Look) -> Point:
    """Give the corner of the closed mouth on the performer's left."""
    shape = style(look)
    u, v = shape.half[-1]
    return (u * look.mouth_width / 2 * shape.width, look.mouth + v)


def draw(look: Look, board: Board) -> None:
    v, shape = look.mouth, style(look)
    half, corner_v = corner(look)
    smile = closed_line(look)
    lower = curves.spline(
        [(half, corner_v), (half * 0.86, v + 0.07), (half * 0.5, v + OPEN_HEIGHT * 0.88),
         (0.0, v + OPEN_HEIGHT), (-half * 0.5, v + OPEN_HEIGHT * 0.88), (-half * 0.86, v + 0.07),
         (-half, corner_v)]
    )  # fmt: skip
    opened = curves.joined(smile, lower)
    ink = look.skin_pen.mixed(Colour(0.36, 0.10, 15.0), 0.7)
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

    for at in shape.fangs:
        tip = (half * at, v + 0.105)
        teeth.fill(
            [(tip[0] - 0.035, v + 0.03), (tip[0] + 0.035, v + 0.03), tip],
            Colour(0.985, 0.006, 70.0),
        )

    lower_lip = board.layer("lip_lower", depth=0.48)
    lower_lip.line(curves.cut(smile, 0.12, 0.88), ink, 0.014, 0.6, 0.6)
    upper_lip = board.layer("lip_upper", depth=0.48)
    upper_lip.line(smile, ink, shape.weight, 0.35, 0.35)
    for side in (1.0, -1.0):
        lift = curves.spline([(half - 0.012, corner_v + 0.008), (half + 0.012, corner_v - 0.012)])
        upper_lip.line(curves.sided(lift, side), ink, 0.016, 0.3, 0.6)

    board.mark("mouth_top", (0.0, v))
    board.mark("mouth_bottom", (0.0, v))
    board.mark("mouth_left", (half, corner_v))
    board.mark("mouth_right", (-half, corner_v))


def closed_line(look: Look) -> Points:
    """Give the closed mouth from the performer's right corner to the left."""
    shape = style(look)
    half = look.mouth_width / 2 * shape.width
    right = [(u * half, look.mouth + v) for u, v in shape.half]
    return curves.spline([*((-u, v) for u, v in right[:0:-1]), *right])
