"""Bands that go round the head: on the far side of a turned head they are behind the hair.

A band is headwear with a back half: a `back_accessory` of the same toggle, drawn alike. The front
half fades out where a turn takes it behind the head, and what stands out beside the hair is the
back half's.
"""

from __future__ import annotations

from math import sin

import numpy as np
from jaxtyping import Bool, Float32

from vtuber.warp.measure import Measured, rise

HIDDEN_FROM, HIDDEN_AT = 0.12, 0.26  # W behind the axis: where the front half fades


class Band:
    """The bands of one character; none is the common case."""

    def __init__(self, measured: Measured) -> None:
        parts = measured.parts
        front, back = (
            {part.toggle for part in parts if part.role == role and part.toggle}
            for role in ("headwear", "back_accessory")
        )
        self._toggles = front & back
        self._fading = [
            (run, measured.u[run].astype(np.float32))
            for part, run in zip(parts, measured.slices, strict=True)
            if part.role == "headwear" and part.toggle in self._toggles
        ]
        self.members: Bool[np.ndarray, " v"] = measured.per_vertex(
            np.array([part.toggle in self._toggles for part in parts])
        )

    def fade(self, alpha: Float32[np.ndarray, " v"], yaw_rad: float) -> None:
        """Fade in place what a turn takes behind the head."""
        for part, u in self._fading if yaw_rad else ():
            behind = u * np.float32(sin(yaw_rad))
            alpha[part] *= 1.0 - rise(behind, HIDDEN_FROM, HIDDEN_AT)
