"""Front hair: a cap, swept clumps over the brow, and the shadow they throw."""

from __future__ import annotations

import numpy as np

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.canvas import Sheet, linear, radial
from vtuber.design.craft import hair
from vtuber.design.craft.hair import Lock, draw_lock
from vtuber.design.curves import Points, bezier
from vtuber.design.look import Look

WHORL = (0.16, -1.40)

# tip u, tip v, lean of the tip, half width, highlight, dye; later ones lie in front
CLUMPS = (
    (-0.95, 0.50, 0.05, 0.115, 0.0, 0.35),
    (0.96, 0.56, -0.06, 0.115, 0.0, 0.35),
    (0.13, -0.42, 0.02, 0.130, 0.0, 0.0),
    (-0.80, -0.24, 0.04, 0.150, 0.0, 0.0),
    (0.80, -0.26, -0.04, 0.150, 0.0, 0.0),
    (-0.91, -0.06, -0.01, 0.170, 0.6, 0.0),
    (0.93, -0.08, -0.01, 0.165, 0.55, 0.0),
    (-0.32, -0.31, 0.13, 0.165, 0.8, 0.0),
    (0.54, -0.27, -0.14, 0.180, 0.9, 0.0),
    (-0.64, -0.21, 0.12, 0.180, 0.9, 0.0),
    (0.29, -0.35, -0.10, 0.130, 0.7, 0.0),
    (-0.03, -0.06, 0.12, 0.150, 1.0, 0.0),
    (0.74, -0.24, -0.08, 0.065, 0.0, 0.85),
    (-0.46, -0.30, 0.06, 0.045, 0.0, 0.0),
    (0.17, -0.20, 0.06, 0.050, 0.0, 0.85),
)


def draw(look: Look, board: Board) -> None:
    locks = [_clump(*clump) for clump in CLUMPS]
    shadow = board.layer("hair_shadow", depth=0.27, clip="face")
    _shadow(shadow, look, locks)
    sheet = board.layer("front_hair", depth=0.40, group="front_hair")
    _cap(sheet, look)
    for lock in locks:
        draw_lock(sheet, look, lock)
    rim = curves.cut(dome(), 0.08, 0.92)
    sheet.line(rim, hair.line_ink(look), look.line * 1.2, 0.25, 0.25)
    _crown_strands(sheet, look)
    _gloss(sheet, look)


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


def _clump(tip_u: float, tip_v: float, lean: float, width: float, shine: float, dye: float) -> Lock:
    out = tip_u - WHORL[0]
    root = (WHORL[0] + out * 0.22, WHORL[1] + 0.06 + 0.10 * abs(out))
    path = bezier(
        root,
        (WHORL[0] + out * 1.02, WHORL[1] + 0.12 + 0.18 * abs(out)),
        (tip_u + out * 0.12 - lean * 1.3, tip_v - 0.50),
        (tip_u + lean, tip_v),
        7,
    )
    return Lock(
        [(float(u), float(v)) for u, v in path],
        width,
        root=0.55,
        peak=0.50,
        shadow=1.0 if out < 0 else -1.0,
        shine_at=-0.88 + 0.24 * tip_u**2,
        shine=shine,
        dye=dye,
        open_root=0.45,
        strands=2 if width > 0.1 else 0,
        sharp=1.35,
    )


def _cap(sheet: Sheet, look: Look) -> None:
    top = dome()
    hairline = bezier((1.12, -0.03), (0.85, -0.92), (-0.85, -0.92), (-1.12, -0.03))
    shape = curves.joined(top, hairline)
    sheet.fill(shape, hair.ink(look))


def _crown_strands(sheet: Sheet, look: Look) -> None:
    for bend, begin, end in (
        (-1.25, 0.16, 0.62), (-0.95, 0.30, 0.80), (-0.66, 0.14, 0.60), (-0.34, 0.34, 0.78),
        (-0.10, 0.12, 0.56), (0.20, 0.30, 0.72), (0.42, 0.14, 0.60), (0.66, 0.32, 0.80),
        (0.90, 0.16, 0.62),
    ):  # fmt: skip
        strand = bezier(
            (WHORL[0] + bend * 0.12, WHORL[1] - 0.02),
            (WHORL[0] + bend * 0.70, WHORL[1] + 0.0 + 0.06 * abs(bend)),
            (WHORL[0] + bend * 0.96, WHORL[1] + 0.22 + 0.12 * abs(bend)),
            (WHORL[0] + bend * 1.04, WHORL[1] + 0.60),
        )
        ink = hair.line_ink(look, 0.7)
        sheet.line(curves.cut(strand, begin, end), ink, look.line * 0.7, 0.9, 0.9, alpha=0.7)


def _gloss(sheet: Sheet, look: Look) -> None:
    with sheet.inside():
        lit = look.hair.light(0.55)
        sheet.fill(
            curves.ellipse((-0.3, -1.05), 1.0, 0.7),
            radial((-0.3, -1.05), 1.0, [(0.0, lit, 0.35), (1.0, lit, 0.0)], 0.7),
        )
        dark = look.hair_root.shade(1.0)
        sheet.fill(
            [(-1.4, -0.7), (1.4, -0.7), (1.4, 0.6), (-1.4, 0.6)],
            linear((0, -0.7), (0, 0.5), [(0.0, dark, 0.0), (0.55, dark, 0.3), (1.0, dark, 0.0)]),
        )


def _shadow(sheet: Sheet, look: Look, locks: list[Lock]) -> None:
    tone = look.skin.skin_shade()
    cap = bezier((1.12, -0.03), (0.85, -0.86), (-0.85, -0.86), (-1.12, -0.03))
    sheet.fill(curves.joined([(1.2, -1.6)], cap, [(-1.2, -1.6)]), tone)
    for lock in locks:
        _, _, shape = hair.outline(lock)
        sheet.fill(curves.moved(shape, 0.022, 0.065), tone)
