"""Dragon: a heavy scaled tail, pale belly plates on one side, fins down its back."""

from __future__ import annotations

import numpy as np

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.colour import Colour
from vtuber.design.craft import behind
from vtuber.design.craft.solid import solid
from vtuber.design.curves import spline
from vtuber.design.look import Look
from vtuber.design.palette import deep

BESIDE = {"ears": ("human", "elf", "fins")}

SPINE = ((0.50, 3.50), (1.20, 3.20), (1.66, 2.72), (1.82, 2.10), (1.70, 1.50), (1.56, 0.95),
         (1.68, 0.45), (1.98, 0.12))  # fmt: skip
BELLY = Colour(0.92, 0.045, 88.0)


def draw(look: Look, board: Board) -> None:
    sheet = behind.layer(board, "grown_tail")
    hide = deep(look.accent.hue_deg, 0.50, 0.10)
    fin = look.accent
    spine = curves.cut(behind.spread(look, spline(SPINE, 30), 1.0), 0.0, 1.0)
    t, across = curves.parameter(spine), curves.normals(spine)
    width = 0.36 * (1 - t**1.3) ** 0.8
    body = curves.ribbon(spine, np.maximum(width, 0.004))
    for at in np.arange(0.97, 0.2, -0.085):
        i, j = (int(k * (len(spine) - 1)) for k in (at - 0.045, at + 0.02))
        out, size = across[i], 0.05 + 0.75 * width[i]
        along = (spine[j] - spine[i]) / np.linalg.norm(spine[j] - spine[i])
        root = spine[i] + out * width[i] * 0.7
        tip = spine[i] + out * (width[i] + size * 0.62) + along * size * 0.75
        plate = np.array([root - along * size * 0.6, tip, root + along * size * 0.55])
        with solid(sheet, look, fin, plate):
            sheet.shadow(plate + (along * size * 0.35), fin.shade(1.1))
    with solid(sheet, look, hide, body):
        edge = spine - across * (width * 0.30)[:, None]
        belly = curves.joined(edge, (spine - across * (width * 1.5)[:, None])[::-1])
        back = curves.joined(spine + across * (width * 0.45)[:, None],
                             (spine + across * (width * 1.5)[:, None])[::-1])  # fmt: skip
        sheet.shadow(back, hide.shade(1.0))
        sheet.fill(belly, BELLY)
        with sheet.clip(belly):
            sheet.shadow(curves.joined(spine - across * (width * 0.72)[:, None],
                                       (spine - across * (width * 1.6)[:, None])[::-1]),
                         BELLY.pale_shade())  # fmt: skip
            for at in np.arange(0.06, 0.97, 0.045):
                i = int(at * (len(spine) - 1))
                along = across[i][::-1] * (1.0, -1.0) * width[i] * 0.16
                ring = spline([(float(x), float(y)) for x, y in
                               (edge[i], spine[i] - across[i] * width[i] * 0.65 + along,
                                spine[i] - across[i] * width[i])])  # fmt: skip
                sheet.line(ring, look.pen(BELLY), look.line * 0.7, 0.2, 0.2)
        sheet.line(edge, look.pen(hide), look.line * 0.9, 0.1, 0.1)
        for k, at in enumerate(np.arange(0.20, 0.88, 0.035)):
            i = int(at * (len(spine) - 1))
            centre = spine[i] + across[i] * width[i] * (0.10, 0.55)[k % 2]
            scale = curves.ellipse((float(centre[0]), float(centre[1])), width[i] * 0.17,
                                   width[i] * 0.17, 200, 340)  # fmt: skip
            sheet.line(scale, look.pen(hide).mixed(hide, 0.3), look.line * 0.7, 0.7, 0.7)
