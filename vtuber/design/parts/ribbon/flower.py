"""Flower: blossoms over one temple with leaves, one large and two small."""

from __future__ import annotations

import numpy as np

from vtuber.design.board import Board
from vtuber.design.canvas import Sheet
from vtuber.design.colour import Colour
from vtuber.design.craft import trinket
from vtuber.design.craft.behind import leaf
from vtuber.design.craft.solid import shade, solid
from vtuber.design.curves import Point
from vtuber.design.look import Look

SUITS = (0.5, 1.0)

GREEN = Colour(0.58, 0.11, 148.0)
LEAVES: tuple[tuple[Point, Point], ...] = (
    ((0.80, -0.88), (1.20, -0.72)), ((0.74, -0.94), (0.92, -1.34)), ((0.74, -0.80), (0.66, -0.44)),
)  # fmt: skip
SIDE = 1.0  # worn on the performer's left


def draw(look: Look, board: Board) -> None:
    sheet = board.layer("hair_flower", "accessory", mesh=(5, 5), depth=0.42)
    for root, tip in LEAVES:
        _leaf(look, sheet, root, tip)
    petal = look.accent.light(0.55)
    pale = Colour(0.97, 0.014, look.accent.hue_deg)
    trinket.flower(look, sheet, (0.98, -1.02), 0.155, pale, 40.0)
    trinket.flower(look, sheet, (0.60, -1.10), 0.130, pale, 0.0)
    trinket.flower(look, sheet, (0.76, -0.84), 0.270, petal, 12.0)


def _leaf(look: Look, sheet: Sheet, root: Point, tip: Point) -> None:
    shape = leaf(root, tip, 0.085, 0.02, 0.0)
    with solid(sheet, look, GREEN, shape, weight=0.85):
        shade(sheet, shape, GREEN.shade(1.1), -0.03, -0.04)
        sheet.line(np.array([root, tip]), look.pen(GREEN), look.line * 0.6, 0.2, 1.0)
