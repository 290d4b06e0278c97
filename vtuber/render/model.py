"""One avatar, prepared in any thread, then on the graphics card: its atlas and its buffers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Bool, Float32

from vtuber.avatar.avatar import Avatar
from vtuber.core.scene import WarpField
from vtuber.render.atlas import pack
from vtuber.render.drawlist import DrawList, draw_list
from vtuber.render.rungs import Ladder, Rungs

if TYPE_CHECKING:
    import moderngl

_STEP_BYTES = 4_000_000  # 2 ms, nearly all of it fresh memory; the largest page 6.5 MB
_FAINTEST = 0.5 / 255  # below this a layer changes no pixel


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """An avatar packed for the card. Making one needs no OpenGL: any thread may."""

    avatar: Avatar
    page_of: tuple[int, ...]  # per layer
    uv: Float32[np.ndarray, "v 2"]
    ladders: tuple[Ladder, ...]  # one a page

    @staticmethod
    def of(avatar: Avatar, limit_px: int) -> Prepared:
        """Pack an avatar into textures of at most `limit_px`; 24 ms for the default one."""
        atlas = pack(avatar, limit_px)
        ladders = tuple(Ladder(page) for page in atlas.pages)
        return Prepared(avatar, atlas.page_of, atlas.uv.astype(np.float32), ladders)


class Model:
    """Holds textures and buffers; what changes from frame to frame goes in by `upload`."""

    def __init__(self, context: moderngl.Context, prepared: Prepared) -> None:
        self.avatar = avatar = prepared.avatar
        self._page_of = prepared.page_of
        self.pages = [Rungs(context, ladder) for ladder in prepared.ladders]
        self._uv = context.buffer(prepared.uv)
        count = len(prepared.uv)
        self._moving = np.empty((count, 3), np.float32)  # picture x, y, alpha
        self._vertices = context.buffer(reserve=max(self._moving.nbytes, 1), dynamic=True)
        size = sum(layer.mesh.triangles.size for layer in avatar.layers)
        # Every layer may be drawn once as itself and once as a clip.
        self._indices = context.buffer(reserve=max(8 * size, 4), dynamic=True)
        self._arrays: dict[moderngl.Program, moderngl.VertexArray] = {}
        self._context = context
        self._hidden: dict[frozenset[str], Bool[np.ndarray, " l"]] = {}
        self._key: tuple[bytes, bytes] | None = None
        self._list: DrawList | None = None
        self._starts = [part.start for part in avatar.layer_slices]
        self._has_mesh = np.array([part.stop > part.start for part in avatar.layer_slices])
        self._starts = [s for s, has in zip(self._starts, self._has_mesh, strict=True) if has]

    def steps(self) -> Iterator[None]:
        """Upload the textures of all sizes, some before each step that is taken."""
        sent = 0
        for page in self.pages:
            for size in page.steps():
                sent += size
                if sent >= _STEP_BYTES:
                    sent = 0
                    yield

    def upload(
        self,
        field: WarpField,
        hidden: frozenset[str],
        place: Callable[[Float32[np.ndarray, "v 2"]], Float32[np.ndarray, "v 2"]],
    ) -> tuple[DrawList, Float32[np.ndarray, "v 2"]]:
        """Send one frame's vertices; give what to draw and where (picture px) the vertices are."""
        placed = place(field.positions_px)
        self._moving[:, :2] = placed
        self._moving[:, 2] = field.alpha
        self._vertices.orphan()
        self._vertices.write(self._moving)
        return self._drawn(field, hidden), placed

    def array(self, program: moderngl.Program) -> moderngl.VertexArray:
        """Give the vertex array that feeds this avatar to a program."""
        if program not in self._arrays:
            content = [
                (self._vertices, "2f 1f", "in_position", "in_alpha"),
                (self._uv, "2f", "in_uv"),
            ]
            self._arrays[program] = self._context.vertex_array(program, content, self._indices)
        return self._arrays[program]

    def release(self) -> None:
        """Give the memory back."""
        for array in self._arrays.values():
            array.release()
        for page in self.pages:
            page.release()
        for buffer in (self._uv, self._vertices, self._indices):
            buffer.release()

    def _drawn(self, field: WarpField, hidden: frozenset[str]) -> DrawList:
        shown = field.visible & ~self._hidden_mask(hidden)
        shown[self._has_mesh] &= np.maximum.reduceat(field.alpha, self._starts) >= _FAINTEST
        shown[~self._has_mesh] = False
        key = (field.order.tobytes(), shown.tobytes())
        if self._list is None or key != self._key:
            self._key = key
            self._list = draw_list(self.avatar, self._page_of, field.order, shown)
            if len(self._list.indices):
                self._indices.write(self._list.indices)
        return self._list

    def _hidden_mask(self, hidden: frozenset[str]) -> Bool[np.ndarray, " l"]:
        if hidden not in self._hidden:
            self._hidden = {
                hidden: np.array([layer.name in hidden for layer in self.avatar.layers])
            }
        return self._hidden[hidden]
