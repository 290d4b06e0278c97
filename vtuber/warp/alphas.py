"""How opaque each layer is in a pose: measures once, then controls in and alphas out.

Exact and the same for every design: an alpha is a rule of its role. So the rig and the network
share it.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from jaxtyping import Float32

from vtuber.warp.band import Band
from vtuber.warp.eyes import Eye
from vtuber.warp.measure import Measured
from vtuber.warp.mouth import Mouth
from vtuber.warp.turn import Turn

# effect roles: the amount that shows them; at rest they show nothing
EFFECT_OF_ROLE = {
    "blush": "blush", "tears": "tears", "sweat": "sweat", "anger_mark": "angerMark",
    "shade": "shade",
}  # fmt: skip


class Alphas:
    """The alphas of one character."""

    def __init__(self, measured: Measured, eyes: tuple[Eye, ...], mouth: Mouth, band: Band) -> None:
        self._parts = measured.parts
        self._eyes, self._mouth, self._band = eyes, mouth, band
        self._part_of_vertex = measured.per_vertex(np.arange(len(measured.parts)))

    def of_layers(self, controls: Mapping[str, float]) -> Float32[np.ndarray, " l"]:
        table: dict[tuple[str, str], float] = {
            (role, ""): controls[effect] for role, effect in EFFECT_OF_ROLE.items()
        }
        table |= {(role, ""): a for role, a in self._mouth.alphas(controls).items()}
        for eye in self._eyes:
            table |= {(role, eye.side): a for role, a in eye.alphas(controls).items()}
        return np.array(
            [table.get((part.role, part.side), 1.0) for part in self._parts], np.float32
        )

    def of_vertices(
        self, layer_alpha: Float32[np.ndarray, " l"], turn: Turn
    ) -> Float32[np.ndarray, " v"]:
        alpha: Float32[np.ndarray, " v"] = layer_alpha[self._part_of_vertex]
        self._band.fade(alpha, turn.yaw)
        return alpha
