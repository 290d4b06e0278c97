"""Mouth: two thin lines that lie on the closed mouth, and behind them a well-opened one.

The rig collapses cavity, teeth and tongue onto the closed line at rest and opens them with the jaw.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vtuber.design import catalogue, curves
from vtuber.design.board import Board
from vtuber.design.canvas import Sheet, linear
from vtuber.design.colour import Colour
from vtuber.design.craft import complexion
from vtuber.design.curves import Point, Points
from vtuber.design.look import Look

OPEN_HEIGHT = 0.275  # W, of a wide open mouth
OUTLINE = 0.012
TEETH = Colour(0.985, 0.006, 70.0)
TEETH_SHADE = Colour(0.86, 0.03, 300.0)
TONGUE = Colour(0.73, 0.145, 18.0)


@dataclass(frozen=True, slots=True)
class MouthStyle:
    """The closed line and what is seen behind it."""

    # from the middle to the corner; half mouth widths outwards, W down from the mouth line
    half: tuple[Point, ...] = ((0.0, 0.0), (0.55, -0.008), (1.0, -0.038))
    width: float = 1.0  # of the character's mouth
    weight: float = 0.027  # W, of the closed line
    cusp: bool = False  # the two halves meet in a point
    height: float = 1.0  # of the open mouth
    belly: float = 1.0  # how far its lower half swells
    teeth: float = 0.076  # W that the upper teeth reach down; 0: no row of teeth
    canines: tuple[float, ...] = ()  # places (-1 to 1) of pointed teeth in the open mouth
    bared: float = 0.0  # W of teeth that show between closed lips
    fangs: tuple[float, ...] = ()  # places (-1 to 1) of pointed teeth that peep out


def style(look: Look) -> MouthStyle:
    found: MouthStyle = catalogue.style("mouth", look.design.face.mouth).STYLE
    return found


def corner(look: Look) -> Point:
    """Give the corner of the closed mouth on the performer's left."""
    shape = style(look)
    u, v = shape.half[-1]
    return (u * look.mouth_width / 2 * shape.width, look.mouth + v)


def draw(look: Look, board: Board) -> None:
    shape, smile = style(look), closed_line(look)
    ink = complexion.mouth_ink(look)
    opened = curves.joined(smile, _floor(look)[1:-1])
    _inside(look, board, opened, ink)
    lower_lip = board.layer("lip_lower", depth=0.48)
    marks = look.design.face.marks
    own = getattr(catalogue.style("marks", marks), "LIPS", 0.0) if marks != "none" else 0.0
    if (full := max(complexion.darkness(look), own)) > 0.0:
        _lower_lip(lower_lip, look, smile, full)
    if shape.cusp:  # bows on the lower lip as well are a moustache: only its shadow goes down
        low = look.mouth + 0.075
        under = curves.spline([(-0.050, low), (0.0, low + 0.010), (0.050, low)])
        lower_lip.line(under, look.skin.skin_shade(), 0.018, 0.7, 0.7)
    else:
        lower_lip.line(curves.cut(smile, 0.12, 0.88), ink, 0.014, 0.6, 0.6)
    upper_lip = board.layer("lip_upper", depth=0.48)
    _lip(upper_lip, look, smile, ink)
    if shape.bared or shape.fangs:
        _bared(look, board.layer("mouth_teeth", "lip_upper", depth=0.482), smile, ink)
    half, corner_v = corner(look)
    board.mark("mouth_top", (0.0, look.mouth))
    board.mark("mouth_bottom", (0.0, look.mouth))
    board.mark("mouth_left", (half, corner_v))
    board.mark("mouth_right", (-half, corner_v))


def closed_line(look: Look) -> Points:
    """Give the closed mouth from the performer's right corner to the left."""
    shape = style(look)
    half = look.mouth_width / 2 * shape.width
    right = [(u * half, look.mouth + v) for u, v in shape.half]
    if not shape.cusp:
        return curves.spline([*((-u, v) for u, v in right[:0:-1]), *right])
    own = curves.spline(right)
    return curves.joined(curves.mirrored(own[:0:-1]), own)


def _floor(look: Look) -> Points:
    """Give the lower edge of the open mouth, from the performer's left corner to the right."""
    shape, v = style(look), look.mouth
    half, corner_v = corner(look)
    deep = OPEN_HEIGHT * shape.height
    wide, low = half * shape.belly, ((0.955, 0.25), (0.72, 0.73), (0.38, 0.955))
    right = [(wide * u, v + deep * d) for u, d in low]
    left = [(-u, d) for u, d in right[::-1]]
    return curves.spline([(half, corner_v), *right, (0.0, v + deep), *left, (-half, corner_v)])


