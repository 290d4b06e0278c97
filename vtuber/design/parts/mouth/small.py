"""Small: a tiny curve; shy, doll-like."""

from __future__ import annotations

from vtuber.design.craft.mouth import MouthStyle

SUITS = (0.5, 1.0)

STYLE = MouthStyle(
    half=((0.0, 0.006), (0.6, 0.001), (1.0, -0.010)),
    width=0.56,
    weight=0.029,
    height=0.78,
    belly=1.24,
    teeth=0.042,
)
