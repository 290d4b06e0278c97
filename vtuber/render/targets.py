"""The surfaces that are drawn on, each knowing which box of it is not empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import UInt8

from vtuber.core.look import Background
from vtuber.core.picture import Box, union
from vtuber.core.pose import Pose
from vtuber.core.scene import Fading, Placement
from vtuber.image.convert import covering, mixed
from vtuber.render.context import let_go
from vtuber.render.place import NOTHING
from vtuber.render.pool import PicturePool

if TYPE_CHECKING:
    import moderngl

_SLICES = 1024  # a thousand layers in each are still 16 steps of 24 bits apart


class Target:
    """One RGBA surface of the picture's size, premultiplied, row 0 = the top row."""

    def __init__(self, context: moderngl.Context, depth: moderngl.Renderbuffer) -> None:
        self._context = context
        self.texture = context.texture(depth.size, 4)
        self.frame = context.framebuffer([self.texture], depth)
        self.frame.depth_mask = False
        self.frame.clear(viewport=(0, 0, *depth.size))
        self.box = NOTHING  # everything outside is (0, 0, 0, 0)

    def clear(self) -> None:
        """Empty it; only what was drawn on is touched."""
        if not self.box.is_empty:
            let_go(self._context)
            self.frame.clear(viewport=_viewport(self.box))
            self.box = NOTHING

    def use(self, box: Box) -> None:
        """Draw here next, inside this box and nowhere else."""
        self.frame.scissor = _viewport(box)
        self.frame.use()
        self.box = union(self.box, box)

    def release(self) -> None:
        """Give the memory back."""
        self.frame.release()
        self.texture.release()


class Targets:
    """Everything of one picture size: the picture, and on demand a group, a copy and masks."""

    def __init__(self, context: moderngl.Context, size_px: tuple[int, int]) -> None:
        self.size_px = size_px
        self._context = context
        # One for all: an actor is finished before the next one begins.
        self._depth = context.depth_renderbuffer(size_px)
        self._depth_frame = context.framebuffer(depth_attachment=self._depth)
        self._slice = 0
        self.picture = Target(context, self._depth)
        self._group: Target | None = None
        self._kept: Target | None = None
        self._kept_pose: Pose | None = None
        self._kept_camera = Placement()  # under which that was drawn
        self._below: Target | None = None
        self._backdrops: dict[Background | None, UInt8[np.ndarray, "h w 4"]] = {}  # as large
        self._masks: list[Target] = []
        self._pool = PicturePool(size_px)

    @property
    def group(self) -> Target:
        """Where an actor before others is finished on its own."""
        self._group = self._group or Target(self._context, self._depth)
        return self._group

    def begin(self, background: Background | None, fading: Fading = ()) -> None:
        """Empty the picture, or fill it with what stands behind the actors."""
        if background is None and not fading:
            self.picture.clear()
            return
        stack = (*(below for below, _ in fading), background)
        known = self._backdrops
        self._backdrops = {b: known[b] if b in known else self._cut(b) for b in stack}
        backdrop = self._backdrops[stack[0]]
        for above, (_, share) in zip(stack[1:], fading, strict=True):
            backdrop = mixed(backdrop, self._backdrops[above], share)
        # From memory, 0.2 ms at 720p on llvmpipe.
        self.picture.texture.write(backdrop)
        self.picture.box = Box(0, 0, *self.size_px)

    def _cut(self, background: Background | None) -> UInt8[np.ndarray, "h w 4"]:
        if background is None:
            return np.zeros((self.size_px[1], self.size_px[0], 4), np.uint8)
        return covering(background.rgb, self.size_px)

    def make_kept(self) -> Target:
        """Have the memory of an actor ready who only fades, and give it."""
        self._kept = self._kept or Target(self._context, self._depth)
        return self._kept

    def keep(self, pose: Pose) -> Target:
        """Give where to draw an actor who stands still in this pose, to be kept; it is empty."""
        kept = self.make_kept()
        kept.clear()
        self._kept_pose = pose
        return kept

    def kept(self, pose: Pose, camera: Placement) -> Target | None:
        """Give the picture that is kept of an actor in this very pose, if there is one.

        Another camera makes all that is kept worthless, also of who is out of the picture now.
        """
        if camera != self._kept_camera:
            self._kept_pose, self._kept_camera = None, camera
        return self._kept if pose is self._kept_pose else None

    def masks(self, count: int) -> list[Target]:
        """Give surfaces whose channels hold the alpha of four clips each."""
        while len(self._masks) < count:
            self._masks.append(Target(self._context, self._depth))
        return self._masks[:count]

    def next_slice(self) -> tuple[float, float]:
        """Give middle and half width of a slice of depth, nearer than all that was drawn before.

        So one actor's depth is nothing to the next one, and to clear it (0.5 ms at 720p on
        llvmpipe) is due once in so many.
        """
        if self._slice == 0:
            self._depth_frame.clear(depth=1.0, viewport=(0, 0, *self.size_px))
        half = 1.0 / _SLICES
        middle = 1.0 - (2 * self._slice + 1) * half
        self._slice = (self._slice + 1) % _SLICES
        return middle, half

    def copy_below(self, target: Target) -> moderngl.Texture:
        """Copy what was drawn so far, for a blend mode that reads it."""
        # The whole surface, 0.1 ms at 720p on llvmpipe; only `overlay` needs it.
        self._below = self._below or Target(self._context, self._depth)
        let_go(self._context)
        for frame in (target.frame, self._below.frame):
            frame.scissor = (0, 0, *self.size_px)
        self._context.copy_framebuffer(self._below.frame, target.frame)
        return self._below.texture

    def read(self) -> UInt8[np.ndarray, "h w 4"]:
        """Read the finished picture; `context.finish` has been called."""
        box, width = self.picture.box, self.size_px[0]
        rgba = self._pool.lend(slice(box.top, box.bottom))
        if not box.is_empty:
            # Whole rows: OpenGL then writes straight into the picture.
            rows = (0, box.top, width, box.bottom - box.top)
            start = box.top * width * 4
            self.picture.frame.read_into(rgba, rows, components=4, write_offset=start)
        rgba.setflags(write=False)
        return rgba

    def release(self) -> None:
        """Give the memory back; pictures that are still held keep theirs."""
        self._pool.close()
        for target in (self.picture, self._group, self._kept, self._below, *self._masks):
            if target is not None:
                target.release()
        self._depth_frame.release()
        self._depth.release()


def _viewport(box: Box) -> tuple[int, int, int, int]:
    return box.left, box.top, box.right - box.left, box.bottom - box.top
