"""Soft: a light arch."""

from __future__ import annotations

from vtuber.design.craft.brow import BrowShape

SHAPE = BrowShape()
