"""Nurse: a folded white cap with a cross, set far back on the head."""

from __future__ import annotations

import numpy as np

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.colour import Colour
from vtuber.design.craft import hats
from vtuber.design.craft.solid import shade, solid
from vtuber.design.curves import spline
from vtuber.design.look import Look

BESIDE = {"outfit": ("cardigan", "dress", "lab_coat", "maid")}

COVER = hats.NARROW  # under it the hair lies flat
WHITE = Colour(0.975, 0.008, 250.0)
RED = Colour(0.60, 0.19, 22.0)
LOW = ((-0.80, -1.22), (-0.40, -1.34), (0.0, -1.38), (0.40, -1.34), (0.80, -1.22))
SHAPE = ((-0.80, -1.22), (-0.90, -1.50), (-0.96, -1.72), (-0.60, -1.88), (0.0, -1.97),
         (0.60, -1.88), (0.96, -1.72), (0.90, -1.50), (0.80, -1.22))  # fmt: skip
FOLD = ((-0.90, -1.52), (-0.42, -1.66), (0.0, -1.70), (0.42, -1.66), (0.90, -1.52))


def draw(look: Look, board: Board) -> None:
    low = spline(LOW)
    hats.cast(look, board, low, 0.06)
    sheet = hats.layer(board)
    around = curves.joined(spline(SHAPE[:3]), spline(SHAPE[2:7]), spline(SHAPE[6:]), low[::-1])
    with solid(sheet, look, WHITE, around):
        shade(sheet, around, WHITE.pale_shade(), -0.10, -0.06)
        brim = hats.band(spline(FOLD), low)
        sheet.fill(brim, WHITE)
        sheet.shadow(curves.moved(brim, 0.0, -0.20), WHITE.pale_shade(), 0.6)
        sheet.shadow(curves.moved(brim, 0.62, 0.0), WHITE.pale_shade())
        sheet.line(spline(FOLD), look.pen(WHITE), look.line, 0.15, 0.15)
        stripe = curves.moved(low, 0.0, -0.055)
        sheet.line(stripe, RED, 0.035, 0.1, 0.1)
    a, b, v = 0.045, 0.125, -1.53
    corners = [(-a, -b), (a, -b), (a, -a), (b, -a), (b, a), (a, a), (a, b), (-a, b), (-a, a),
             (-b, a), (-b, -a), (-a, -a)]  # fmt: skip
    cross = curves.moved(np.array(corners), 0.0, v)
    with solid(sheet, look, RED, cross, weight=0.7):
        pass
