"""Beret: a soft disc of felt, pulled over to one side, a little stalk on top."""

from __future__ import annotations

import numpy as np

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.craft import hats
from vtuber.design.craft.solid import shade, solid
from vtuber.design.curves import closed_spline, spline
from vtuber.design.look import Look

BESIDE = {"outfit": ("cardigan", "casual", "dress", "lab_coat", "sailor", "suit", "sweater")}

COVER = hats.SNUG  # under it the hair lies flat
CROWN = ((-1.06, -0.92), (-1.44, -1.12), (-1.56, -1.46), (-1.30, -1.78), (-0.76, -1.95),
         (-0.10, -1.92), (0.50, -1.74), (0.94, -1.40), (1.10, -0.98), (0.98, -0.86), (0.50, -1.08),
         (-0.10, -1.16), (-0.66, -1.04))  # fmt: skip
HEM = ((-1.09, -0.76), (-0.80, -0.92), (-0.30, -1.06), (0.25, -1.07), (0.75, -0.94), (1.07, -0.76))
RIM = ((-1.02, -0.94), (-0.80, -1.06), (-0.30, -1.20), (0.25, -1.21), (0.75, -1.08), (0.99, -0.92))


def draw(look: Look, board: Board) -> None:
    felt = look.accent.shade(0.5)
    hem, rim = spline(HEM), spline(RIM)
    hats.cast(look, board, hem)
    sheet = hats.layer(board)
    with solid(sheet, look, felt.shade(0.7), hats.band(rim, hem)):
        sheet.shadow(curves.moved(hats.band(rim, hem), 0.55, 0.05), felt.shade(1.8))
    crown = closed_spline(list(CROWN))
    stalk = curves.ribbon(
        spline([(-0.42, -1.84), (-0.40, -1.96), (-0.34, -2.06)]), np.full(29, 0.035)
    )
    with solid(sheet, look, felt, crown, stalk):
        shade(sheet, crown, felt.shade(1.0), -0.10, -0.13)
        glow = spline([(-1.36, -1.44), (-1.10, -1.68), (-0.70, -1.80)])
        sheet.line(glow, felt.light(0.7), 0.085, 0.7, 0.8, alpha=0.8)
        for fold in (
            [(-0.95, -1.00), (-1.10, -1.14), (-1.18, -1.30)],
            [(-0.50, -1.12), (-0.62, -1.28), (-0.66, -1.44)],
            [(0.55, -1.13), (0.50, -1.28), (0.40, -1.40)],
            [(0.86, -1.02), (0.82, -1.20), (0.74, -1.32)],
        ):
            sheet.line(spline(fold), look.pen(felt), look.line * 0.9, 0.1, 1.1)
