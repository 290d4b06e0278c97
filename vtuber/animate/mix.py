"""Pose sources in, one pose out: each lies over the one before it, by weight and by gain.

The order is the law of the whole program: default < idle < tracking < script one-shots <
expressions < what sound does to the mouth < hand-held values < physics.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vtuber.core.pose import Pose, PoseInput, PoseSpace


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One source and how much of it is wanted now (cross-fades)."""

    source: PoseInput
    gain: float = 1.0  # 0..1
    is_stronger: bool = False  # only what it raises counts


def mix(space: PoseSpace, parts: Sequence[Part]) -> Pose:
    """Lay the parts over the space's defaults, in order; values stay in the space's range."""
    values = space.default.copy()
    for part in parts:
        n = len(part.source.values)
        weights = part.source.weights * np.float32(part.gain)
        change = part.source.values - values[:n]
        values[:n] += weights * (np.maximum(change, 0.0) if part.is_stronger else change)
    return Pose(space, np.clip(values, space.low, space.high, out=values))
