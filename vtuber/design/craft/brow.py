"""Brows: once on the skin, and once more, faint, over the hair."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vtuber.design import catalogue, curves
from vtuber.design.board import Board
from vtuber.design.canvas import Sheet
from vtuber.design.colour import Colour
from vtuber.design.curves import Point, Points
from vtuber.design.look import Look


@dataclass(frozen=True, slots=True)
class BrowShape:
    """One brow: points from inner to outer, W from above the middle of the eye, v down."""

    arc: tuple[Point, ...] = ((-0.215, 0.050), (-0.06, -0.012), (0.10, -0.018), (0.265, 0.06))
    weight: float = 1.08  # of the character's brow weight
    begin: float = 0.30  # taper of the inner end: 0 blunt, 1 pointed
    end: float = 0.72  # and of the outer


def draw(look: Look, board: Board) -> None:
    shape: BrowShape = catalogue.style("brows", look.design.eyes.brows).SHAPE
    for name, side in (("left", 1.0), ("right", -1.0)):
        curve = curves.sided(arc(look, shape), side)
        under = board.layer(f"brow_{name}", depth=0.43, place="glasses")
        _pen(under, look, shape, curve, 1.0)
        over = board.layer(f"brow_{name}_over", f"brow_{name}", depth=0.44)
        _pen(over, look, shape, curve, 0.85)
        for where, place in (("inner", 0.03), ("middle", 0.5), ("outer", 0.97)):
            board.mark(f"brow_{name}_{where}", curve[round(place * (len(curve) - 1))])


def arc(look: Look, shape: BrowShape) -> Points:
    """Give the brow of the performer's left, from inner to outer."""
    at = np.array([look.eye_out, -look.eye_height / 2 - 0.235])
    return curves.spline([(float(u), float(v)) for u, v in np.array(shape.arc) + at])


def _pen(sheet: Sheet, look: Look, shape: BrowShape, curve: Points, alpha: float) -> None:
    ink = look.pen(look.hair_root).mixed(Colour(0.20, 0.06, 285.0), 0.5)
    sheet.line(curve, ink, look.brow_weight * shape.weight, shape.begin, shape.end, alpha)
