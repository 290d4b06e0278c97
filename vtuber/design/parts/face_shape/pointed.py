"""Pointed: lean cheeks and a sharp chin."""

from __future__ import annotations

from vtuber.design.craft.head import FaceShape

SHAPE = FaceShape(
    jaw=0.86, cheek=0.985, cheek_low=0.890, side=0.700, corner=0.235, chin=0.40, point=0.034,
    length=0.045,
)  # fmt: skip
