"""Back hair beside its masses: the back of the head, what is gathered, what falls before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.canvas import Ink, Sheet, radial
from vtuber.design.craft import hair
from vtuber.design.craft.tails import Mass, between, draw_mass
from vtuber.design.curves import Point, spline
from vtuber.design.look import Look

BACK_TONE = 0.55  # back hair is darker: without it front and back melt into one

# half outline of a head whose hair is gathered: down to the nape
PINNED_UP = (
    (0.0, -1.46), (0.55, -1.36), (0.94, -1.0), (1.09, -0.45), (1.10, 0.05), (1.02, 0.50),
    (0.84, 0.92),
    (0.58, 1.22), (0.30, 1.36), (0.0, 1.38),
)  # fmt: skip
# the same, drawn together low at the nape
LOW = (
    (0.0, -1.46), (0.55, -1.36), (0.94, -1.0), (1.09, -0.45), (1.10, 0.05), (0.99, 0.46),
    (0.78, 0.84),
    (0.52, 1.12), (0.27, 1.26), (0.0, 1.29),
)  # fmt: skip

# the same, of hair that is cropped or drawn up: nothing hangs behind the neck
UP = (
    (0.0, -1.46), (0.55, -1.37), (0.92, -1.02), (1.06, -0.50), (1.05, 0.0), (0.97, 0.41),
    (0.82, 0.73),
    (0.56, 0.96), (0.28, 1.07), (0.0, 1.10),
)  # fmt: skip
# short hairs at the nape that escape a tie, on either side of the picture: spine, half width
_WISPS = (
    (((0.56, 0.72), (0.62, 0.94), (0.56, 1.10), (0.62, 1.26)), 0.045),
    (((0.44, 0.84), (0.47, 1.02), (0.40, 1.20)), 0.034),
    (((-0.52, 0.76), (-0.57, 0.96), (-0.50, 1.14), (-0.52, 1.24)), 0.040),
)


def drawn_up(sheet: Sheet, look: Look) -> None:
    """Draw the back of a head whose hair is drawn up: the nape is free but for a few wisps."""
    skull(sheet, look, UP)
    for path, width in _WISPS:
        hair.draw_lock(sheet, look, hair.Lock(path, width, strands=0, open_root=0.3), BACK_TONE)


def skull(sheet: Sheet, look: Look, half: Sequence[Point], outlined: float = 1.0) -> None:
    """Draw the back of the head: half outline, from the crown down; its contour up to a part."""
    edge = spline(half)
    shape = curves.symmetric(edge)
    for side in (1.0, -1.0):
        rim = curves.sided(curves.cut(edge, 0.0, outlined), side)
        sheet.stroke(rim, hair.line_ink(look), look.line * 1.8)
    sheet.fill(shape, hair.ink(look, BACK_TONE))
    with sheet.clip(shape):
        deepen(sheet, look)


def hanging(board: Board, name: str, side: str, place: str) -> Sheet:
    """Begin a layer that hangs before the shoulder of a side, drawn at the height of a role."""
    return board.layer(
        name, f"front_locks_{side}", depth=0.05, turn=0.3, group="front_locks", place=place
    )


def deepen(sheet: Sheet, look: Look) -> None:
    """Lay the dark behind face and neck over what is there."""
    with sheet.inside():
        sheet.fill(curves.ellipse((0.0, 0.75), 1.1, 1.4), depths(look))


def gather(
    sheet: Sheet,
    look: Look,
    name: str,
    side: float,
    guides: tuple[Sequence[Point], Sequence[Point]],
) -> None:
    """Draw hair that is drawn together from the side of the head towards a tie."""
    left, right = between(guides, side)
    mass = Mass(f"gather/{name}", left, right, 4, cut=0.01, ragged=0.0, tone=0.3, open_root=0.2)
    draw_mass(sheet, look, mass)


def front_mass(
    look: Look, board: Board, name: str, side: float,
    guides: tuple[Sequence[Point], Sequence[Point]], *, place: str = "face", clumps: int = 3,
    cut: float = 0.2, ragged: float = 0.08, lean: float = 0.0, wave: float = 0.0,
    turns: float = 2.0, phase: float = 0.0, tone: float = 0.0, strands: float = 1.0,
) -> None:  # fmt: skip
    """Draw what falls before one shoulder: without it long hair reads as a cape."""
    sheet = hanging(board, f"back_locks_{name}", name, place)
    left, right = between(guides, side, 1.0 if side > 0 else 0.97)
    mass = Mass(
        f"locks/{name}", left, right, clumps, cut=cut, ragged=ragged, lean=lean, wave=wave,
        turns=turns, phase=phase, tone=tone, strands=strands,
    )  # fmt: skip
    draw_mass(sheet, look, mass)


def depths(look: Look, middle: Point = (0.0, 0.75), radius: float = 1.02) -> Ink:
    """Give the dark behind face and neck; paler at the rim, which shows as the head turns."""
    root = look.hair_root
    dark = root.shade(2.2)
    if 20.0 < root.hue_deg < 110.0:  # the shade of fair and of copper hair is brown, not wine
        dark = replace(root.mixed(dark, 0.25), lightness=dark.lightness)
    stops = [(0.0, dark, 0.9), (0.72, dark, 0.66), (1.0, dark, 0.0)]
    return radial(middle, radius, stops, 1.25)
