"""One avatar, prepared in any thread, then on the graphics card: its atlas and its buffers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Bool, Float32

from vtuber.avatar.avatar import Avatar
from vtuber.core.scene import WarpField
from vtuber.render.atlas import pack
from vtuber.render.drawlist import DrawList, draw_list
from vtuber.render.pins import Pins
from vtuber.render.place import Affine
from vtuber.render.rungs import Ladder, Rungs
from vtuber.render.shape import Shape, shape

if TYPE_CHECKING:
    import moderngl

STEP_BYTES = 4_000_000  # 2 ms, nearly all of it fresh memory; the largest page 6.5 MB
# A blink and a word change what is drawn, and what they change it to comes again: every other frame
# of the benchmark's bar. A list takes 0.2 ms to make and 60 kB; kept, 1 % of a picture.
_MOST_LISTS = 64
_FAINTEST = 0.5 / 255  # below this a layer changes no pixel
_OPAQUE = 0.999  # above this a layer hides what lies behind it


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """An avatar packed for the card. Making one needs no OpenGL: any thread may."""

    avatar: Avatar
    shape: Shape
    page_of: tuple[int, ...]  # per layer
    texel_px: Float32[np.ndarray, "v 2"]  # where each vertex reads on its page
    ladders: tuple[Ladder, ...]  # one a page

    @staticmethod
    def of(avatar: Avatar, limit_px: int) -> Prepared:
        """Pack an avatar into textures of at most `limit_px`; 0.1 s for the default one."""
        atlas = pack(avatar, limit_px)
        ladders = tuple(Ladder(page) for page in atlas.pages)
        found = shape(avatar)
        sizes_px = _page_sizes_px(ladders, atlas.page_of)[found.layer_of[: found.count]]
        texel_px = (atlas.uv * sizes_px).astype(np.float32)
        return Prepared(avatar, found, atlas.page_of, texel_px, ladders)


class Model:
    """Holds textures and buffers; what changes from frame to frame goes in by `upload`."""

    def __init__(self, context: moderngl.Context, prepared: Prepared) -> None:
        self.avatar = avatar = prepared.avatar
        self._texel_px, self._shape = prepared.texel_px, prepared.shape
        self._page_of = prepared.page_of
        layer_of = prepared.shape.layer_of
        self._sizes_px = _page_sizes_px(prepared.ladders, prepared.page_of)[layer_of]
        self.pages = [Rungs(context, ladder) for ladder in prepared.ladders]
        self._moving = np.empty((len(layer_of), 3), np.float32)  # picture x, y, alpha
        size = max(len(layer_of), 1)
        self._vertices = context.buffer(reserve=12 * size, dynamic=True)
        self._uv = context.buffer(reserve=8 * size, dynamic=True)
        self._depths = context.buffer(reserve=4 * size, dynamic=True)
        parts = prepared.shape.layers
        # Every layer may be drawn once as itself, once as a clip, and what is opaque once more.
        most = sum(2 * part.whole.nbytes + part.solid.nbytes for part in parts)
        self._indices = context.buffer(reserve=max(most, 4), dynamic=True)
        self._arrays: dict[moderngl.Program, moderngl.VertexArray] = {}
        self._context = context
        self._hidden: dict[frozenset[str], Bool[np.ndarray, " l"]] = {}
        self._lists: dict[tuple[bytes, bytes, bytes], DrawList] = {}
        self._list: DrawList | None = None  # whose indices are on the card
        self._scale = 0.0  # for which `_uv` is
        slices = avatar.layer_slices
        self._has_mesh = np.array([part.stop > part.start for part in slices])
        self._starts = [part.start for part in slices if part.stop > part.start]

    @cached_property
    def pins(self) -> Pins:
        """Find what items can be fixed to, when the first is: 0.3 ms."""
        return Pins(self.avatar)

    def steps(self) -> Iterator[None]:
        """Upload the textures of all sizes, some before each step that is taken."""
        sent = 0
        for page in self.pages:
            for size in page.steps(is_mine=True):
                sent += size
                if sent >= STEP_BYTES:
                    sent = 0
                    yield

    def upload(
        self, field: WarpField, hidden: frozenset[str], place: Affine, may_be_solid: bool
    ) -> tuple[DrawList, Float32[np.ndarray, "n 2"]]:
        """Send one frame's vertices; give what to draw and where (picture px) the vertices are.

        `may_be_solid` False draws everything back to front.
        """
        self._shape.spread(place(field.positions_px), self._moving[:, :2])
        self._shape.spread_alpha(field.alpha, self._moving[:, 2])
        self._vertices.orphan()
        self._vertices.write(self._moving)
        if place.scale != self._scale and (self._shape.has_rims or not self._scale):
            texel_px = self._shape.texels(self._texel_px, place.scale)
            self._uv.write((texel_px / self._sizes_px).astype(np.float32))
        self._scale = place.scale
        return self._drawn(field, hidden, may_be_solid), self._moving[:, :2]

    def array(self, program: moderngl.Program) -> moderngl.VertexArray:
        """Give the vertex array that feeds this avatar to a program."""
        if program not in self._arrays:
            content: list[tuple[object, ...]] = [
                (self._vertices, "2f 1f", "in_position", "in_alpha"),
                (self._uv, "2f", "in_uv"),
                (self._depths, "1f", "in_depth"),
            ]
            if "in_alpha" not in program:
                content[0] = (self._vertices, "2f 1x4", "in_position")
            if "in_depth" not in program:
                content.pop()
            self._arrays[program] = self._context.vertex_array(program, content, self._indices)
        return self._arrays[program]

    def release(self) -> None:
        """Give the memory back."""
        for array in self._arrays.values():
            array.release()
        for page in self.pages:
            page.release()
        for buffer in (self._uv, self._vertices, self._depths, self._indices):
            buffer.release()

    def _drawn(self, field: WarpField, hidden: frozenset[str], may_be_solid: bool) -> DrawList:
        shown = field.visible & ~self._hidden_mask(hidden)
        shown[self._has_mesh] &= np.maximum.reduceat(field.alpha, self._starts) >= _FAINTEST
        shown[~self._has_mesh] = False
        firm = shown.copy() if may_be_solid else np.zeros_like(shown)
        firm[self._has_mesh] &= np.minimum.reduceat(field.alpha, self._starts) >= _OPAQUE
        key = (field.order.tobytes(), shown.tobytes(), firm.tobytes())
        if key not in self._lists:
            if len(self._lists) == _MOST_LISTS:
                del self._lists[next(iter(self._lists))]
            self._lists[key] = draw_list(
                self.avatar, self._shape, self._page_of, field.order, shown, firm
            )
        drawn = self._lists[key]
        if drawn is not self._list and len(drawn.indices):
            self._indices.write(drawn.indices)
            self._depths.write(drawn.depths[self._shape.layer_of])
        self._list = drawn
        return drawn

    def _hidden_mask(self, hidden: frozenset[str]) -> Bool[np.ndarray, " l"]:
        if hidden not in self._hidden:
            self._hidden = {
                hidden: np.array([layer.name in hidden for layer in self.avatar.layers])
            }
        return self._hidden[hidden]


def faded(field: WarpField, avatar: Avatar, opacities: Mapping[str, float]) -> WarpField:
    """Make layers, by their names, as faint as they are said to be."""
    if not opacities:
        return field
    alpha = field.alpha.copy()
    for layer, part in zip(avatar.layers, avatar.layer_slices, strict=True):
        alpha[part] *= opacities.get(layer.name, 1.0)
    return replace(field, alpha=alpha)


def _page_sizes_px(
    ladders: tuple[Ladder, ...], page_of: tuple[int, ...]
) -> Float32[np.ndarray, "l 2"]:
    """Give width and height of each layer's page."""
    return np.array([ladders[page][0].shape[1::-1] for page in page_of], np.float32)
