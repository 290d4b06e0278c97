"""Curtain: parted in the middle, two long sweeps that frame the brow and curl out at the cheeks."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import fringe
from vtuber.design.craft.fringe import Fringe
from vtuber.design.craft.hair import Lock
from vtuber.design.look import Look

SUITS = (0.3, 1.0)

# from the parting over the brow to the cheek: spine, half width
SWEEPS = (
    (((0.10, -1.30), (0.66, -1.12), (0.98, -0.60), (0.98, 0.00), (1.04, 0.52)), 0.14),
    (((0.04, -1.24), (0.56, -1.02), (0.92, -0.54), (0.93, -0.02), (1.01, 0.36)), 0.165),
    (((0.02, -1.10), (0.36, -0.92), (0.76, -0.62), (0.91, -0.20), (1.02, 0.10)), 0.165),
    (((0.01, -0.98), (0.18, -0.80), (0.46, -0.62), (0.70, -0.41), (0.96, -0.27)), 0.125),
    (((0.01, -0.94), (0.10, -0.78), (0.22, -0.64), (0.31, -0.52), (0.46, -0.45)), 0.045),
)


def _side(side: float, k: float) -> tuple[Lock, ...]:
    return tuple(
        Lock(
            [(u * side, v * (k if v > 0 else 1.0)) for u, v in spine],
            width,
            root=0.45,
            peak=0.52,
            shadow=side,
            dye=0.5,
            open_root=0.22,
            strands=2 if width > 0.1 else 0,
            sharp=1.5,
        )
        for spine, width in SWEEPS
    )


STYLE = Fringe(
    clumps=(*_side(-1.0, 0.85), *_side(1.0, 1.0)),
    whorl=(0.0, -1.42),
    hairline=((1.12, -0.03), (0.93, -0.40), (0.52, -0.80), (0.0, -0.98), (-0.52, -0.80),
              (-0.93, -0.40), (-1.12, -0.03)),
    parting=((0.015, -1.46), (0.005, -1.20), (0.0, -0.88)),
    ring=-1.06,
)  # fmt: skip


def draw(look: Look, board: Board) -> None:
    fringe.draw(look, board, STYLE)
