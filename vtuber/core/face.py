"""What a face source saw in one frame. Values only."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float32

from vtuber.core.pose import BASE, PoseInput


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """One performer in one frame: unmirrored, absolute, not predicted."""

    captured_ns: int  # copied from the Frame
    sequence: int  # copied from the Frame
    found: bool
    pose: PoseInput | None  # over pose.BASE; None when no face was found
    landmarks_px: Float32[np.ndarray, "n 3"] | None = None  # frame pixels, y down; z likewise
    frame_size_px: tuple[int, int] = (0, 0)  # width, height
    track_ns: int = 0  # time that finding and measuring took
    ready_ns: int = 0  # when the beat could have it; 0: nobody looked
    performer: int = 1  # of several in one picture

    def as_dict(self) -> dict[str, float]:
        """Give what was measured, by name: degrees, cm and 0..1; nothing when no face was found.

        >>> Face(0, 0, True, PoseInput.of({"headYaw": 20.0})).as_dict()
        {'headYaw': 20.0}
        """
        if self.pose is None:
            return {}
        given = zip(BASE.names, self.pose.values, self.pose.weights, strict=True)
        return {name: float(value) for name, value, weight in given if weight}

    @staticmethod
    def lost(captured_ns: int, sequence: int, track_ns: int = 0) -> "Face":
        return Face(captured_ns, sequence, False, None, track_ns=track_ns)
