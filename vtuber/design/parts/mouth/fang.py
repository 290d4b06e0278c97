"""Fang: a smile with one pointed tooth that peeps out."""

from __future__ import annotations

from vtuber.design.craft.mouth import MouthStyle

ODDS = 0.3  # of being rolled, beside a common style

STYLE = MouthStyle(half=((0.0, 0.004), (0.55, -0.010), (1.0, -0.046)), width=1.06, fangs=(0.50,))
