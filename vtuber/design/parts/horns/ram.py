"""Ram: thick ringed horns that curl round the temples."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import horn
from vtuber.design.craft.horn import Horn
from vtuber.design.look import Look

STYLE = Horn(
    ((0.66, -1.02), (0.98, -1.34), (1.36, -1.38), (1.62, -1.08), (1.64, -0.68), (1.42, -0.38),
     (1.16, -0.44), (1.08, -0.70), (1.24, -0.88)),
    0.235,
    rings=9,
    swell=0.13,
    sharp=0.62,
    behind=False,
    tuft=(
        ((0.30, -1.34), (0.56, -1.26), (0.78, -1.08), (0.92, -0.78)),
        ((0.34, -1.22), (0.54, -1.16), (0.72, -0.98), (0.82, -0.66)),
        ((0.36, -1.10), (0.50, -1.06), (0.62, -0.92), (0.70, -0.70)),
    ),
    tuft_width=0.075,
)  # fmt: skip


def draw(look: Look, board: Board) -> None:
    body = horn.BONE.mixed(look.hair_root, 0.25)
    horn.draw(look, board, STYLE, body, body.shade(1.6))
