"""Dragon: a crown of swept-back horns, a long pair and a short one beneath."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import horn
from vtuber.design.craft.horn import Horn
from vtuber.design.look import Look

LONG = Horn(
    ((0.62, -1.10), (0.92, -1.38), (1.26, -1.54), (1.64, -1.92)),
    0.15,
    rings=3,
    swell=0.08,
    tuft=(
        ((0.46, -1.24), (0.52, -1.36), (0.53, -1.46), (0.50, -1.58)),
        ((0.72, -1.08), (0.82, -1.22), (0.88, -1.32), (0.89, -1.44)),
    ),
)
SHORT = Horn(((0.86, -0.78), (1.10, -0.94), (1.30, -0.99), (1.54, -1.16)), 0.10, rings=2)


def draw(look: Look, board: Board) -> None:
    body = look.accent.mixed(horn.DARK, 0.72)
    for name, style in (("short", SHORT), ("long", LONG)):
        horn.draw(look, board, style, body, body.light(0.8), f"horn_{name}")
