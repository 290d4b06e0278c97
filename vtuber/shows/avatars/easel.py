"""Draws one avatar as a mover moves it: displacements in W and alphas in, pixels out."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float32, UInt8

from vtuber.avatar.avatar import Avatar
from vtuber.core.pose import Pose
from vtuber.core.scene import Actor, Scene, WarpField
from vtuber.runtime.clock import ManualClock
from vtuber.warp.trace import Face

_GREY = 0.5


class Easel:
    """One avatar, at rest but for what it is told. Closes what it opens: use it in a `with`."""

    def __init__(self, avatar: Avatar) -> None:
        from vtuber.render.renderer import GlRenderer

        self._avatar, self._w_px = avatar, Face(avatar).w_px
        self._order = np.arange(len(avatar.layers), dtype=np.int32)
        actor = Actor("one", "one", Pose.rest(), hidden_layers=avatar.not_worn())
        self._actors = (actor,)
        self._renderer = GlRenderer(ManualClock())
        self._renderer.load("one", avatar)

    def __enter__(self) -> Easel:
        return self

    def __exit__(self, *error: object) -> None:
        self._renderer.close()

    def size_px(self, height_px: int) -> tuple[int, int]:
        """Give the size of the picture of a whole canvas so high."""
        width, height = self._avatar.canvas_px
        return round(height_px * width / height), height_px

    def rgba(
        self, moved: tuple[np.ndarray, np.ndarray], height_px: int
    ) -> UInt8[np.ndarray, "h w 4"]:
        """Draw the whole canvas: premultiplied, top row first."""
        displacement, alpha = moved
        positions = self._avatar.vertices_px + displacement * self._w_px
        shown = [bool(alpha[part].any()) for part in self._avatar.layer_slices]
        field = WarpField(
            positions.astype(np.float32), alpha, self._order, np.array(shown, np.bool_)
        )
        scene = Scene(0, 0, 0, self.size_px(height_px), self._actors)
        return self._renderer.draw(scene, (field,)).rgba.copy()


def over_grey(rgba: UInt8[np.ndarray, "h w 4"]) -> Float32[np.ndarray, "h w 3"]:
    """Lay a premultiplied picture over grey: 0..1."""
    pixels = rgba.astype(np.float32) / 255.0
    return np.asarray(pixels[..., :3] + _GREY * (1.0 - pixels[..., 3:]))
