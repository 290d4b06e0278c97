"""Draw a whole design: styles in, a board of finished layers out."""

from __future__ import annotations

from dataclasses import replace

from vtuber.design import catalogue
from vtuber.design.board import Board
from vtuber.design.colour import parse_colour
from vtuber.design.craft import brow, effects, eye, hanging, hats, head, mouth
from vtuber.design.frame import Frame
from vtuber.design.genome import EXTRAS, Design, Outfit
from vtuber.design.look import Look, see


def draw(design: Design) -> Board:
    """Draw every layer of a character: the same bits for the same design, size and machine."""
    look = see(design)
    board = Board(look)
    _style("back_hair", design.hair.back, look, board)
    for name, outfit in outfits(design).items():
        with board.wearing(outfit=name):
            _dress(outfit, look, board)
    head.draw(look, board)
    _style("ears", design.face.ears, look, board)
    _style("marks", design.face.marks, look, board)
    _style("nose", design.face.nose, look, board)
    mouth.draw(look, board)
    eye.draw(look, board)
    effects.draw(look, board)
    _style("side_hair", design.hair.side, look, board)
    _style("front_hair", design.hair.front, look, board)
    hat = design.extras.hat
    cover = None if hat == "none" else catalogue.style("hat", hat).COVER
    with board.wearing(unless="hat" if cover else None):
        _style("ahoge", design.hair.ahoge, look, board)
    brow.draw(look, board)
    if cover:
        hats.press(look, board, cover)
    for kind in EXTRAS:
        with board.wearing(toggle=kind):
            _style(kind, getattr(design.extras, kind), look, board)
    hanging.shade_locks(board)
    return board


def outfits(design: Design) -> dict[str, Outfit]:
    """Name the outfits of a design: by their style; an only one needs no name in the bundle."""
    if design.second is None:
        return {"": design.outfit}
    first, second = design.outfit.style, design.second.style
    return {first: design.outfit, second if second != first else f"{second}_second": design.second}


def _style(kind: str, name: str, look: Look, board: Board) -> None:
    if name != "none":
        catalogue.style(kind, name).draw(look, board)


def _dress(outfit: Outfit, look: Look, board: Board) -> None:
    """Draw clothes in their own colours."""
    if outfit.cloth:
        look = replace(look, cloth=parse_colour(outfit.cloth))
    if outfit.second:
        look = replace(look, cloth_second=parse_colour(outfit.second))
    look = replace(look, design=replace(look.design, outfit=outfit))
    _style("outfit", outfit.style, look, board)


def frame(design: Design, height_px: int = 1280) -> Frame:
    """Give the canvas of a design at a height: its proportions, and how the head lies on it."""
    standard = Frame()
    if design.body.proportions == "chibi":  # a small body ends higher: a larger head, lower down
        standard = replace(standard, unit_px=248.0, eye_line_px=640.0)
    ears = design.face.ears
    room = getattr(catalogue.style("ears", ears), "HEADROOM", 0.0) if ears != "none" else 0.0
    if room:  # tall ears: a smaller head, lower down, so that a nod cuts nothing
        unit_px = standard.unit_px * (1 - 0.2 * room)
        standard = replace(
            standard, unit_px=unit_px, eye_line_px=standard.eye_line_px + 0.5 * room * unit_px
        )
    return standard.scaled(height_px / standard.size_px[1])
