"""Witch: a tall bent cone over a very wide brim, with a band and a golden buckle."""

from __future__ import annotations

import numpy as np

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.colour import Colour
from vtuber.design.craft import hats
from vtuber.design.craft.solid import shade, solid
from vtuber.design.craft.spectacles import GOLD
from vtuber.design.curves import Points, spline
from vtuber.design.look import Look

BESIDE = {"outfit": ("cardigan", "dress", "gothic", "lab_coat", "mage", "suit")}

COVER = hats.BRIM  # under it the hair lies flat
BRIM_FRONT = ((-2.02, -0.78), (-1.40, -0.70), (-0.70, -0.80), (0.0, -0.86), (0.70, -0.80),
              (1.40, -0.70), (2.02, -0.84))  # fmt: skip
BRIM_BACK = ((-2.02, -0.78), (-1.70, -1.02), (-1.10, -1.20), (0.0, -1.28), (1.10, -1.20),
             (1.70, -1.04), (2.02, -0.84))  # fmt: skip
CONE = ((-1.14, -1.06), (-1.02, -1.36), (-0.74, -1.76), (-0.34, -2.08), (0.16, -2.34),
        (0.62, -2.40), (0.98, -2.22), (0.72, -2.18), (0.60, -2.06), (0.66, -1.84), (0.94, -1.44),
        (1.14, -1.06))  # fmt: skip
BAND_LOW = ((-1.18, -1.00), (-0.60, -0.92), (0.0, -0.90), (0.60, -0.92), (1.18, -1.00))
BAND_TOP = ((-1.08, -1.24), (-0.56, -1.15), (0.0, -1.13), (0.56, -1.15), (1.06, -1.24))


def draw(look: Look, board: Board) -> None:
    felt = look.cloth.mixed(Colour(0.30, 0.08, 300.0), 0.75)
    brim = curves.joined(spline(BRIM_FRONT), spline(BRIM_BACK)[::-1])
    under = curves.joined(spline(BRIM_FRONT), spline([(2.02, -0.84), (1.30, -0.52), (0.0, -0.42),
                                                      (-1.30, -0.50), (-2.02, -0.78)]))  # fmt: skip
    behind = hats.back(board)
    with solid(behind, look, felt.shade(1.9), under):
        for u in (-1.5, -1.2, 1.2, 1.5):
            behind.line([(u * 0.8, -0.7), (u, -0.55)], felt.shade(2.6), 0.02)
    hats.cast(look, board, spline(BRIM_FRONT), 0.16)
    sheet = hats.layer(board)
    with solid(sheet, look, felt, brim):
        shade(sheet, brim, felt.shade(1.0), 0.0, -0.08)
        sheet.line(spline([(-1.86, -0.84), (-1.40, -0.96), (-1.10, -0.98)]), felt.light(0.7), 0.04)
        wave = curves.cut(curves.moved(spline(BRIM_FRONT), 0.0, -0.045), 0.03, 0.97)
        sheet.line(wave, look.accent, 0.022, 0.2, 0.2)
    cone = curves.joined(spline(CONE), spline([(1.14, -1.06), (0.60, -0.93), (0.0, -0.90),
                                               (-0.60, -0.93), (-1.14, -1.06)])[1:])  # fmt: skip
    with solid(sheet, look, felt, cone):
        shade(sheet, cone, felt.shade(1.1), -0.22, -0.02)
        sheet.line(spline([(-0.78, -1.52), (-0.50, -1.84), (-0.16, -2.06)]), felt.light(0.8), 0.06)
        for fold in (
            [(0.60, -2.06), (0.38, -2.02), (0.14, -2.08)],
            [(0.66, -1.90), (0.44, -1.80), (0.10, -1.80)],
            [(-0.62, -1.84), (-0.36, -1.86), (-0.18, -1.78)],
        ):
            sheet.line(spline(fold), look.pen(felt), look.line * 1.0, 0.1, 1.1)
        band = hats.band(spline(BAND_TOP), spline(BAND_LOW))
        sheet.fill(band, look.accent)
        with sheet.clip(band):
            shade(sheet, cone, look.accent.shade(1.1), -0.22, -0.02)
        sheet.line(spline(BAND_TOP), look.pen(look.accent), look.line, 0.1, 0.1)
    buckle = _square(0.20, 0.17)
    with solid(sheet, look, GOLD, buckle):
        shade(sheet, buckle, GOLD.shade(1.0), -0.03, -0.03)
    with solid(sheet, look, look.accent.shade(0.6), _square(0.115, 0.085), weight=0.7):
        pass


def _square(w: float, h: float) -> Points:
    u, v = -0.10, -1.02
    return np.array([(u - w, v - h), (u + w, v - h * 0.98), (u + w, v + h), (u - w, v + h * 0.98)])
