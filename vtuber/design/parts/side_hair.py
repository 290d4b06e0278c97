"""Side hair before the ears (turns with the head) and long locks before the shoulders (hang with the body)."""

from __future__ import annotations

from vtuber.design.canvas import Board
from vtuber.design.design import Design
from vtuber.design.parts.hair import Lock, draw_lock


def draw(design: Design, board: Board) -> None:
    for name, side in (("left", 1.0), ("right", -1.0)):
        sheet = board.layer(
            f"side_hair_{name}", mesh=(8, 14), depth=0.15, group="side_hair"
        )
        for lock in _side(side):
            draw_lock(sheet, design, lock)
        long = board.layer(
            f"front_locks_{name}", mesh=(8, 16), depth=0.1, turn=0.2, group="front_locks",
            place="side_hair",
        )  # fmt: skip
        for lock in _long(side):
            draw_lock(long, design, lock)


def _side(side: float) -> list[Lock]:
    long = 1.0 if side > 0 else 0.94
    paths = [
        ([(0.80, -1.0), (1.10, -0.45), (1.13, 0.15), (1.08, 0.65), (1.17, 1.05 * long)], 0.15, 0.3),
        ([(0.66, -1.05), (0.99, -0.5), (1.01, 0.1), (0.93, 0.62), (0.97, 1.16 * long)], 0.13, 0.25),
        ([(0.60, -1.0), (0.90, -0.5), (0.945, 0.0), (0.90, 0.40), (0.80, 0.74 * long)], 0.075, 0.25),
    ]
    return [
        Lock([(u * side, v) for u, v in path], width, root=0.5, peak=0.5, shadow=side, open_root=gap)
        for path, width, gap in paths
    ]


def _long(side: float) -> list[Lock]:
    k = 1.0 if side > 0 else 0.95
    paths = [
        ([(1.02, 0.2), (1.10, 0.75), (1.02, 1.3), (1.04, 1.8), (1.20, 2.28 * k)], 0.15),
        ([(0.95, 0.2), (0.99, 0.8), (0.86, 1.4), (0.84, 1.95), (0.94, 2.52 * k)], 0.13),
    ]
    return [
        Lock([(u * side, v) for u, v in path], width, root=0.5, peak=0.42, shadow=side, open_root=0.12)
        for path, width in paths
    ]
