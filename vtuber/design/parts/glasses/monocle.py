"""Monocle: one golden lens on the right eye, with a chain."""

from __future__ import annotations

import numpy as np

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.craft import spectacles
from vtuber.design.craft.spectacles import GOLD, Frame
from vtuber.design.curves import spline
from vtuber.design.look import Look

ODDS = 0.3  # of being rolled, beside a common style

STYLE = Frame(GOLD, weight=0.042, wide=0.92, drop=0.13)  # under the brow


def draw(look: Look, board: Board) -> None:
    loose = board.layer("monocle_chain", "glasses", depth=0.5, mesh=(3, 6), group="accessory")
    sheet = board.layer("glasses", depth=0.56, mesh=(6, 8))
    (u, v), w, h = spectacles.place(look, STYLE)
    lens = spectacles.round_lens((-u, v), w, h)
    below = curves.moved(curves.cut(lens, 0.52, 0.98), 0.015, 0.04)
    sheet.line(below, look.skin.skin_shade(), 0.04, 0.5, 0.5, alpha=0.7)
    hook = (-u - w * 0.98, v + h * 0.10)
    chain = spline([hook, (hook[0] - 0.10, v + 0.42), (-0.98, v + 0.74), (-1.08, v + 0.30)], 24)
    chain = curves.cut(chain, 0.0, 1.0)
    pen = look.pen(GOLD)
    for i in np.linspace(0, len(chain) - 1, 26).astype(int):
        link = curves.ellipse((float(chain[i, 0]), float(chain[i, 1])), 0.017, 0.017)
        loose.stroke(link, pen, 0.020, closed=True)
        loose.fill(link, GOLD.light(0.3))
    spectacles.glass(sheet, STYLE, lens, (-u, v), w, h)
    spectacles.rim(look, sheet, STYLE, lens)
    ring = curves.ellipse(hook, 0.035, 0.035)
    sheet.stroke(ring, pen, 0.034, closed=True)
    sheet.stroke(ring, GOLD, 0.018, closed=True)
