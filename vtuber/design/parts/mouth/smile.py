"""Smile: corners a little up."""

from __future__ import annotations

from vtuber.design.craft.mouth import MouthStyle

ODDS = 3.0  # of being rolled, beside a common style

STYLE = MouthStyle()
