"""Ring: a golden hoop that floats over the head, seen from a little below."""

from __future__ import annotations

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.craft import glow
from vtuber.design.craft.glow import GOLD
from vtuber.design.look import Look

BESIDE = {"tail": ()}

AT, WIDE, HIGH = (0.06, -1.92), 0.80, 0.21


def draw(look: Look, board: Board) -> None:
    hoop = curves.ellipse(AT, WIDE, HIGH)
    sheet = board.layer("halo", "accessory", mesh=(8, 4), depth=0.0, place="back_accessory")
    glow.shine(sheet, hoop, GOLD, 0.16, closed=True)
    sheet.stroke(hoop, GOLD.shade(2.2), 0.105, closed=True)
    sheet.stroke(hoop, GOLD, 0.080, closed=True)
    # the far side is thinner and in shade, the near side bright
    far = curves.ellipse(AT, WIDE, HIGH, 190, 350)
    sheet.line(curves.moved(far, 0.0, 0.012), GOLD.shade(0.9), 0.045, 0.3, 0.3)
    near = curves.ellipse(AT, WIDE, HIGH, 10, 170)
    sheet.line(curves.moved(near, 0.0, -0.010), glow.bright(GOLD), 0.055, 0.3, 0.3)
    for begin, end in ((196, 232), (240, 252)):
        glint = curves.ellipse(AT, WIDE + 0.012, HIGH + 0.012, begin, end)
        sheet.line(glint, glow.bright(GOLD), 0.026, 0.5, 0.5)
