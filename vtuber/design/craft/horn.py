"""Horns and claws: a tapering tube along a curve, ringed, with a light along one side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.canvas import Sheet, linear
from vtuber.design.colour import Colour
from vtuber.design.craft import furry
from vtuber.design.craft.solid import SIDES, solid
from vtuber.design.curves import Point, Points, spline
from vtuber.design.look import Look

BONE = Colour(0.93, 0.030, 85.0)
DARK = Colour(0.30, 0.030, 300.0)


@dataclass(frozen=True, slots=True)
class Horn:
    """The horn of the performer's left, from its root inside the hair to its point."""

    spine: Sequence[Point]
    width: float  # half width at the root
    rings: int = 0
    swell: float = 0.0  # how far the rings bulge, as a part of the width
    sharp: float = 0.75  # under 1 stays thick for long
    tuft: tuple[tuple[Point, ...], ...] = ()  # locks that stand before the root
    tuft_width: float = 0.055
    behind: bool = True  # the root is behind the hair; else it lies upon it
    depth: float = 0.05


def draw(
    look: Look, board: Board, horn: Horn, body: Colour, tip: Colour, what: str = "horn"
) -> None:
    """Draw a pair of horns; `what` names their layers."""
    for name, side in SIDES:
        place = "ear" if horn.behind else "headwear"
        sheet = board.layer(f"{what}_{name}", "accessory", depth=horn.depth, place=place)
        one(look, sheet, horn, body, tip, side)
        if horn.tuft:
            over = board.layer(f"{what}_tuft_{name}", "front_hair", depth=0.42, mesh=(4, 4),
                               place="headwear")  # fmt: skip
            for path in horn.tuft:
                furry.lock(
                    look, over, [(u * side, v) for u, v in path], horn.tuft_width, side, horn.behind
                )


def one(look: Look, sheet: Sheet, horn: Horn, body: Colour, tip: Colour, side: float) -> None:
    """Draw one horn."""
    spine = curves.sided(curves.cut(spline(horn.spine, 24), 0.0, 1.0), side)
    t = curves.parameter(spine)
    width = horn.width * (1 - t**1.15) ** horn.sharp
    if not horn.behind:  # a root that lies upon the hair is round, not cut
        width = width * np.minimum(0.30 + t * 9.0, 1.0) ** 0.6
    if horn.swell:
        beat = np.abs(np.sin(np.pi * t**0.85 * horn.rings))
        width = width * (1 - horn.swell + horn.swell * beat**0.6)
    shape = curves.ribbon(spine, np.maximum(width, 0.002))
    (u, v), (x, y) = spine[int(len(spine) * 0.25)], spine[-1]
    fill = linear((float(u), float(v)), (float(x), float(y)),
                  [(0.0, body, 1.0), (0.55, body, 1.0), (1.0, tip, 1.0)])  # fmt: skip
    with solid(sheet, look, fill, shape, pen=look.pen(body)):
        # the half away from the light is in shade
        across = curves.normals(spine)
        away = np.where((across @ np.array([0.7, 0.7])) > 0, 1.0, -1.0)
        away = np.convolve(np.pad(away, 12, mode="edge"), np.ones(25) / 25, mode="valid")[:, None]
        inner, outer = spine + across * away * width[:, None] * 0.15, spine + across * away * 0.5
        sheet.shadow(curves.joined(inner, outer[::-1]), body.pale_shade().shade(0.4), 0.85)
        lit = curves.cut(spine - across * away * width[:, None] * 0.5, 0.12, 0.7)
        sheet.line(lit, body.light(0.9), horn.width * 0.30, 0.5, 1.0, alpha=0.8)
        for i in range(1, horn.rings + 1):
            _ring(look, sheet, spine, across, width, body, (i / (horn.rings + 0.35)) ** (1 / 0.85))


def _ring(
    look: Look, sheet: Sheet, spine: Points, across: Points, width: Points, body: Colour, at: float
) -> None:
    i = min(int(at * len(spine)), len(spine) - 2)
    along = spine[i + 1] - spine[i]
    along = along / (np.linalg.norm(along) + 1e-9)
    s = np.linspace(-1.1, 1.1, 16)[:, None]
    bow = along * (0.25 * width[i] * (1 - s**2))
    sheet.line(
        spine[i] + across[i] * width[i] * s + bow, look.pen(body), look.line * 0.75, 0.3, 0.3
    )
