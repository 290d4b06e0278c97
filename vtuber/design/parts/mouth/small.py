"""Small: a tiny curve; shy, doll-like."""

from __future__ import annotations

from vtuber.design.craft.mouth import MouthStyle

SUITS = (0.5, 1.0)

STYLE = MouthStyle(
    half=((0.0, 0.008), (0.6, 0.0), (1.0, -0.018)),
    width=0.50,
    weight=0.029,
    height=0.78,
    belly=1.34,
    teeth=0.042,
)
