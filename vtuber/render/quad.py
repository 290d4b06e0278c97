"""A box of the picture in, its pixels through a program out: what every pass over a surface is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vtuber.core.picture import Box

if TYPE_CHECKING:
    import moderngl


class Quad:
    """Two triangles that fill a box; one small buffer for all programs."""

    def __init__(self, context: moderngl.Context) -> None:
        self._context = context
        self._corners = context.buffer(reserve=32, dynamic=True)
        self._arrays: dict[moderngl.Program, moderngl.VertexArray] = {}

    def fill(self, program: moderngl.Program, box: Box, size_px: tuple[int, int]) -> None:
        """Draw a box of a picture of this size with a program, where its target is in use."""
        corners = [(box.left, box.top), (box.right, box.top)]
        corners += [(box.left, box.bottom), (box.right, box.bottom)]
        self._corners.write(np.array(corners, np.float32))
        program["u_size_px"] = size_px
        if program not in self._arrays:
            content = [(self._corners, "2f", "in_position")]
            self._arrays[program] = self._context.vertex_array(program, content)
        self._arrays[program].render(self._context.TRIANGLE_STRIP, vertices=4)
