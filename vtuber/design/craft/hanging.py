"""What hangs on clothes: a layer of its own, that swings, over the shadow that it leaves.

The shadow is painted on the body and stays there. A layer swings from its top on, so that is where
it is fastened: under a collar, in a knot, along a seam.
"""

from __future__ import annotations

from vtuber.avatar.roles import split_role
from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.canvas import Sheet, union
from vtuber.design.colour import Colour
from vtuber.design.craft import cloth, trim
from vtuber.design.curves import Point, Points
from vtuber.design.look import Look

RIBBON, CLOTH, ACCESSORY = "ribbon", "cloth", "accessory"  # groups of vtuber/avatar/springs.py


def hung(board: Board, name: str, group: str, mesh: tuple[int, int] = (4, 6)) -> Sheet:
    """Begin a layer before the body that hangs from its top."""
    return board.layer(name, "body", mesh=mesh, turn=0.0, group=group, place="ear")


def behind(sheet: Sheet, *shapes: Points, reach: float = 0.05) -> None:
    """Lay on the body the shadow of what will hang there: light comes from the upper left."""
    with sheet.inside():  # none on what is not there
        for outline in union(*(curves.moved(shape, reach * 0.6, reach) for shape in shapes)):
            sheet.shadow(outline, cloth.UNDER, 0.18)


def shade_locks(board: Board) -> None:
    """Lay on every outfit the shadow of the hair that falls before the shoulders."""
    named = {name: split_role(plan.role)[0] for name, plan in board.plans.items()}
    locks = [board.sheets[name] for name, stem in named.items() if stem == "front_locks"]
    for name, stem in named.items():
        if stem == "body" and board.plans[name].place == "ear":
            for lock in locks:
                board.sheets[name].darkened_by(lock, 0.055, 0.050, cloth.UNDER, 0.24)


def bow(
    look: Look,
    board: Board,
    sheet: Sheet,
    at: Point,
    size: float,
    fill: Colour,
    tails: float = 1.0,
    name: str = "neck_bow",
) -> Sheet:
    """Tie a bow before the body's sheet; give its layer, for what is pinned to it."""
    behind(sheet, *trim.bow_shapes(at, size, tails), reach=0.10 * size + 0.02)
    if tails:  # the tails swing; the loops are tied fast
        trim.bow_tails(look, hung(board, f"{name}_tails", RIBBON, (5, 6)), at, size, fill, tails)
    layer = board.layer(name, "body", mesh=(4, 3), turn=0.0, place="ear")
    trim.bow_loops(look, layer, at, size, fill)
    return layer
