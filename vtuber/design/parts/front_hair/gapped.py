"""Gapped: a blunt heavy fringe with one wedge of brow left open, corners cut in steps."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import fringe
from vtuber.design.craft.fringe import Fringe, swept
from vtuber.design.craft.hair import Lock
from vtuber.design.look import Look

SUITS = (0.4, 1.0)

WHORL = (-0.14, -1.40)


def _bang(u: float, v: float, lean: float, width: float, blunt: float = 0.55) -> Lock:
    return swept((u, v), lean, width, WHORL, blunt=blunt, drop=0.42, peak=0.62, sharp=2.0)


STYLE = Fringe(
    whorl=WHORL,
    clumps=(
        _bang(-1.02, 0.34, 0.0, 0.13, 0.35),
        _bang(1.03, 0.40, 0.0, 0.13, 0.35),
        _bang(-0.93, 0.02, 0.0, 0.14, 0.3),
        _bang(0.94, 0.04, 0.0, 0.14, 0.3),
        _bang(0.04, -0.40, -0.10, 0.14),
        _bang(0.80, -0.31, 0.03, 0.15),
        _bang(-0.82, -0.31, -0.03, 0.15),
        _bang(0.58, -0.365, 0.02, 0.16),
        _bang(-0.62, -0.37, -0.02, 0.15),
        _bang(-0.06, -0.34, -0.08, 0.16),
        _bang(0.40, -0.38, 0.05, 0.14, 0.4),
        _bang(-0.36, -0.36, -0.04, 0.17),
    ),
    ring=-0.96,
)


def draw(look: Look, board: Board) -> None:
    fringe.draw(look, board, STYLE)
