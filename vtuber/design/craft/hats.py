"""Hats: made for the dome of the hair, whose top they cover; the shadow they throw on it.

A hat is `headwear`, so that it turns as the bowl that it is. What goes round behind the head is a
layer of its own, drawn at the place of the back accessories: with that role it would be taken for
a band, whose front fades as it turns away.
"""

from __future__ import annotations

from dataclasses import dataclass

from vtuber.avatar.roles import split_role
from vtuber.design import catalogue, curves
from vtuber.design.board import Board
from vtuber.design.canvas import Sheet
from vtuber.design.craft import hair
from vtuber.design.curves import Point, Points
from vtuber.design.look import Look


@dataclass(frozen=True, slots=True)
class Cover:
    """What of the hair may stay under a hat: from the middle of the top down the left side."""

    edge: tuple[Point, ...]
    tails: bool  # cuts tails and buns too; else they come out behind the hat
    is_tight: bool = False  # lays the front hair close to the temples


# both leave a smooth dome as it is
SNUG = Cover(((0.0, -1.64), (0.62, -1.53), (0.90, -1.28), (1.06, -1.00), (1.18, -0.72),
              (1.38, -0.50), (1.75, -0.28), (4.0, -0.05)), False, True)  # fmt: skip
BRIM = Cover(((0.0, -1.64), (0.62, -1.53), (0.88, -1.28), (1.06, -1.04), (1.30, -0.92),
              (1.62, -0.85), (1.95, -0.74), (4.0, -0.40)), True)  # fmt: skip
NARROW = Cover(((0.0, -1.62), (0.74, -1.52), (0.86, -3.0), (4.0, -3.0)), False)
_TEMPLES = ((0.0, -3.0), (1.12, -3.0), (1.13, -0.80), (1.15, -0.45), (1.15, -0.10), (1.22, 0.20),
            (1.50, 0.60), (2.0, 1.2), (2.0, 6.0), (0.0, 6.0))  # fmt: skip
_HAIR = {"back": "back_hair", "front": "front_hair", "side": "side_hair"}
DEPTH = 0.46  # just over the front hair


def layer(board: Board, name: str = "hat", depth: float = DEPTH) -> Sheet:
    """Begin the front of a hat."""
    return board.layer(name, "headwear", depth=depth, mesh=(12, 10))


def back(board: Board, name: str = "hat_back") -> Sheet:
    """Begin what is seen of a hat behind the head."""
    return board.layer(name, "headwear", depth=-0.30, mesh=(10, 6), place="back_accessory")


def cast(
    look: Look, board: Board, edge: Points, deep: float = 0.10, name: str = "hat_shadow"
) -> None:
    """Throw a hat's shadow on the hair: below its lower edge, which runs from ear to ear."""
    sheet = board.layer(name, "headwear", depth=0.43, mesh=(12, 6), clip="front_hair")
    low = curves.moved(edge, 0.02, deep)
    dark = look.hair_root.shade(1.8)
    sheet.fill(curves.joined(edge, low[::-1]), dark, 0.55, blur=0.012)


def press(look: Look, board: Board, cover: Cover) -> None:
    """Lay hair flat under a hat: while it is on, what would stand out over it is cut off.

    A style may have `draw_under(look, board, cover)`, for hair that cannot be cut.
    """
    right = list(cover.edge[:-1])
    top = curves.spline([*((-u, v) for u, v in right[:0:-1]), *right])
    u, v = cover.edge[-1]
    under = curves.joined(top, [(u, v), (u, 6.0), (-u, 6.0), (-u, v)])
    with board.wearing(toggle="hat"):
        for field, kind in _HAIR.items():
            name = getattr(look.design.hair, field)
            style = "none" if name == "none" else catalogue.style(kind, name)
            if not isinstance(style, str) and hasattr(style, "draw_under"):
                style.draw_under(look, board, cover)
    board.seen_without("hat")
    for plan in board.ordered():
        role, sheet = split_role(plan.role)[0], board.sheets[plan.name]
        bound = role == "back_hair" and plan.name != "back_hair"
        is_hair = role in _HAIR.values() and not (plan.toggle or plan.unless)
        if not is_hair or (bound and not cover.tails):
            continue
        tight = [curves.symmetric(_TEMPLES)] if cover.is_tight and role == "front_hair" else []
        beyond = [shape for shape in (under, *tight) if not sheet.is_within(shape)]
        if beyond:
            flat = sheet.again()
            for shape in beyond:
                flat.keep(shape, hair.line_ink(look), look.line)
            board.exchange(plan.name, "hat", flat)
    for plan in board.ordered():  # what is cut by such hair
        if not plan.toggle and f"{plan.clip}_hat" in board.plans:
            board.exchange(plan.name, "hat", board.sheets[plan.name])


def band(top: Points, bottom: Points) -> Points:
    """Give the shape between two edges that run the same way."""
    return curves.joined(top, bottom[::-1])
