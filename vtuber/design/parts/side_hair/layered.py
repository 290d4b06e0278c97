"""Side hair before the ears (turns with the head) and long locks (hang with the body)."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft.hair import Lock, draw_lock
from vtuber.design.curves import Point
from vtuber.design.look import Look


def draw(look: Look, board: Board) -> None:
    for name, side in (("left", 1.0), ("right", -1.0)):
        sheet = board.layer(f"side_hair_{name}", depth=0.15, group="side_hair")
        for lock in _locks(SIDE, side, 0.5):
            draw_lock(sheet, look, lock)
        long = board.layer(
            f"front_locks_{name}", depth=0.1, turn=0.2, group="front_locks",
            place="glasses",
        )  # fmt: skip
        for lock in _locks(LONG, side, 0.42):
            draw_lock(long, look, lock)


# spine (u, v), half width, part of the contour missing at the root; the last v is the tip
SIDE = (
    (((0.8, -1.0), (1.05, -0.45), (1.17, 0.15), (1.12, 0.62), (1.15, 1.0), (1.33, 1.2)), 0.15, 0.1),
    (((0.66, -1.05), (1.0, -0.5), (1.03, 0.1), (0.95, 0.55), (0.94, 0.9), (0.8, 1.3)), 0.125, 0.25),
    (((0.6, -1.0), (0.9, -0.5), (0.95, 0.0), (0.9, 0.32), (0.9, 0.6), (0.78, 0.88)), 0.07, 0.25),
)  # fmt: skip
LONG = (
    (((1.0, -0.2), (1.12, 0.5), (1.14, 1.0), (1.0, 1.5), (1.03, 1.95), (1.22, 2.32)), 0.165, 0.12),
    (((0.96, -0.2), (1.0, 0.6), (0.94, 1.1), (0.81, 1.6), (0.84, 2.05), (1.0, 2.50)), 0.135, 0.12),
    (((0.92, 0.0), (0.92, 0.7), (0.80, 1.2), (0.72, 1.65), (0.60, 2.10)), 0.055, 0.12),
    (((1.04, 0.6), (1.12, 1.1), (1.10, 1.6), (1.22, 1.95), (1.40, 2.10)), 0.045, 0.3),
)  # fmt: skip


def _locks(
    table: tuple[tuple[tuple[Point, ...], float, float], ...], side: float, peak: float
) -> list[Lock]:
    """Make the locks of one side; those of the performer's right end a little higher."""
    end = 1.0 if side > 0 else 0.955
    locks = []
    for path, width, gap in table:
        spine = [(u * side, v) for u, v in path]
        spine[-1] = (spine[-1][0], spine[-1][1] * end)
        locks.append(Lock(spine, width, peak=peak, shadow=side, open_root=gap))
    return locks
