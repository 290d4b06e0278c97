"""The exact rig: an avatar once, then poses in and warp fields out, with NumPy alone.

Every motion of eyes, brows and mouth is an offset field over all vertices times a coefficient; the
sum goes through the 2.5-D turn of head and body. All coefficients are zero at rest but for what
is invisible there (the closed lids, the inside of the mouth), so rest is exactly the art.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from jaxtyping import Float32

from vtuber.avatar.avatar import Avatar
from vtuber.avatar.roles import SIDES
from vtuber.core.pose import BASE, Pose
from vtuber.core.scene import WarpField
from vtuber.warp.band import Band
from vtuber.warp.controls import Fold
from vtuber.warp.eyes import Eye
from vtuber.warp.measure import Fields, Measured
from vtuber.warp.mouth import Mouth
from vtuber.warp.sway import Sway
from vtuber.warp.turn import Turn, Turner

# effect roles: the amount that shows them; at rest they show nothing
EFFECT_OF_ROLE = {
    "blush": "blush", "tears": "tears", "sweat": "sweat", "anger_mark": "angerMark",
    "shade": "shade",
}  # fmt: skip


class Rig:
    """Warps one avatar (the port `Warper`)."""

    def __init__(self, avatar: Avatar) -> None:
        self.avatar = avatar
        measured = Measured(avatar)
        self._w_px = np.float32(measured.w_px)
        self._eyes = tuple(Eye(measured, side) for side in SIDES)
        self._mouth = Mouth(measured)
        self._band = Band(measured)
        self._turner = Turner(measured, self._band.members)
        fields: Fields = dict(self._mouth.fields())
        for eye in self._eyes:
            fields |= eye.fields()
        self._fields = tuple((name, *_trimmed(offsets)) for name, offsets in fields.items())
        self._layer_of_vertex = measured.per_vertex(np.arange(len(avatar.layers)))
        self._order = np.arange(len(avatar.layers), dtype=np.int32)
        self._fold = Fold(BASE)
        self._sway = Sway(avatar)

    def warp(self, pose: Pose, sway: Float32[np.ndarray, "n 2"] | None = None) -> WarpField:
        """Move the avatar's vertices as a pose asks.

        `sway` is what physics says of the strands' joints; they swing before the head turns.
        """
        if pose.space is not self._fold.space:
            self._fold = Fold(pose.space)
        controls = self._fold(pose)
        local = self._local(controls)
        if sway is not None:
            self._sway.add(local, sway)
        turn = Turn.of(controls)
        moved = self._turner(local, turn)
        layer_alpha = self._layer_alpha(controls)
        alpha = layer_alpha[self._layer_of_vertex]
        self._band.fade(alpha, turn.yaw)
        return WarpField(
            positions_px=self.avatar.vertices_px + moved * self._w_px,
            alpha=alpha,
            order=self._order,
            visible=layer_alpha > 0.0,
        )

    def _local(self, controls: Mapping[str, float]) -> Float32[np.ndarray, "v 2"]:
        """Add up the offset fields of eyes, brows and mouth, in W."""
        coefficients = self._mouth.coefficients(controls)
        for eye in self._eyes:
            coefficients |= eye.coefficients(controls)
        local = np.zeros_like(self.avatar.vertices_px)
        # A product with one matrix is no faster here, and BLAS keeps a second core busy with it:
        # 0.31 ms of CPU time a frame against 0.15 (3,000 vertices, 45 fields).
        for name, part, offsets in self._fields:
            coefficient = coefficients[name]
            if coefficient:
                local[part] += np.float32(coefficient) * offsets
        return local

    def _layer_alpha(self, controls: Mapping[str, float]) -> Float32[np.ndarray, " l"]:
        table: dict[tuple[str, str], float] = {
            (role, ""): controls[effect] for role, effect in EFFECT_OF_ROLE.items()
        }
        table |= {(role, ""): a for role, a in self._mouth.alphas(controls).items()}
        for eye in self._eyes:
            table |= {(role, eye.side): a for role, a in eye.alphas(controls).items()}
        return np.array(
            [table.get((layer.role, layer.side), 1.0) for layer in self.avatar.layers], np.float32
        )


def _trimmed(offsets: Float32[np.ndarray, "v 2"]) -> tuple[slice, Float32[np.ndarray, "n 2"]]:
    """Cut an offset field to the run of vertices that it moves."""
    moved = np.flatnonzero(offsets.any(axis=1))
    part = slice(int(moved[0]), int(moved[-1]) + 1) if len(moved) else slice(0, 0)
    return part, offsets[part].copy()
