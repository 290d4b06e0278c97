"""Round: tall, open, a little higher at the outer corner."""

from __future__ import annotations

from vtuber.design.craft.opening import EyeShape

SHAPE = EyeShape()
