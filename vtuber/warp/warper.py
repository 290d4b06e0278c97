"""From a motion in W to the port `Warper`: what the rig and the network share."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping

import numpy as np
from jaxtyping import Float32

from vtuber.avatar.avatar import Avatar
from vtuber.core.pose import BASE, Pose
from vtuber.core.scene import WarpField
from vtuber.warp.alphas import Alphas
from vtuber.warp.controls import Fold
from vtuber.warp.grimaces import Grimaces
from vtuber.warp.measure import Measured
from vtuber.warp.sway import Sway
from vtuber.warp.trace import Face
from vtuber.warp.turn import Turn, Turner


class Moving(ABC):
    """Moves the vertices of one character: offsets of its own, then the turn of head and body."""

    measured: Measured
    alphas: Alphas
    turner: Turner

    @abstractmethod
    def local(self, controls: Mapping[str, float]) -> Float32[np.ndarray, "v 2"]:
        """Give the offsets of eyes, brows and mouth, in W, before the head turns."""

    def __call__(
        self, controls: Mapping[str, float]
    ) -> tuple[Float32[np.ndarray, "v 2"], Float32[np.ndarray, " v"]]:
        """Give each vertex its whole displacement in W, and its alpha (0..1), without any sway."""
        turn = Turn.of(controls)
        alpha = self.alphas.of_vertices(self.alphas.of_layers(controls), turn)
        return self.turner(self.local(controls), turn), alpha


class AvatarWarper:
    """Warps one avatar by a motion of it (the port `Warper`)."""

    def __init__(self, avatar: Avatar, motion: Moving) -> None:
        self.avatar, self.motion = avatar, motion
        self._w_px = np.float32(Face(avatar).w_px)
        self._order = np.arange(len(avatar.layers), dtype=np.int32)
        self._fold = Fold(BASE)
        self._sway, self._grimaces = Sway(avatar), Grimaces(motion.measured)

    def warp(self, pose: Pose, sway: Float32[np.ndarray, "n 2"] | None = None) -> WarpField:
        """Move the avatar's vertices as a pose asks.

        `sway` is what physics says of the strands' joints; they swing before the head turns.
        """
        if pose.space is not self._fold.space:
            self._fold = Fold(pose.space)
        controls = self._fold(pose)
        local = self.motion.local(controls)
        self._grimaces.add(local, controls)
        if sway is not None:
            self._sway.add(local, sway)
        turn = Turn.of(controls)
        layer_alpha = self.motion.alphas.of_layers(controls)
        self._grimaces.show(layer_alpha, controls)
        return WarpField(
            positions_px=self.avatar.vertices_px + self.motion.turner(local, turn) * self._w_px,
            alpha=self.motion.alphas.of_vertices(layer_alpha, turn),
            order=self._order,
            visible=layer_alpha > 0.0,
        )
