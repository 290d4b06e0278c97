"""Soft: a light arch."""

from __future__ import annotations

from vtuber.design.craft.brow import BrowShape

ODDS = 2.0  # of being rolled, beside a common style

SHAPE = BrowShape()
