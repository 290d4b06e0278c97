"""Back hair: the head shape behind the face, with ends that flick outwards."""

from __future__ import annotations

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.canvas import radial
from vtuber.design.craft import hair
from vtuber.design.craft.hair import Lock, draw_lock
from vtuber.design.curves import sided, spline
from vtuber.design.look import Look

TONE = 0.55  # without it front and back melt into one


def draw(look: Look, board: Board) -> None:
    sheet = board.layer("back_hair", depth=-0.45, group="back_hair")
    for side in (1.0, -1.0):
        for lock in _outer_locks(side):
            draw_lock(sheet, look, lock, TONE)
    half = spline(
        [(0.0, -1.48), (0.55, -1.38), (0.94, -1.02), (1.08, -0.45), (1.12, 0.2), (1.12, 0.8),
         (1.02, 1.3), (0.86, 1.66), (0.5, 1.84), (0.0, 1.86)]
    )  # fmt: skip
    shape = curves.symmetric(half)
    for side in (1.0, -1.0):
        rim = sided(curves.cut(half, 0.0, 0.58), side)
        sheet.stroke(rim, hair.line_ink(look), look.line * 1.8)
    sheet.fill(shape, hair.ink(look, TONE))
    with sheet.clip(shape):
        # deep only behind face and neck: at the rim it is seen beside the head when that turns
        dark = look.hair_root.shade(2.2)
        middle = (0.0, 0.75)
        deep = radial(middle, 1.02, [(0.0, dark, 0.85), (0.72, dark, 0.62), (1.0, dark, 0.0)], 1.25)
        sheet.fill(shape, deep)
        for side in (1.0, -1.0):
            for u in (0.42, 0.58, 0.74, 0.9):
                strand = spline([(u, 0.4), (u + 0.03, 1.0), (u + 0.10, 1.75)])
                sheet.line(sided(strand, side), hair.ink(look, 2.4), 0.03, 0.8, 0.6, alpha=0.6)
    for side in (1.0, -1.0):
        for lock in _inner_locks(side):
            draw_lock(sheet, look, lock, TONE)


def _outer_locks(side: float) -> list[Lock]:
    k = 1.0 if side > 0 else 0.93
    paths = [
        ([(0.9, 0.3), (1.15, 0.9), (1.24, 1.4), (1.44, 1.72 * k), (1.72, 1.76 * k)], 0.17),
        ([(0.85, 0.3), (1.10, 1.0), (1.16, 1.5), (1.28, 1.86 * k), (1.50, 1.99 * k)], 0.19),
    ]
    locks = [
        Lock(
            [(u * side, v) for u, v in path], width, root=0.6, peak=0.5, shadow=side, open_root=0.1
        )
        for path, width in paths
    ]
    # loose ends, or the silhouette is that of a cape
    for path in (
        [(1.02, 0.5), (1.18, 0.95), (1.26, 1.26), (1.37, 1.46 * k)],
        [(1.00, 0.8), (1.12, 1.45), (1.16, 1.85), (1.30, 2.16 * k)],
    ):
        spine = [(u * side, v) for u, v in path]
        locks.append(Lock(spine, 0.05, root=0.8, peak=0.5, shadow=side, strands=0, open_root=0.3))
    return locks


def _inner_locks(side: float) -> list[Lock]:
    path = [(1.0, -0.5), (1.13, 0.2), (1.12, 0.9), (1.22, 1.35), (1.42, 1.52)]
    return [
        Lock(
            [(u * side, v) for u, v in path], 0.13, root=0.4, peak=0.6, shadow=-side, open_root=0.2
        )
    ]
