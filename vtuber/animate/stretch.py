"""Measured values in, the same from another range to another out: a smile that is shown larger."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float32

from vtuber.core.pose import BASE


@dataclass(frozen=True, slots=True)
class Stretch:
    """One parameter: what is measured from `low` to `high` shows from `to_low` to `to_high`.

    What is measured beyond shows no further. `low` is below `high`; `to_low` may be above
    `to_high`, which turns the value round.
    """

    name: str  # of the base pose, as the avatar has it: mirrored
    low: float
    high: float
    to_low: float
    to_high: float

    def __call__(self, value: float) -> float:
        """Give what shows of a measured value.

        >>> Stretch("jawOpen", 0.25, 0.75, 0.0, 1.0)(0.5)
        0.5
        """
        share = min(max((value - self.low) / (self.high - self.low), 0.0), 1.0)
        return self.to_low + share * (self.to_high - self.to_low)


def stretched(
    values: Float32[np.ndarray, " n"], ranges: tuple[Stretch, ...]
) -> Float32[np.ndarray, " n"]:
    """Give the values of a base pose with those of `ranges` stretched."""
    if not ranges:
        return values
    values = values.copy()
    for stretch in ranges:
        at = BASE.index[stretch.name]
        values[at] = stretch(float(values[at]))
    return values
