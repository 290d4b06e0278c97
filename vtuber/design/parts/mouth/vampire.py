"""Vampire: a cool smile with a fang on either side."""

from __future__ import annotations

from vtuber.design.craft.mouth import MouthStyle

ODDS = 0.2  # of being rolled, beside a common style

STYLE = MouthStyle(
    half=((0.0, 0.0), (0.60, -0.004), (1.0, -0.034)), width=1.12, fangs=(-0.52, 0.52)
)
