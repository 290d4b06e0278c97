"""The exact rig: an avatar once, then poses in and warp fields out, with NumPy alone."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float32

from vtuber.avatar.avatar import Avatar
from vtuber.core.pose import BASE, Pose
from vtuber.core.scene import WarpField
from vtuber.warp.controls import Fold
from vtuber.warp.measure import Measured
from vtuber.warp.motion import Motion
from vtuber.warp.sway import Sway
from vtuber.warp.trace import Face, measure
from vtuber.warp.turn import Turn


class Rig:
    """Warps one avatar (the port `Warper`), as it measures or as it is told that it measures."""

    def __init__(self, avatar: Avatar, measured: Measured | None = None) -> None:
        self.avatar = avatar
        self._w_px = np.float32(Face(avatar).w_px)
        self._motion = Motion(measured or measure(avatar))
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
        local = self._motion.local(controls)
        if sway is not None:
            self._sway.add(local, sway)
        turn = Turn.of(controls)
        layer_alpha = self._motion.alphas.of_layers(controls)
        return WarpField(
            positions_px=self.avatar.vertices_px + self._motion.turner(local, turn) * self._w_px,
            alpha=self._motion.alphas.of_vertices(layer_alpha, turn),
            order=self._order,
            visible=layer_alpha > 0.0,
        )
