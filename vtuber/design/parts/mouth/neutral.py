"""Neutral: a short level line; composed."""

from __future__ import annotations

from vtuber.design.craft.mouth import MouthStyle

ODDS = 0.8  # of being rolled, beside a common style

STYLE = MouthStyle(half=((0.0, 0.0), (0.55, -0.001), (1.0, 0.004)), width=0.74, height=0.90)
