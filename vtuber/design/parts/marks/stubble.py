"""Stubble: the shadow of yesterday's beard on jaw and lip."""

from __future__ import annotations

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.craft.complexion import brow_ink
from vtuber.design.craft.head import half
from vtuber.design.curves import joined, sided, spline
from vtuber.design.look import Look

SUITS = (0.0, 0.3)


def draw(look: Look, board: Board) -> None:
    """Draw a soft tint and short bristles."""
    sheet = board.layer("marks", "face", depth=0.26, clip="face")
    tint = look.skin.skin_shade().mixed(brow_ink(look), 0.45)
    v, wide, rng = look.mouth, look.mouth_width / 2, look.rng("stubble")
    edge = half(look)
    edge = edge[edge[:, 1] > 0.40]
    inner = spline([(0.0, v + 0.105), (wide * 0.9, v + 0.085), (wide + 0.10, v - 0.04),
                    (edge[0, 0] - 0.05, 0.42)])  # fmt: skip
    lip = joined(
        spline([(0.0, look.nose + 0.115), (wide * 0.7, v - 0.10), (wide + 0.08, v + 0.01)]),
        spline([(wide + 0.08, v + 0.01), (wide * 0.7, v - 0.045), (0.0, v - 0.04)]),
    )
    for side in (1.0, -1.0):
        sheet.fill(sided(joined(edge, inner), side), tint, 0.22, blur=0.075)
        sheet.fill(sided(lip, side), tint, 0.15, blur=0.040)
        for _ in range(34):
            t, drop = rng.uniform(0.1, 1.0), rng.uniform(0.04, 0.24)
            u, at = edge[int(t * (len(edge) - 1))]
            root = (float(u) - drop * (1.0 - 0.7 * t), float(at) - drop * t * 0.7)
            if root[0] < 0.02 or (root[1] < v + 0.11 and root[0] < wide + 0.11):
                continue
            bristle = [root, (root[0] - 0.006, root[1] + 0.026)]
            sheet.line(sided(curves.cut(spline(bristle), 0.0, 1.0), side), tint.shade(2.0),
                       0.011, 0.4, 0.8, 0.5)  # fmt: skip
