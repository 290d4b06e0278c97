"""Round: full low cheeks and a short soft chin."""

from __future__ import annotations

from vtuber.design.craft.head import FaceShape

SHAPE = FaceShape(
    jaw=1.14, cheek=1.0, cheek_low=0.975, side=0.865, corner=0.185, chin=0.52, length=-0.045
)
