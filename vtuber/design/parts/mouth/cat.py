"""Cat: two small bows that meet under the nose; open, a fang under each."""

from __future__ import annotations

from vtuber.design.craft.mouth import MouthStyle

ODDS = 0.3  # of being rolled, beside a common style

STYLE = MouthStyle(
    # shallow bows: deep ones bend the lower lip too, while the mouth is half open
    half=((0.0, -0.012), (0.20, 0.014), (0.48, 0.028), (0.78, 0.014), (1.0, -0.020)),
    width=0.95,
    cusp=True,
    height=0.98,
    # a row of teeth along the bows is a second lip
    teeth=0.0,
    canines=(-0.50, 0.50),
)
