"""Hime: straight fringe cut level above the eyes, cheek-long side locks cut square."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import fringe
from vtuber.design.craft.fringe import Fringe, both, swept
from vtuber.design.craft.hair import Lock
from vtuber.design.look import Look

SUITS = (0.5, 1.0)
BESIDE = {"side_hair": ("long_locks", "tucked")}

WHORL = (0.0, -1.40)
CUT = -0.365


def _bang(u: float, width: float, lower: float = 0.0) -> Lock:
    tip = (u, CUT + lower + 0.05 * u * u)
    return swept(tip, -0.02 * u, width, WHORL, blunt=0.88, drop=0.40, peak=0.70, sharp=2.6)


def _side(u: float, end: float, width: float) -> Lock:
    return Lock(
        [(0.62, -1.10), (u - 0.02, -0.62), (u + 0.02, -0.1), (u, 0.35), (u - 0.01, end)],
        width,
        root=0.6,
        peak=0.5,
        shadow=1.0,
        dye=0.6,
        open_root=0.35,
        strands=3,
        blunt=0.90,
    )


STYLE = Fringe(
    whorl=WHORL,
    clumps=(
        *both(_side(1.05, 0.66, 0.13), _side(0.935, 0.74, 0.10)),
        _bang(0.77, 0.13),
        _bang(-0.79, 0.13, 0.006),
        _bang(0.11, 0.13, 0.012),
        _bang(-0.36, 0.12, 0.012),
        _bang(0.56, 0.14, 0.004),
        _bang(-0.58, 0.14),
        _bang(0.34, 0.15),
        _bang(-0.13, 0.17, 0.004),
    ),
)


def draw(look: Look, board: Board) -> None:
    fringe.draw(look, board, STYLE)
