"""The passes of one actor: masks of its clips, its layers, and laying it over the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float32

from vtuber.core.picture import Box
from vtuber.render.context import let_go
from vtuber.render.drawlist import DrawList, Run
from vtuber.render.model import Model
from vtuber.render.place import box_around, intersection
from vtuber.render.programs import BLEND, DEPTH, FACTORS, FADE, Programs
from vtuber.render.quad import Quad
from vtuber.render.targets import Target, Targets

if TYPE_CHECKING:
    import moderngl

# A clip's slot picks a channel of a mask, and every fourth a new mask.
_CHANNELS = ((1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1))
_COLOUR_MASKS = (
    (True, False, False, False),
    (False, True, False, False),
    (False, False, True, False),
    (False, False, False, True),
)


class Passes:
    """Draws on targets; keeps only compiled programs and one small buffer."""

    def __init__(self, context: moderngl.Context) -> None:
        self._context = context
        self.programs = self._programs = Programs(context)
        self._quad = Quad(context)
        self._slice = (0.0, 1.0)  # of depth, for the actor that is being drawn
        self._told: dict[tuple[str, ...], object] = {}  # what each layer program knows of both
        for variant in ((), ("FADE",), ("MASK",)):  # 1.5 ms each, which is not for a beat
            self._programs["group", variant]
        context.enable_only(BLEND)

    def actor(
        self,
        targets: Targets,
        target: Target,
        model: Model,
        drawn: DrawList,
        placed_px: Float32[np.ndarray, "n 2"],
        rung: int,
    ) -> None:
        """Draw one actor onto a target."""
        box = box_around(placed_px[drawn.vertices], targets.size_px)
        if drawn.solids:
            self._slice = targets.next_slice()
            self._solids(targets, target, model, drawn, box, rung)
            self._context.enable_only(BLEND | DEPTH)
        self._masks(targets, model, drawn, placed_px, rung)
        self._layers(targets, target, model, drawn, box, rung)
        self._context.enable_only(BLEND)

    def _solids(
        self, targets: Targets, target: Target, model: Model, drawn: DrawList, box: Box, rung: int
    ) -> None:
        """Draw what is opaque, front to back, and leave its depth."""
        self._context.enable_only(DEPTH)
        target.frame.depth_mask = True
        target.use(box)
        for run in drawn.solids:
            self._triangles(targets, model, run, ("SOLID",), rung)
        target.frame.depth_mask = False

    def _masks(
        self,
        targets: Targets,
        model: Model,
        drawn: DrawList,
        placed_px: Float32[np.ndarray, "n 2"],
        rung: int,
    ) -> None:
        """Draw the alpha of each clip into a channel of its own, where it clips something.

        A soft mask keeps the clipped edge as smooth as the clip's own; a stencil would not.
        """
        let_go(self._context)
        for mask in targets.masks(-(-len(drawn.clips) // 4)):
            mask.clear()
        for slot, clip in enumerate(drawn.clips):
            box = intersection(
                box_around(placed_px[clip.vertices], targets.size_px),
                box_around(placed_px[clip.clipped], targets.size_px),
            )
            if box.is_empty:
                continue
            mask = _mask(targets, slot)
            mask.frame.color_mask = _COLOUR_MASKS[slot % 4]  # before `use`: it acts only there
            mask.use(box)
            self._context.blend_func = FACTORS["normal"]
            if clip.solid is not None:
                self._mark(targets, box, clip.solid)
            if clip.run.count:
                self._programs["layer", ("MASK",)]["u_depth"] = clip.depth
                self._triangles(targets, model, clip.run, ("MASK",), rung)
            mask.frame.color_mask = (True, True, True, True)

    def _mark(self, targets: Targets, box: Box, depth: float) -> None:
        """Fill what has left a depth as near as this one, or nearer."""
        middle, half = self._slice
        program = self._programs["group", ("MASK",)]
        program["u_depth"] = middle + half * depth
        self._context.depth_func = ">="
        self._quad.fill(program, box, targets.size_px)
        self._context.depth_func = "<"

    def _layers(
        self, targets: Targets, target: Target, model: Model, drawn: DrawList, box: Box, rung: int
    ) -> None:
        """Draw what is not opaque, back to front."""
        let_go(self._context)
        target.use(box)
        masks_read: set[int] = set()
        for run in drawn.runs:
            variant: tuple[str, ...] = ()
            if run.blend == "multiply":
                variant = ("MULTIPLY",)
            if run.blend == "overlay":
                variant = ("OVERLAY",)
                targets.copy_below(target).use(2)
                target.use(box)
            if run.clip is not None:
                variant += ("CLIPPED",)
                if run.clip // 4 not in masks_read:
                    masks_read.add(run.clip // 4)
                    let_go(self._context)
                _mask(targets, run.clip).texture.use(1)
                self._programs["layer", variant]["u_channel"] = _CHANNELS[run.clip % 4]
            self._context.blend_func = FACTORS[run.blend]
            self._triangles(targets, model, run, variant, rung)

    def group(
        self, targets: Targets, target: Target, finished: Target, box: Box, opacity: float
    ) -> None:
        """Lay a finished actor over a target."""
        let_go(self._context)
        target.use(box)
        finished.texture.use(0)
        self._context.blend_func = FACTORS["normal"]
        self._fill(targets, self._programs["group", ()], box, opacity)

    def fade(self, targets: Targets, target: Target, box: Box, opacity: float) -> None:
        """Multiply what was drawn so far by an opacity."""
        target.use(box)
        self._context.blend_func = FADE
        self._fill(targets, self._programs["group", ("FADE",)], box, opacity)

    def _fill(self, targets: Targets, program: moderngl.Program, box: Box, opacity: float) -> None:
        program["u_opacity"] = opacity
        self._quad.fill(program, box, targets.size_px)

    def _triangles(
        self, targets: Targets, model: Model, run: Run, variant: tuple[str, ...], rung: int
    ) -> None:
        program = self._programs["layer", variant]
        whole = targets.size_px, self._slice
        if self._told.get(variant) != whole:  # forty times a picture, 10 us each
            self._told[variant] = whole
            program["u_size_px"], program["u_slice"] = whole
        model.pages[run.page].at(rung).use(0)
        model.array(program).render(first=run.first, vertices=run.count)


def _mask(targets: Targets, slot: int) -> Target:
    return targets.masks(slot // 4 + 1)[slot // 4]
