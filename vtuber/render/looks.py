"""What is done to a finished actor: tint, outline and shadow; its group in, the picture out.

The silhouette is grown at half of the picture's size and blurred at a quarter: at the full size the
outline alone would read 18 texels for each of a million pixels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vtuber.core.look import SOFTEST_SHADOW, WIDEST_OUTLINE, Look
from vtuber.core.picture import Box
from vtuber.render.context import let_go
from vtuber.render.place import NOTHING, intersection
from vtuber.render.programs import FACTORS, Programs
from vtuber.render.quad import Quad
from vtuber.render.targets import Target, Targets

if TYPE_CHECKING:
    import moderngl

# In texels of half the size. A pass has 12 directions: a hair tip is wider than what lies between
# two of them after a first step of 1.5; after one of 3 its line was a comb of 3 px from a width of
# 0.012 on. Up to a radius of 3, which has the usual line, one pass shows none, and costs 6 ms less.
_FIRST_STEP, _ONLY_STEP = 1.5, 3.0
_PAIRS = 6  # of those directions
_REACH = 2.6  # of a blur, in standard deviations


class _Surface:
    """The silhouette of an actor in a fraction of the picture's size; alpha in red."""

    def __init__(self, context: moderngl.Context, size_px: tuple[int, int]) -> None:
        self.texture = context.texture(size_px, 1)
        self.texture.repeat_x = self.texture.repeat_y = False
        self.frame = context.framebuffer([self.texture])
        self.size_px = size_px


class Looks:
    """Draws finished actors; keeps small surfaces of one picture size, made when first needed."""

    def __init__(self, context: moderngl.Context, programs: Programs) -> None:
        self._context, self._programs = context, programs
        self._quad = Quad(context)
        self._size_px = (0, 0)
        self._surfaces: list[_Surface] = []

    def draw(self, targets: Targets, target: Target, box: Box, look: Look, opacity: float) -> None:
        """Lay the actor that the group holds in a box over a target."""
        height = targets.size_px[1]
        outline, shadow = look.outline, look.shadow
        width_px = min(outline.width, WIDEST_OUTLINE) * height if outline else 0.0
        sigma_px = min(shadow.blur, SOFTEST_SHADOW) * height if shadow else 0.0
        shift_px = (shadow.x * height, -shadow.y * height) if shadow else (0.0, 0.0)
        silhouette, grown, across, blurred = self._surfaces_of(targets)
        if outline or shadow:
            around = _grown(box, width_px + 4, (0.0, 0.0), targets.size_px)
            self._pass(silhouette, targets, around, "SILHOUETTE", targets.group.texture)
        if shadow:
            around = _grown(box, _REACH * sigma_px + 8, (0.0, 0.0), targets.size_px)
            sigma = max(sigma_px, 0.5) * blurred.size_px[1] / height
            program = self._programs["look", ("BLURRED",)]
            program["u_sigma"] = (sigma, 0.0)
            self._pass(across, targets, around, "BLURRED", silhouette.texture)
            program["u_sigma"] = (0.0, sigma)
            self._pass(blurred, targets, around, "BLURRED", across.texture)
        if outline:
            radius = width_px * silhouette.size_px[0] / targets.size_px[0]
            around = _grown(box, width_px + 4, (0.0, 0.0), targets.size_px)
            program = self._programs["look", ("GROWN",)]
            program["u_pairs"] = _PAIRS
            for step in _steps(radius):
                program["u_radius"] = step
                self._pass(grown, targets, around, "GROWN", silhouette.texture)
                silhouette, grown = grown, silhouette
            grown = silhouette
        outlined, shaded = ("OUTLINE",) * bool(outline), ("SHADOW",) * bool(shadow)
        program = self._programs["look", (*outlined, *shaded)]
        program["u_gain"] = tuple(look.brightness * c / 255 for c in look.tint)
        program["u_opacity"] = opacity
        if outline or shadow:
            program["u_step"] = (1 / targets.size_px[0], 1 / targets.size_px[1])
        if outline:
            program["u_outline"] = _premultiplied(outline.colour, 1.0)
        if shadow:
            program["u_shadow"] = _premultiplied(shadow.colour, shadow.opacity)
            program["u_shift"] = tuple(np.array(shift_px) / targets.size_px)
        let_go(self._context)
        targets.group.texture.use(0)
        grown.texture.use(1)
        blurred.texture.use(2)
        all_px = _grown(box, max(width_px, _REACH * sigma_px) + 8, shift_px, targets.size_px)
        target.use(all_px)
        self._context.blend_func = FACTORS["normal"]
        self._quad.fill(program, all_px, targets.size_px)

    def _pass(
        self,
        target: _Surface,
        targets: Targets,
        box: Box,
        variant: str,
        texture: moderngl.Texture,
    ) -> None:
        """Fill a small surface, which is empty outside the box."""
        let_go(self._context)
        target.frame.clear(viewport=(0, 0, *target.size_px))  # else only what was drawn on last
        target.frame.use()
        texture.use(0)
        program = self._programs["look", (variant,)]
        program["u_step"] = (1 / target.size_px[0], 1 / target.size_px[1])
        self._context.blend_func = FACTORS["overlay"]  # replaces
        self._quad.fill(program, box, targets.size_px)

    def _surfaces_of(self, targets: Targets) -> list[_Surface]:
        if self._size_px != targets.size_px:
            self.release()
            self._size_px = targets.size_px
            for part in (2, 2, 4, 4):
                width, height = (-(-n // part) for n in targets.size_px)
                self._surfaces.append(_Surface(self._context, (width, height)))
        return self._surfaces

    def release(self) -> None:
        """Give the surfaces back."""
        for surface in self._surfaces:
            surface.frame.release()
            surface.texture.release()
        self._surfaces.clear()
        self._size_px = (0, 0)


def _steps(radius: float) -> list[float]:
    """Split the width of an outline into passes, each at most twice as wide as all before it.

    The taps of a wide circle stand apart. Where the silhouette is narrower, as at hair tips, that
    makes a comb of its outline; what was widened before closes the gaps.

    >>> _steps(18.0), _steps(2.2)
    ([1.5, 3.0, 9.0, 4.5], [2.2])
    """
    if radius <= _ONLY_STEP:
        return [radius]
    steps: list[float] = []
    while (left := radius - sum(steps)) > 0:
        steps.append(min(left, 2 * sum(steps) or _FIRST_STEP))
    return steps


def _grown(box: Box, by_px: float, shift_px: tuple[float, float], size_px: tuple[int, int]) -> Box:
    """Widen a box to all sides, and further to where it is shifted."""
    (x, y), by = shift_px, by_px
    wide = Box(
        int(box.left - by + min(x, 0)),
        int(box.top - by + min(y, 0)),
        int(box.right + by + max(x, 0)) + 1,
        int(box.bottom + by + max(y, 0)) + 1,
    )
    return intersection(wide, Box(0, 0, *size_px)) if not box.is_empty else NOTHING


def _premultiplied(colour: tuple[int, int, int], opacity: float) -> tuple[float, ...]:
    return (*(c / 255 * opacity for c in colour), opacity)
