"""Messy: short hair in all directions, tufts round the whole dome, ragged points over the brow."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import fringe
from vtuber.design.craft.fringe import Fringe, swept, tuft
from vtuber.design.look import Look

BESIDE = {"back_hair": ("short_boy", "wolf", "ponytail", "bob")}

SUITS = (0.0, 0.8)

WHORL = (-0.12, -1.36)

STYLE = Fringe(
    whorl=WHORL,
    wide=1.12,
    high=1.30,
    tufts=(
        tuft(2, 0.08, 0.34, 0.12),
        tuft(178, 0.09, -0.36, 0.12),
        tuft(20, 0.15, 0.34, 0.20),
        tuft(156, 0.20, -0.30, 0.22),
        tuft(42, 0.24, 0.30, 0.24),
        tuft(134, 0.14, -0.34, 0.18),
        tuft(64, 0.16, 0.34, 0.20),
        tuft(116, 0.30, -0.24, 0.26),
        tuft(96, 0.14, -0.26, 0.20),
        tuft(80, 0.27, 0.30, 0.24),
    ),
    clumps=(
        swept((-1.00, 0.26), 0.03, 0.10, WHORL),
        swept((1.00, 0.30), -0.03, 0.10, WHORL),
        swept((-0.80, -0.24), -0.06, 0.15, WHORL),
        swept((0.86, -0.20), 0.05, 0.15, WHORL),
        swept((-0.98, 0.00), -0.08, 0.14, WHORL),
        swept((0.99, 0.02), 0.08, 0.14, WHORL),
        swept((0.16, -0.44), 0.02, 0.12, WHORL),
        swept((-0.48, -0.36), 0.10, 0.18, WHORL),
        swept((0.62, -0.26), 0.06, 0.18, WHORL),
        swept((-0.22, -0.24), -0.10, 0.18, WHORL),
        swept((0.36, -0.30), -0.14, 0.16, WHORL),
        swept((0.03, -0.16), 0.14, 0.13, WHORL),
        swept((-0.68, -0.30), -0.10, 0.07, WHORL),
        swept((0.82, -0.36), 0.08, 0.06, WHORL),
    ),
    ring=-0.94,
    gloss=0.8,
    dim=0.25,
)


def draw(look: Look, board: Board) -> None:
    fringe.draw(look, board, STYLE)
