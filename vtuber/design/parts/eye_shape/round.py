"""Round: tall and open, the iris fills it; the classic lively eye."""

from __future__ import annotations

from vtuber.design.craft.opening import EyeShape

SUITS = (0.4, 1.0)

SHAPE = EyeShape()
