"""Drawing for hours takes no more memory than drawing for seconds."""

from __future__ import annotations

import gc
from dataclasses import replace

import numpy as np
import psutil

from tests.render.figures import actor_of, avatar_of, oval, scene_of, still
from vtuber.core.look import Look, Outline, Shadow
from vtuber.core.scene import Placement
from vtuber.render.renderer import GlRenderer


def test_memory_stays_flat_over_many_pictures(renderer: GlRenderer) -> None:
    """The short form of `benchmarks/render.py --frames 10000`."""
    modes = ("normal", "multiply", "overlay")
    ovals = [oval(f"o{i}", (64, 64), (50 - 9 * i, 40), (40 * i, 90, 9), 0.9) for i in range(3)]
    mixed = [oval(m, (50, 64), (30, 30), (90, 90, 9), 0.5, blend=m, clip=0) for m in modes]
    avatar = avatar_of(*ovals, *mixed)
    renderer.load("a", avatar)
    fields = (still(avatar),) * 2

    def draw(count: int) -> int:
        for i in range(count):
            place = Placement(0.1 * np.sin(i), scale=1 + 0.5 * np.cos(i / 7))
            one = actor_of(placement=place, hidden=frozenset({f"o{i % 5}"}))
            other = actor_of(opacity=0.1 + 0.9 * (i % 3) / 2)
            renderer.draw(scene_of(one, other, size_px=(256, 256)), fields)
        gc.collect()
        return int(psutil.Process().memory_info().rss)

    draw(70)
    before = draw(70)
    assert draw(200) - before < 1_500_000, "a picture of 262 kB that stays is 52 MB"


def test_all_that_a_command_may_ask_for_is_there_from_the_first_picture_on(
    renderer: GlRenderer,
) -> None:
    """The first beat of a look or of a fade would make it: that beat would be late."""
    alone = GlRenderer(renderer._clock)
    avatar = avatar_of(oval("o", (64, 64), (50, 50), (9, 90, 200)))
    alone.load("a", avatar)
    field = still(avatar)
    alone.draw(scene_of(actor_of()), (field,))
    assert alone._targets is not None
    group, compiled = alone._targets._group, dict(alone._passes.programs._compiled)
    look = Look((9, 9, 9), 0.5, Outline(), Shadow())
    actor = replace(actor_of(opacity=0.4), look=look, is_still=True)
    alone.draw(scene_of(actor_of(opacity=0.4), actor), (field, field))
    assert alone._targets._group is group is not None
    assert alone._passes.programs._compiled == compiled
    alone.close()
