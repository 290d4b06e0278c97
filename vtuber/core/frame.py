"""What a source hands over. Values only."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import UInt8


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One image from a source, never flipped."""

    rgb: UInt8[np.ndarray, "h w 3"]  # sRGB, top row first
    captured_ns: int  # on the show's clock: the driver's stamp, else the hand-over
    sequence: int  # counts what the source saw, so that gaps show

    def __repr__(self) -> str:
        height, width = self.rgb.shape[:2]
        return f"Frame({width}x{height}, captured_ns={self.captured_ns}, sequence={self.sequence})"
