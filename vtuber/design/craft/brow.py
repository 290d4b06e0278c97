"""Brows: once on the skin, and once more over the hair, a little fainter.

Over dark hair they get a lighter edge, else they would vanish there.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vtuber.design import catalogue, curves
from vtuber.design.board import Board
from vtuber.design.canvas import Sheet, union
from vtuber.design.colour import Colour
from vtuber.design.craft.complexion import APART, brow_ink
from vtuber.design.craft.eye import Eye
from vtuber.design.craft.opening import opening
from vtuber.design.curves import Point, Points
from vtuber.design.look import Look

GAP = 0.225  # W from the lid to the brow


@dataclass(frozen=True, slots=True)
class BrowShape:
    """One brow: points from inner to outer, W from above the middle of the eye, v down."""

    arc: tuple[Point, ...] = ((-0.215, 0.022), (-0.06, -0.022), (0.10, -0.022), (0.270, 0.062))
    weight: float = 1.08  # of the character's brow weight
    begin: float = 0.30  # taper of the inner end: 0 blunt, 1 pointed
    end: float = 0.72  # and of the outer
    hairs: bool = False  # the inner end is ragged


def draw(look: Look, board: Board) -> None:
    shape: BrowShape = catalogue.style("brows", look.design.eyes.brows).SHAPE
    lash_over_hair(look, board)
    hair = "front_hair" if "front_hair" in board.sheets else None
    for name, side in (("left", 1.0), ("right", -1.0)):
        curve = curves.sided(arc(look, shape), side)
        _pen(board.layer(f"brow_{name}", depth=0.43, place="glasses"), look, shape, curve,
             brow_ink(look), 1.0)  # fmt: skip
        over = board.layer(f"brow_{name}_over", f"brow_{name}", depth=0.44, clip=hair)
        dark = edge_strength(look)
        if dark > 0.0:  # as if the fringe let the forehead through
            through = look.hair.mixed(look.skin, 0.55 + 0.20 * (1.0 - look.skin.lightness))
            _pen(over, look, shape, curve, through, 0.75 * dark, 0.056, 0.024)
        _pen(over, look, shape, curve, ink_on_hair(look), 0.80 + 0.15 * dark)
        for where, place in (("inner", 0.03), ("middle", 0.5), ("outer", 0.97)):
            board.mark(f"brow_{name}_{where}", curve[round(place * (len(curve) - 1))])


def lash_over_hair(look: Look, board: Board) -> None:
    """Draw the upper lashes once more, faint, where the fringe covers them."""
    if "front_hair" not in board.sheets:
        return
    lashes = catalogue.style("lashes", look.design.eyes.lashes)
    for name, side in (("left", 1.0), ("right", -1.0)):
        sheet = board.layer(f"lash_{name}_over", f"lash_upper_{name}", depth=0.455,
                            clip="front_hair", place="brow")  # fmt: skip
        own = Eye(look, board, opening(look), name, side)
        lit = Colour(look.hair.lightness + 0.22, look.hair.chroma * 0.9 + 0.02, look.hair.hue_deg)
        own.lash = lit if look.hair.lightness < 0.45 else own.lash
        own.alpha = 0.42
        lashes.upper(own, sheet)


def ink_on_hair(look: Look) -> Colour:
    """Give the colour of a brow over the fringe: at least `APART` darker, down to near black."""
    ink, hair = brow_ink(look), look.hair
    if hair.lightness - ink.lightness >= APART:
        return ink
    return Colour(max(hair.lightness - APART - 0.13, 0.15), min(hair.chroma, 0.09), hair.hue_deg)


def edge_strength(look: Look) -> float:
    """Say how much a brow over hair needs a light edge: 0 from middle tones up, 1 for black."""
    return min(max((0.50 - look.hair.lightness) / 0.10, 0.0), 1.0)


def arc(look: Look, shape: BrowShape) -> Points:
    """Give the brow of the performer's left, from inner to outer."""
    opened = opening(look)
    man, old = 1.0 - look.design.body.presentation, look.design.body.age
    top = max(-opened.top[1], 0.36 * look.eye_height)
    # a man's brow lies low and close, straighter and longer
    at = np.array([opened.out - 0.01 * man, -top - (GAP - 0.055 * man)])
    size = np.array([1.0 + 0.10 * man + 0.06 * max(opened.w / 0.28 - 1.0, 0.0), 1.0 - 0.25 * man])
    points = np.array(shape.arc) * size
    points[-1, 1] += 0.05 * max(old - 0.7, 0.0)
    return curves.spline([(float(u), float(v)) for u, v in points + at])


def _pen(
    sheet: Sheet,
    look: Look,
    shape: BrowShape,
    curve: Points,
    colour: Colour,
    alpha: float,
    edge: float = 0.0,
    blur: float = 0.0,
) -> None:
    """Draw a brow, by `edge` W wider than it is, and soft by `blur` W."""
    weight = look.brow_weight * shape.weight + edge
    outlines = [_stroke(curve, weight, shape.begin, shape.end)]
    if shape.hairs:
        for place, length in ((0.05, 0.075), (0.15, 0.070), (0.26, 0.060)):
            root = curves.cut(curve, place, 1.0)
            up = np.array([0.012 * np.sign(root[0, 0]), -length])
            hair = np.linspace(root[0] + up * -0.1, root[0] + up, 10)
            outlines.append(_stroke(hair, weight * 0.55, 0.1, 1.0))
    for outline in union(*outlines):
        sheet.fill(outline, colour, alpha, blur)


def _stroke(curve: Points, weight: float, begin: float, end: float) -> Points:
    # samples crowd at the ends, which are round and not cut
    t = curves.parameter(curve)
    place = (1.0 - np.cos(np.linspace(0.0, np.pi, 90))) / 2
    fine = np.column_stack([np.interp(place, t, curve[:, 0]), np.interp(place, t, curve[:, 1])])
    return curves.ribbon(fine, curves.taper(place, begin, end) * weight / 2)
