"""Round: tall and open, the iris fills it; the classic lively eye."""

from __future__ import annotations

from vtuber.design.craft.opening import EyeShape

SHAPE = EyeShape()
