"""Afro: a great round halo of tight coils about the whole head."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float64

from vtuber.design.board import Board
from vtuber.design.craft import coils, nape
from vtuber.design.craft.hats import Cover
from vtuber.design.look import Look

ODDS = 0.6  # of being rolled, beside a common style
BESIDE = {
    "front_hair": ("coily", "cornrows"),
    "side_hair": (),
    "ahoge": (),
    "halo": (),
    "ears": ("human", "elf", "fins"),  # others drown in it
    "horns": ("antlers", "curved", "dragon", "oni", "unicorn"),
}
BULK = 0.5  # W that it stands over the head: a band sinks into it

MIDDLE, ACROSS, HIGH = (0.0, -0.42), 1.50, 1.56  # the halo's half axes
RINGS = ((1.0, 30, 0.19), (0.84, 25, 0.20), (0.66, 20, 0.20))  # of the axes, coils, radius
# over the dome, those behind first
CROWN = ((0.95, 15, 0.21), (0.80, 12, 0.20), (0.66, 9, 0.19))


def draw(look: Look, board: Board) -> None:
    draw_under(look, board, None)


def draw_under(look: Look, board: Board, cover: Cover | None) -> None:
    """Draw it as it is, or as it lies under a hat."""
    sheet = board.layer("back_hair", depth=-0.40, group="back_hair")
    nape.skull(sheet, look, nape.PINNED_UP)
    rng = look.rng("afro")
    balls = [
        ball
        for part, count, radius in RINGS
        for ball in _ring(rng, part, np.linspace(0, 2 * np.pi, count, endpoint=False), radius)
    ]
    coils.draw_cloud(sheet, look, coils.kept(balls, cover), 0.45, "afro", tight=True)
    coils.round_off(sheet, look, MIDDLE, 1.7)
    nape.deepen(sheet, look)
    balls = [
        ball
        for part, count, radius in CROWN
        for ball in _ring(rng, part, np.radians(np.linspace(-168, -12, count)), radius)
        if abs(ball[0]) < 1.0 or ball[1] < -0.6
    ]
    if balls := coils.kept(balls, cover):
        top = board.layer(
            "afro_crown", "front_hair", depth=0.30, group="back_hair", place="front_locks"
        )
        coils.draw_cloud(
            top, look, balls, 0.1, "afro/crown", tight=True, weight=0.65, glint=(-1.62, -1.05)
        )
        coils.round_off(top, look, MIDDLE, 1.7)


def _ring(
    rng: np.random.Generator, part: float, angles: Float64[np.ndarray, " n"], radius: float
) -> list[tuple[float, float, float]]:
    balls = []
    for angle in angles + rng.uniform(-0.04, 0.04, len(angles)):
        reach = part + rng.uniform(-0.03, 0.03)
        u = MIDDLE[0] + ACROSS * reach * np.cos(angle)
        v = MIDDLE[1] + HIGH * reach * np.sin(angle)
        balls.append((float(u), float(v), float(radius * rng.uniform(0.88, 1.12))))
    return balls
