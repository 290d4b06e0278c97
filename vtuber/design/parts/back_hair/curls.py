"""Curls: a big round mass of loose curls down to the shoulders."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import coils, nape
from vtuber.design.craft.hats import Cover
from vtuber.design.craft.tails import sides
from vtuber.design.look import Look

SUITS = (0.4, 1.0)
BESIDE = {
    "front_hair": ("coily", "crossed", "curtain", "veil", "wavy"),
    "side_hair": ("coily", "corkscrews", "ringlets", "wavy"),
}
BULK = 0.1  # W that it stands over the head: a band sinks into it

# u, v, radius of the curls on one side, those behind first
CURLS = (
    (0.18, -1.50, 0.19), (0.52, -1.44, 0.20), (0.80, -1.28, 0.23), (1.02, -1.00, 0.25),
    (1.20, -0.62, 0.29),
    (1.36, -0.18, 0.26), (1.44, 0.24, 0.33),
    (1.62, 0.66, 0.24), (1.54, 1.06, 0.36), (1.60, 1.56, 0.26), (1.30, 1.80, 0.34),
    (0.98, 2.02, 0.24), (0.78, 1.76, 0.26), (1.12, -0.22, 0.26), (1.14, 0.26, 0.30),
    (1.22, 0.74, 0.28), (1.06, 1.10, 0.33), (1.14, 1.56, 0.26), (0.78, 1.42, 0.24),
    (0.88, 0.72, 0.22), (0.98, 1.76, 0.24), (1.30, 1.34, 0.26),
)  # fmt: skip


def draw(look: Look, board: Board) -> None:
    draw_under(look, board, None)


def draw_under(look: Look, board: Board, cover: Cover | None) -> None:
    """Draw it as it is, or as it lies under a hat."""
    sheet = board.layer("back_hair", depth=-0.45, group="back_hair")
    nape.skull(sheet, look, nape.PINNED_UP)
    rng = look.rng("curls")
    balls = [
        (
            u * side + rng.uniform(-0.04, 0.04),
            v + rng.uniform(-0.05, 0.05),
            r * rng.uniform(0.9, 1.1),
        )
        for u, v, r in CURLS
        for _, side in sides()
    ]
    balls = coils.kept([(float(u), float(v), float(r)) for u, v, r in balls], cover)
    coils.draw_cloud(sheet, look, balls, 0.4, "curls")
