"""Puffed cheeks and the tongue that hangs out: controls in, offsets in W out, with NumPy alone.

Rules of ours that all designs share, and so neither drawn by a teacher nor learned: the rig and the
network both add them. At rest, and in every pose without them, they add nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from jaxtyping import Float32

from vtuber.warp.controls import smoothstep
from vtuber.warp.measure import Measured, field, rise
from vtuber.warp.mouth import Mouth

PUFF = 0.1  # W by which a cheek swells beyond what the rig knows
WIDE, LONG = 0.5, 0.19  # of the mouth's width; W: the tongue that hangs
EDGE = 0.018  # W of the cavity around it: its outline


class Grimaces:
    """The cheeks and the tongue of one character."""

    def __init__(self, measured: Measured) -> None:
        self._m, self._mouth = measured, Mouth(measured)
        u, v = measured.u, measured.v
        skin = measured.of("face", "hair_shadow", "blush", "shade")
        chin = measured.marks["chin"][1]
        swell = rise(np.abs(u), 0.15, 0.65) * np.exp(-(((v / chin - 0.68) / 0.3) ** 2))
        self._puff = field(skin, PUFF * np.sign(u) * swell, 0.0)
        self._lip = np.flatnonzero(
            measured.of("lip_lower", "lip_upper") & (np.abs(u - self._mouth.centre) < 0.1)
        )
        self._hung = self._hanging() if len(self._lip) else ()
        self._layers = [*measured.where("mouth_cavity"), *measured.where("tongue")]

    def _hanging(self) -> tuple[tuple[np.ndarray, Float32[np.ndarray, "n 2"]], ...]:
        """Give where cavity and tongue lie when it hangs over the lower lip, in rest's own place.

        The cavity is its outline, so the tongue is laid into it a little smaller.
        """
        m, mouth = self._m, self._mouth
        found = []
        for role, edge in (("mouth_cavity", 0.0), ("tongue", EDGE)):
            rows = np.flatnonzero(m.of(role))
            if not len(rows):
                return ()
            u, v = m.u[rows] - mouth.centre, m.v[rows]
            across = u / max(float(np.abs(u).max()), 1e-3) * (mouth.half * WIDE - edge)
            down = (v - v.min()) / max(float(np.ptp(v)), 1e-3)
            # a row of the mesh is straight, an upper edge follows the lips
            top = mouth.line(mouth.centre + across)
            place = np.column_stack([mouth.centre + across, top + down * (LONG - edge)])
            found.append((rows, place.astype(np.float32)))
        return tuple(found)

    def _hanging_by(self, controls: Mapping[str, float]) -> float:
        """Give how far the tongue hangs out: 0..1; an open mouth has it inside, and lifts it."""
        inside = smoothstep(self._mouth.opening(controls), 0.12, 0.3)
        return controls["tongue_out"] * (1.0 - inside) if self._hung else 0.0

    def add(self, local: Float32[np.ndarray, "v 2"], controls: Mapping[str, float]) -> None:
        """Add what a pose asks for to the offsets of the face, in place."""
        if controls["cheek_puff"]:
            local += np.float32(controls["cheek_puff"]) * self._puff
        hung = np.float32(self._hanging_by(controls))
        if hung:
            lips = local[self._lip].mean(axis=0)  # it hangs from where they are
            for rows, place in self._hung:
                offset = place + lips - self._m.points[rows].astype(np.float32)
                local[rows] += hung * (offset - local[rows])

    def show(self, layer_alpha: Float32[np.ndarray, " l"], controls: Mapping[str, float]) -> None:
        """Let be seen what hangs out of a closed mouth, in place."""
        seen = smoothstep(self._hanging_by(controls), 0.0, 0.3)
        if seen:
            layer_alpha[self._layers] = np.maximum(layer_alpha[self._layers], seen)