def _inside(look: Look, board: Board, opened: Points, ink: Colour) -> None:
    shape, v, smile = style(look), look.mouth, closed_line(look)
    half, deep = corner(look)[0], OPEN_HEIGHT * shape.height
    cavity = board.layer("mouth_cavity", depth=0.44)
    stops = [(0.0, Colour(0.29, 0.085, 12.0), 1.0), (1.0, Colour(0.46, 0.13, 18.0), 1.0)]
    # the cavity brings its own outline: a lip that follows its edge leaves gaps in a turn
    cavity.stroke(opened, ink, 2 * OUTLINE, closed=True)
    cavity.fill(opened, linear((0, v), (0, v + deep), stops))

    tongue = board.layer("tongue", depth=0.45, clip="mouth_cavity")
    rise = 0.115 * shape.height
    with tongue.clip(opened):
        body = curves.ellipse((0.0, v + deep + 0.012), half * 0.80, rise)
        tongue.fill(body, TONGUE)
        with tongue.clip(body):
            tongue.fill(
                curves.ellipse((0.05, v + deep + 0.05), half * 0.85, rise), TONGUE.shade(0.55)
            )
            shine = curves.ellipse((-half * 0.18, v + deep - rise * 0.46), half * 0.30, rise * 0.22)
            tongue.fill(shine, Colour(0.84, 0.10, 18.0))
            groove = curves.spline([(0.004, v + deep - rise * 0.62), (0.0, v + deep)])
            tongue.line(groove, TONGUE.shade(1.4), 0.012, 0.3, 0.5, alpha=0.8)

    teeth = board.layer("teeth", depth=0.46, clip="mouth_cavity")
    for at in shape.canines:
        teeth.fill(_tooth(smile, at), TEETH)
    if shape.teeth:
        edge = _below(smile, shape.teeth, 0.05)
        teeth.fill(curves.joined(curves.moved(smile, 0.0, -0.03), edge[::-1]), TEETH)
        shadow = _below(smile, shape.teeth * 0.35, 0.05)
        teeth.fill(curves.joined(smile, shadow[::-1]), TEETH_SHADE, 0.8)


def _below(smile: Points, depth: float, ends: float) -> Points:
    """Give the line under the mouth line that meets it at the corners."""
    t = curves.parameter(smile)
    near = np.minimum(t, 1 - t)
    # a corner rounds off: teeth end before it
    round_off = np.sqrt(np.clip((near - ends) / 0.22, 0.0, 1.0) * (2 - np.clip(
        (near - ends) / 0.22, 0.0, 1.0)))  # fmt: skip
    middle = float(smile[len(smile) // 2, 1])
    flat = smile[:, 1] + (middle - smile[:, 1]) * 0.35
    return np.column_stack([smile[:, 0], smile[:, 1] + (flat - smile[:, 1] + depth) * round_off])


def _lip(sheet: Sheet, look: Look, smile: Points, ink: Colour) -> None:
    half, corner_v = corner(look)
    sheet.line(smile, ink, style(look).weight, 0.35, 0.35)
    for side in (1.0, -1.0):
        lift = curves.spline([(half - 0.012, corner_v + 0.008), (half + 0.012, corner_v - 0.012)])
        sheet.line(curves.sided(lift, side), ink, 0.016)


def _lower_lip(sheet: Sheet, look: Look, smile: Points, strength: float) -> None:
    """Draw the lower lip in its light: on dark skin or in a beard a line alone does not show."""
    upper = curves.cut(smile, 0.20, 0.80)
    t = curves.parameter(upper)
    swell = np.sqrt(np.clip(4 * t * (1 - t), 0.0, 1.0))
    middle = float(upper[len(upper) // 2, 1])
    # it hangs from the line at its ends and is fuller, and flatter, in the middle
    deep = 0.030 + 0.020 * complexion.darkness(look)
    low = np.column_stack([upper[:, 0], upper[:, 1] * 0.5 + middle * 0.5 + deep * swell])
    low[[0, -1]] = upper[[0, -1]]
    sheet.fill(curves.joined(upper, low[::-1]), complexion.lip(look), 0.85 * strength)
    u = float(upper[:, 0].mean()) - 0.02
    shine = curves.spline(
        [(u - 0.035, middle + 0.026), (u, middle + 0.031), (u + 0.035, middle + 0.026)]
    )
    sheet.line(shine, complexion.glow(look, 1.2), 0.013, 0.8, 0.8, alpha=0.7 * strength)


def _bared(look: Look, sheet: Sheet, smile: Points, ink: Colour) -> None:
    """Draw teeth that show between closed lips; the line once more, over their roots."""
    shape = style(look)
    if shape.bared:
        edge = _below(smile, shape.bared, 0.02)
        row = curves.joined(smile, edge[::-1])
        sheet.fill(row, TEETH)
        with sheet.clip(row):
            under = curves.joined(smile, _below(smile, shape.bared * 0.35, 0.02)[::-1])
            sheet.fill(under, TEETH_SHADE, 0.8)
        sheet.line(edge, ink, 0.015, 0.3, 0.3)
    for at in shape.fangs:
        tooth = _tooth(smile, at)
        sheet.stroke(tooth, ink, 0.013, closed=True)
        sheet.fill(tooth, TEETH)
    _lip(sheet, look, smile, ink)


def _tooth(smile: Points, at: float) -> Points:
    """Give a pointed tooth that hangs from the mouth line."""
    place = (at + 1) / 2
    root = curves.cut(smile, place - 0.085, place + 0.085)
    tip = (float(root[:, 0].mean()), float(root[:, 1].mean()) + 0.072)
    a, b = (float(root[0, 0]), float(root[0, 1])), (float(root[-1, 0]), float(root[-1, 1]))
    return curves.joined(
        root,
        curves.bezier(b, (b[0], b[1] + 0.03), (tip[0] + 0.008, tip[1] - 0.01), tip, 10)[1:],
        curves.bezier(tip, (tip[0] - 0.008, tip[1] - 0.01), (a[0], a[1] + 0.03), a, 10)[1:],
    )
