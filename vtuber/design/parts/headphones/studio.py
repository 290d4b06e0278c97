"""Headphones: a band over the hair and a cup on each side; one toggle hides all."""

from __future__ import annotations

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.canvas import Sheet, linear
from vtuber.design.curves import sided
from vtuber.design.look import Look


def draw(look: Look, board: Board) -> None:
    behind = board.layer("headband_back", "back_accessory", mesh=(8, 6), depth=0.0)
    _band(look, behind)
    sheet = board.layer("headband", "headwear", depth=0.0)
    _cast(look, sheet)
    _band(look, sheet)
    for name, side in (("left", 1.0), ("right", -1.0)):
        sheet = board.layer(f"ear_cup_{name}", "accessory", mesh=(4, 6), depth=-0.05)
        _cup(look, sheet, side)


def _cast(look: Look, sheet: Sheet) -> None:
    """Throw the band's shadow on the hair."""
    below = curves.ellipse((0.02, -0.03), 1.13, 1.53, 200, 340)
    sheet.line(below, look.hair_root.shade(1.6), 0.12, 0.5, 0.5, alpha=0.38)


def _band(look: Look, sheet: Sheet) -> None:
    shell, trim = look.cloth, look.cloth_second
    arc = curves.ellipse((0.0, -0.10), 1.215, 1.56, 182, 358)
    sheet.stroke(arc, look.pen(trim), 0.155)
    sheet.stroke(arc, trim, 0.125)
    outer = curves.ellipse((0.0, -0.10), 1.235, 1.585, 182, 358)
    sheet.stroke(outer, shell, 0.062)
    pad = curves.cut(outer, 0.32, 0.68)
    sheet.stroke(pad, look.pen(trim), 0.135)
    sheet.stroke(pad, shell, 0.105)
    sheet.stroke(curves.cut(curves.moved(outer, 0.0, 0.022), 0.33, 0.67), shell.pale_shade(), 0.05)
    sheet.stroke(curves.cut(curves.moved(outer, 0.0, -0.018), 0.36, 0.56), shell.light(0.9), 0.022)
    for place in (0.30, 0.70):
        sheet.stroke(curves.cut(arc, place - 0.012, place + 0.012), look.accent, 0.10)


def _cup(look: Look, sheet: Sheet, side: float) -> None:
    shell, trim, accent = look.cloth, look.cloth_second, look.accent
    pad = sided(
        curves.closed_spline(
            [(1.05, -0.27), (1.15, -0.30), (1.19, 0.05), (1.15, 0.40), (1.05, 0.37), (1.02, 0.05)]
        ),
        side,
    )
    body = sided(
        curves.closed_spline(
            [
                (1.14, -0.33),
                (1.26, -0.31),
                (1.36, -0.16),
                (1.385, 0.05),
                (1.36, 0.26),
                (1.26, 0.41),
                (1.14, 0.43),
                (1.12, 0.05),
            ]
        ),
        side,
    )
    sheet.stroke(pad, look.pen(trim), look.line * 1.9, closed=True)
    sheet.fill(pad, trim)
    with sheet.clip(pad):
        sheet.fill(curves.moved(pad, 0.06 * side, 0.0), trim.shade(1.0))
        sheet.line(
            sided([(1.055, -0.2), (1.045, 0.05), (1.055, 0.28)], side), trim.light(0.4), 0.022
        )
    sheet.stroke(body, look.pen(trim), look.line * 1.9, closed=True)
    sheet.fill(body, shell)
    with sheet.clip(body):
        low = curves.spline([(1.0, 0.36), (1.2, 0.34), (1.32, 0.20), (1.345, -0.02), (1.5, -0.2)])
        sheet.fill(sided(curves.joined(low, [(1.5, 0.6), (1.0, 0.6)]), side), shell.pale_shade())
        ring = sided(curves.ellipse((1.285, 0.05), 0.060, 0.20), side)
        sheet.stroke(ring, look.pen(trim), 0.075, closed=True)
        sheet.stroke(ring, accent, 0.042, closed=True)
        sheet.fill(ring, linear((0, -0.15), (0, 0.25), [(0, trim.light(0.2), 1.0), (1, trim, 1.0)]))
