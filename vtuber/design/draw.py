"""Draw a whole design: parts in, a board of finished layers out."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.canvas import Frame
from vtuber.design.design import Design
from vtuber.design.parts import (
    back_hair,
    brows,
    effects,
    eyes,
    face,
    front_hair,
    hairpin,
    headphones,
    hoodie,
    mouth,
    nose,
    side_hair,
)

PARTS = (
    back_hair, hoodie, face, nose, mouth, eyes, effects, side_hair, front_hair, brows, headphones,
    hairpin,
)  # fmt: skip


def draw(design: Design, frame: Frame | None = None) -> Board:
    """Draw every layer of a character: the same bits for the same design, frame and machine."""
    board = Board(frame or Frame())
    for part in PARTS:
        part.draw(design, board)
    return board
