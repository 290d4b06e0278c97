"""Grin: broad, the corners high, a row of teeth between the lips."""

from __future__ import annotations

from vtuber.design.craft.mouth import MouthStyle

ODDS = 0.3  # of being rolled, beside a common style

STYLE = MouthStyle(
    half=((0.0, 0.008), (0.45, -0.002), (0.80, -0.034), (1.0, -0.074)),
    width=1.42,
    height=1.0,
    teeth=0.074,
    bared=0.066,
)
