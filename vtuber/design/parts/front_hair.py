"""Front hair: a cap over the skull, swept clumps over the brow, and the shadow they throw on the face."""

from __future__ import annotations

import numpy as np

from vtuber.design import curves
from vtuber.design.canvas import Board, Sheet, linear, radial
from vtuber.design.curves import Points, bezier
from vtuber.design.design import Design
from vtuber.design.parts import hair
from vtuber.design.parts.hair import Lock, draw_lock

WHORL = (0.16, -1.40)

# tip u, tip v, lean of the tip, half width: drawn in this order, later ones lie in front
CLUMPS = (
    (-1.02, 0.02, -0.06, 0.17),
    (1.03, 0.05, 0.06, 0.17),
    (-0.80, -0.12, 0.06, 0.19),
    (0.82, -0.10, -0.05, 0.19),
    (-0.22, -0.36, 0.10, 0.17),
    (0.50, -0.28, -0.08, 0.19),
    (-0.52, -0.20, 0.10, 0.20),
    (0.22, -0.33, -0.10, 0.16),
    (0.02, -0.07, 0.07, 0.175),
)


def draw(design: Design, board: Board) -> None:
    locks = [_clump(*clump) for clump in CLUMPS]
    shadow = board.layer("hair_shadow", mesh=(12, 10), depth=0.27, clip="face")
    _shadow(shadow, design, locks)
    sheet = board.layer("front_hair", mesh=(14, 14), depth=0.40, group="front_hair")
    _ahoge(sheet, design)
    _cap(sheet, design)
    for lock in locks:
        draw_lock(sheet, design, lock)
    _gloss(sheet, design)


def dome() -> Points:
    """Give the top of the hair from ear to ear: a superellipse."""
    angles = np.radians(np.linspace(172, 368, 120))
    power = 2 / 2.25
    cos, sin = np.cos(angles), np.sin(angles)
    return np.column_stack(
        [
            1.13 * np.sign(cos) * np.abs(cos) ** power,
            -0.22 + 1.36 * np.sign(sin) * np.abs(sin) ** power,
        ]
    )


def _clump(tip_u: float, tip_v: float, lean: float, width: float) -> Lock:
    out = tip_u - WHORL[0]
    root = (WHORL[0] + out * 0.22, WHORL[1] + 0.06 + 0.10 * abs(out))
    path = bezier(
        root,
        (WHORL[0] + out * 1.02, WHORL[1] + 0.12 + 0.18 * abs(out)),
        (tip_u + out * 0.10 - lean * 1.4, tip_v - 0.55),
        (tip_u + lean, tip_v),
        7,
    )
    return Lock(
        [(float(u), float(v)) for u, v in path],
        width,
        root=0.55,
        peak=0.55,
        shadow=1.0 if out < 0 else -1.0,
        shine=-0.86 + 0.22 * tip_u**2,
        open_root=0.42,
        sharp=1.7,
    )


def _cap(sheet: Sheet, design: Design) -> None:
    top = dome()
    hairline = bezier((1.12, -0.03), (0.80, -0.75), (-0.80, -0.75), (-1.12, -0.03))
    shape = curves.joined(top, hairline)
    sheet.stroke(top, hair.line_ink(design), design.line * 1.9)
    sheet.fill(shape, hair.ink(design))
    for bend in (-0.75, -0.45, -0.2, 0.25, 0.5, 0.75):
        strand = bezier(
            (WHORL[0] + bend * 0.12, WHORL[1] - 0.02),
            (WHORL[0] + bend * 0.6, WHORL[1] - 0.02 + 0.1 * abs(bend)),
            (WHORL[0] + bend * 0.95, WHORL[1] + 0.25),
            (WHORL[0] + bend * 1.1, WHORL[1] + 0.55),
        )
        sheet.line(strand, hair.line_ink(design, 0.6), design.line * 0.6, 0.9, 0.9, alpha=0.8)


def _gloss(sheet: Sheet, design: Design) -> None:
    with sheet.inside():
        lit = design.hair.light(0.55)
        sheet.fill(
            curves.ellipse((-0.3, -1.05), 1.0, 0.7),
            radial((-0.3, -1.05), 1.0, [(0.0, lit, 0.35), (1.0, lit, 0.0)], 0.7),
        )
        dark = design.hair_root.shade(1.0)
        sheet.fill(
            [(-1.4, -0.7), (1.4, -0.7), (1.4, 0.3), (-1.4, 0.3)],
            linear((0, -0.7), (0, 0.2), [(0.0, dark, 0.0), (1.0, dark, 0.30)]),
        )


def _ahoge(sheet: Sheet, design: Design) -> None:
    path = [(0.14, -1.38), (0.10, -1.62), (0.20, -1.80), (0.40, -1.80), (0.50, -1.66)]
    draw_lock(sheet, design, Lock(path, 0.055, root=0.7, peak=0.35, shadow=-1.0, strands=1))


def _shadow(sheet: Sheet, design: Design, locks: list[Lock]) -> None:
    tone = design.skin.skin_shade()
    cap = bezier((1.12, -0.03), (0.80, -0.70), (-0.80, -0.70), (-1.12, -0.03))
    sheet.fill(curves.joined([(1.2, -1.6)], cap, [(-1.2, -1.6)]), tone)
    for lock in locks:
        _, _, shape = hair.outline(lock)
        sheet.fill(shape + (0.022, 0.065), tone)
