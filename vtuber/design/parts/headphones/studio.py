"""Studio: large closed cups, a padded band, rings of light."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import phones
from vtuber.design.craft.phones import Phones
from vtuber.design.look import Look

BESIDE = {"ears": ("human",)}


def draw(look: Look, board: Board) -> None:
    pad = look.cloth_second.mixed(phones.INK, 0.35)
    phones.draw(look, board, Phones(look.cloth, look.cloth_second, pad, look.accent))
