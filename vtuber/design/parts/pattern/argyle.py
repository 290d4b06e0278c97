"""Argyle: upright lozenges in two tones, crossed by dashed lines of the accent."""

from __future__ import annotations

import numpy as np

from vtuber.design.canvas import Sheet
from vtuber.design.craft import figured
from vtuber.design.curves import Points
from vtuber.design.look import Look

BESIDE = {"outfit": ("cardigan", "casual", "maid", "suit", "sweater")}

WIDE, TALL = 0.40, 0.56


def draw(look: Look, sheet: Sheet, shape: Points) -> None:
    """Fill the shape with lozenges in the second colour."""
    left, top, right, bottom = figured.span(shape)
    ink, thread = figured.ink(look), figured.spark(look)
    for j in range(int(np.floor(top / TALL)), int(bottom / TALL) + 2):
        for i in range(int(np.floor(left / WIDE)), int(right / WIDE) + 2):
            u, v = i * WIDE, j * TALL
            lozenge = [(u, v - TALL / 2), (u + WIDE / 2, v), (u, v + TALL / 2), (u - WIDE / 2, v)]
            sheet.fill(np.array(lozenge), ink, 0.85 if (i + j) % 2 else 0.45)
            for way in (1.0, -1.0):
                for k in range(4):
                    t = np.array([k / 4 + 0.05, k / 4 + 0.17])[:, None] - 0.5
                    dash = np.array([u, v]) + t * (WIDE * way, TALL)
                    sheet.stroke(dash, thread, 0.014)
