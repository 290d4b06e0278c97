"""Side hair before the ears (turns with the head) and long locks before the shoulders (hang with the body)."""

from __future__ import annotations

from vtuber.design.canvas import Board
from vtuber.design.design import Design
from vtuber.design.parts.hair import Lock, draw_lock


def draw(design: Design, board: Board) -> None:
    for name, side in (("left", 1.0), ("right", -1.0)):
        sheet = board.layer(f"side_hair_{name}", mesh=(8, 14), depth=0.15, group="side_hair")
        for lock in _side(side):
            draw_lock(sheet, design, lock)
        long = board.layer(
            f"front_locks_{name}", mesh=(8, 16), depth=0.1, turn=0.2, group="front_locks",
            place="glasses",
        )  # fmt: skip
        for lock in _long(side):
            draw_lock(long, design, lock)


def _side(side: float) -> list[Lock]:
    long = 1.0 if side > 0 else 0.95
    paths = [
        ([(0.80, -1.0), (1.05, -0.45), (1.17, 0.15), (1.12, 0.62), (1.15, 0.98), (1.33, 1.22 * long)],
         0.15, 0.3),
        ([(0.66, -1.05), (1.00, -0.5), (1.03, 0.1), (0.95, 0.55), (0.94, 0.95), (0.80, 1.30 * long)],
         0.125, 0.25),
        ([(0.60, -1.0), (0.90, -0.5), (0.95, 0.0), (0.90, 0.32), (0.90, 0.60), (0.78, 0.88 * long)],
         0.07, 0.25),
    ]  # fmt: skip
    return [
        Lock(
            [(u * side, v) for u, v in path], width, root=0.5, peak=0.5, shadow=side, open_root=gap
        )
        for path, width, gap in paths
    ]


def _long(side: float) -> list[Lock]:
    k = 1.0 if side > 0 else 0.96
    paths = [
        (
            [(1.00, -0.2), (1.12, 0.5), (1.14, 1.0), (1.00, 1.5), (1.03, 1.95), (1.22, 2.32 * k)],
            0.165,
        ),
        (
            [(0.96, -0.2), (1.00, 0.6), (0.94, 1.1), (0.81, 1.6), (0.84, 2.05), (1.00, 2.50 * k)],
            0.135,
        ),
        ([(0.92, 0.0), (0.92, 0.7), (0.80, 1.2), (0.72, 1.65), (0.60, 2.10 * k)], 0.055),
    ]
    return [
        Lock(
            [(u * side, v) for u, v in path],
            width,
            root=0.5,
            peak=0.42,
            shadow=side,
            open_root=0.12,
        )
        for path, width in paths
    ]
