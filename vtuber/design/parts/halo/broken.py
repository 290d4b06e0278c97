"""Broken: a digital ring behind the head, in segments, with gaps, ticks and loose fragments."""

from __future__ import annotations

import numpy as np

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.craft import glow
from vtuber.design.look import Look

AT = (0.0, -0.95)
# radius, thickness, where each piece begins and ends in degrees (0 right, 270 up)
OUTER = (1.42, 0.075, ((158, 232), (237, 262), (268, 318), (330, 382)))
INNER = (1.27, 0.026, ((150, 205), (212, 300), (306, 341), (346, 392)))
# centre in degrees and radius, size, turn: what has broken off
SHARDS = ((324, 1.50, 0.075, 20.0), (319, 1.62, 0.045, 50.0), (327, 1.66, 0.030, 10.0))


def draw(look: Look, board: Board) -> None:
    light = glow.neon(look)
    core = glow.bright(light)
    sheet = board.layer("halo", "accessory", mesh=(8, 8), depth=-0.3, place="back_accessory")
    arcs = [
        (curves.ellipse(AT, radius, radius, *piece), thick)
        for radius, thick, pieces in (OUTER, INNER)
        for piece in pieces
    ]
    for arc, thick in arcs:
        glow.shine(sheet, arc, light, thick * 1.6)
    for arc, thick in arcs:
        t = np.full(len(arc), thick / 2)
        band = curves.ribbon(arc, t)
        sheet.stroke(band, look.pen(light), look.line * 0.6, 0.5, closed=True)
        sheet.fill(band, light)
        sheet.fill(curves.ribbon(arc, t * 0.42), core)
    for degrees in range(200, 345, 8):
        if 318 < degrees < 331:
            continue
        a, long = np.radians(degrees), 0.055 if degrees % 24 else 0.10
        out = np.array([np.cos(a), np.sin(a)])
        begin = np.array(AT) + out * 1.335
        sheet.stroke([begin, begin + out * long * 0.5], light, 0.016, alpha=0.9)
    for degrees, radius, size, spin in SHARDS:
        a = np.radians(degrees)
        centre = np.array(AT) + radius * np.array([np.cos(a), np.sin(a)])
        corners = np.radians(spin + np.array([0.0, 90.0, 170.0, 270.0]))
        shard = centre + size * np.column_stack([np.cos(corners), np.sin(corners)])
        glow.shine(sheet, shard, light, size * 0.7, closed=True)
        sheet.fill(shard, light)
        sheet.fill((shard - centre) * 0.45 + centre, core)
