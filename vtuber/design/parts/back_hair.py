"""Back hair: the whole head shape behind the face, with ends that flick outwards at the shoulders."""

from __future__ import annotations

from vtuber.design import curves
from vtuber.design.canvas import Board, linear
from vtuber.design.curves import sided, spline
from vtuber.design.design import Design
from vtuber.design.parts import hair
from vtuber.design.parts.hair import Lock, draw_lock

TONE = 0.75  # without it front and back melt into one


def draw(design: Design, board: Board) -> None:
    sheet = board.layer("back_hair", mesh=(10, 12), depth=-0.55, group="back_hair")
    for side in (1.0, -1.0):
        for lock in _outer_locks(side):
            draw_lock(sheet, design, lock, TONE)
    half = spline(
        [(0.0, -1.56), (0.55, -1.46), (0.98, -1.08), (1.12, -0.45), (1.15, 0.2), (1.17, 0.9),
         (1.12, 1.4), (0.9, 1.75), (0.5, 1.86), (0.0, 1.86)]
    )  # fmt: skip
    shape = curves.symmetric(half)
    sheet.stroke(curves.cut(half, 0.0, 0.58), hair.line_ink(design), design.line * 1.6)
    sheet.stroke(sided(curves.cut(half, 0.0, 0.58), -1), hair.line_ink(design), design.line * 1.6)
    sheet.fill(shape, hair.ink(design, TONE))
    with sheet.clip(shape):
        dark = design.hair_root.shade(2.2)
        sheet.fill(
            shape,
            linear((0, 0.1), (0, 2.0), [(0.0, dark, 0.75), (0.55, dark, 0.55), (1.0, dark, 0.0)]),
        )
        for side in (1.0, -1.0):
            for u in (0.42, 0.58, 0.74, 0.9):
                strand = spline([(u, 0.4), (u + 0.03, 1.0), (u + 0.10, 1.75)])
                sheet.line(sided(strand, side), hair.ink(design, 2.4), 0.03, 0.8, 0.6, alpha=0.6)
    for side in (1.0, -1.0):
        for lock in _inner_locks(side):
            draw_lock(sheet, design, lock, TONE)


def _outer_locks(side: float) -> list[Lock]:
    k = 1.0 if side > 0 else 0.93
    paths = [
        ([(0.9, 0.3), (1.15, 0.9), (1.24, 1.4), (1.44, 1.72 * k), (1.72, 1.76 * k)], 0.17),
        ([(0.85, 0.3), (1.10, 1.0), (1.16, 1.5), (1.28, 1.86 * k), (1.50, 1.99 * k)], 0.19),
    ]
    return [
        Lock([(u * side, v) for u, v in path], width, root=0.6, peak=0.5, shadow=side, open_root=0.1)
        for path, width in paths
    ]


def _inner_locks(side: float) -> list[Lock]:
    path = [(1.0, -0.5), (1.13, 0.2), (1.12, 0.9), (1.22, 1.35), (1.42, 1.52)]
    return [
        Lock([(u * side, v) for u, v in path], 0.13, root=0.4, peak=0.6, shadow=-side, open_root=0.2)
    ]
