"""Cat: two small bows that meet under the nose."""

from __future__ import annotations

from vtuber.design.craft.mouth import MouthStyle

ODDS = 0.3  # of being rolled, beside a common style

STYLE = MouthStyle(
    half=((0.0, -0.014), (0.20, 0.018), (0.48, 0.034), (0.78, 0.016), (1.0, -0.032)),
    width=0.92,
    cusp=True,
    height=0.92,
)
