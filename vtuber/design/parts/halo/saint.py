"""Saint: a round glory behind the head, rays of two lengths around a thin hoop."""

from __future__ import annotations

import numpy as np

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.canvas import radial
from vtuber.design.craft import glow
from vtuber.design.craft.glow import GOLD
from vtuber.design.look import Look

BESIDE = {"tail": (), "wings": ("angel",)}

AT, RADIUS, RAYS = (0.0, -0.70), 1.42, 32


def draw(look: Look, board: Board) -> None:
    sheet = board.layer("halo", "accessory", mesh=(8, 8), depth=-0.3, place="back_accessory")
    pale = glow.bright(GOLD)
    disc = radial(AT, 1.54, [(0.0, pale, 0.75), (0.85, GOLD.light(0.6), 0.45), (1.0, GOLD, 0.0)])
    sheet.fill(curves.ellipse(AT, 1.54, 1.54), disc)
    hoop = curves.ellipse(AT, RADIUS, RADIUS)
    glow.shine(sheet, hoop, GOLD, 0.08, closed=True)
    for i in range(RAYS):
        a, long = 2 * np.pi * i / RAYS - np.pi / 2, 0.26 if i % 2 == 0 else 0.14
        out, across = np.array([np.cos(a), np.sin(a)]), np.array([-np.sin(a), np.cos(a)])
        root = np.array(AT) + out * (RADIUS + 0.05)
        wide = 0.040 if i % 2 == 0 else 0.028
        ray = np.array([root - across * wide, root + out * long, root + across * wide,
                        root - out * 0.02])  # fmt: skip
        sheet.stroke(ray, GOLD.shade(1.8), 0.016, closed=True, sharp=True)
        sheet.fill(ray, GOLD)
    for radius, thick in ((RADIUS, 0.062), (RADIUS - 0.12, 0.026)):
        around = curves.ellipse(AT, radius, radius)
        sheet.stroke(around, GOLD.shade(1.8), thick + 0.02, closed=True)
        sheet.stroke(around, GOLD, thick, closed=True)
        sheet.stroke(curves.ellipse(AT, radius, radius, 190, 280), pale, thick * 0.4)
