"""Smile: corners a little up."""

from __future__ import annotations

from vtuber.design.craft.mouth import MouthStyle

STYLE = MouthStyle()
