"""Spiky: combed up and back into tall points, the forehead free but for two loose spikes."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import fringe
from vtuber.design.craft.fringe import Fringe, tuft
from vtuber.design.craft.hair import Lock
from vtuber.design.curves import Point
from vtuber.design.look import Look

BESIDE = {
    "back_hair": ("short_boy", "wolf"),
    "side_hair": ("layered", "sideburns", "tucked"),
    "ahoge": (),
    "headphones": ("neck",),
}

SUITS = (0.0, 0.5)


def _up(a: Point, b: Point, c: Point, d: Point, width: float) -> Lock:
    return Lock([a, b, c, d], width, root=0.2, dye=0.5, open_root=0.22, strands=2 * (width > 0.1))


STYLE = Fringe(
    whorl=(0.1, -0.86),
    wide=1.14,
    high=1.24,
    hairline=((1.11, 0.0), (1.0, -0.30), (0.86, -0.58), (0.55, -0.72), (0.22, -0.70),
              (0.05, -0.78), (-0.22, -0.72), (-0.58, -0.74), (-0.86, -0.58), (-1.0, -0.30),
              (-1.11, 0.0)),
    tufts=(
        tuft(0, 0.15, -0.30, 0.14, deep=0.75),
        tuft(180, 0.17, 0.28, 0.14, deep=0.75),
        tuft(19, 0.34, -0.30, 0.18, deep=0.20),
        tuft(160, 0.36, 0.28, 0.18, deep=0.20),
        tuft(38, 0.38, -0.20, 0.25),
        tuft(144, 0.40, 0.16, 0.25),
        tuft(61, 0.44, -0.16, 0.26),
        tuft(121, 0.46, 0.18, 0.26),
        tuft(99, 0.50, 0.20, 0.25),
        tuft(80, 0.42, -0.02, 0.24),
    ),
    clumps=(
        _up((-0.98, -0.60), (-1.05, -0.30), (-1.01, 0.05), (-0.97, 0.30), 0.10),
        _up((0.98, -0.60), (1.05, -0.30), (1.01, 0.05), (0.97, 0.32), 0.10),
        _up((0.70, -0.74), (0.78, -1.02), (0.92, -1.28), (1.12, -1.46), 0.17),
        _up((-0.70, -0.76), (-0.78, -1.02), (-0.92, -1.26), (-1.14, -1.40), 0.17),
        _up((0.40, -0.78), (0.46, -1.08), (0.62, -1.40), (0.86, -1.66), 0.19),
        _up((-0.42, -0.80), (-0.50, -1.10), (-0.58, -1.40), (-0.78, -1.68), 0.19),
        _up((0.02, -0.84), (-0.02, -1.12), (0.05, -1.46), (0.22, -1.80), 0.19),
        _up((-0.04, -0.96), (-0.30, -0.84), (-0.42, -0.58), (-0.30, -0.26), 0.08),
        _up((0.08, -0.94), (-0.07, -0.84), (-0.15, -0.66), (-0.10, -0.46), 0.045),
    ),
    crown=0.0,
    gloss=0.0,
    dim=0.0,
)  # fmt: skip


def draw(look: Look, board: Board) -> None:
    fringe.draw(look, board, STYLE)
