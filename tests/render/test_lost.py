"""A context that is lost is replaced, with all that was on it, before anybody sees it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from jaxtyping import UInt8

from tests.contexts import lose
from tests.render.figures import actor_of, avatar_of, oval, scene_of, still
from vtuber.avatar.avatar import Avatar
from vtuber.core.errors import UserError
from vtuber.core.item import Item, ItemPicture
from vtuber.core.scene import Actor
from vtuber.render import renderer as renderers
from vtuber.render.renderer import GlRenderer
from vtuber.runtime.clock import ManualClock

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="the context of EGL is destroyed"
)
MUG = Item("mug", 0, "canvas", 0.0, 0.0, 0.3, 0.0, 1.0, is_behind=False)
FACE = avatar_of(
    oval("face", (64, 64), (50, 50), (240, 205, 190)),
    oval("iris", (64, 50), (12, 16), (9, 90, 200)),
)
HAT = avatar_of(oval("hat", (40, 90), (20, 30), (200, 40, 40)))


class Fragile:
    """A clock that takes every context away when the time of a picture on it is asked for."""

    def __init__(self) -> None:
        self.renderer: GlRenderer | None = None
        self._taken: object = None

    def now_ns(self) -> int:
        if self.renderer is not None and self.renderer._context is not self._taken:
            self._taken = self.renderer._context
            lose(self._taken)
        return 0

    def sleep_until(self, deadline_ns: int) -> None:
        raise AssertionError("a renderer does not sleep")


@pytest.fixture
def alone() -> Iterator[GlRenderer]:
    renderer = GlRenderer(Fragile())
    renderer.load("a", FACE)
    yield renderer
    renderer.close()


def rgba(renderer: GlRenderer, actor: Actor, avatar: Avatar = FACE) -> UInt8[np.ndarray, "h w 4"]:
    return renderer.draw(scene_of(actor), (still(avatar),)).rgba.copy()


def steps_left(steps: Iterator[None]) -> int:
    return sum(1 for _ in steps)


def test_a_lost_context_is_replaced_and_the_picture_is_the_same(alone: GlRenderer) -> None:
    mug = ItemPicture((np.full((20, 20, 4), 255, np.uint8),))
    for _ in alone.load_item_by_steps("mug", alone.prepare_item(mug)):
        pass
    actor = replace(actor_of("a"), items=(MUG,))
    before = rgba(alone, actor)
    assert before.any()
    for losses in (1, 2):
        lose(alone._context)
        assert np.array_equal(rgba(alone, actor), before)
        assert alone.losses == losses


def test_who_comes_while_it_is_lost_is_there_afterwards(alone: GlRenderer) -> None:
    cards = np.random.default_rng(0).integers(0, 255, (900, 1200, 4), dtype=np.uint8)
    steps = alone.load_by_steps("b", alone.prepare(HAT))
    item_steps = alone.load_item_by_steps("card", alone.prepare_item(ItemPicture((cards,))))
    next(item_steps)
    lose(alone._context)
    assert steps_left(steps) == steps_left(item_steps) == 0
    lose(alone._context)
    before = rgba(alone, actor_of("b"), HAT)
    alone.unload("a")
    alone.load("b", HAT)
    assert before.any()
    assert np.array_equal(rgba(alone, actor_of("b"), HAT), before)
    assert alone.losses == 2


def test_a_picture_of_a_context_that_goes_meanwhile_is_drawn_again(alone: GlRenderer) -> None:
    before = rgba(alone, actor_of("a"))
    clock = alone._clock
    assert isinstance(clock, Fragile)
    clock.renderer = alone
    with pytest.raises(UserError, match="lost again and again"):
        rgba(alone, actor_of("a"))
    clock.renderer = None
    assert np.array_equal(rgba(alone, actor_of("a")), before)


def test_where_no_new_context_can_be_had_at_once_it_is_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock, tries, opens = ManualClock(), 0, renderers.open_context
    renderer = GlRenderer(clock)
    renderer.load("a", FACE)
    before = rgba(renderer, actor_of("a"))

    def busy_until(last: int) -> None:
        def open_context() -> object:
            nonlocal tries
            tries += 1
            if tries < last:
                raise UserError("cannot open OpenGL 3.3 (busy)")
            return opens()

        monkeypatch.setattr(renderers, "open_context", open_context)

    lose(renderer._context)
    busy_until(3)
    assert np.array_equal(rgba(renderer, actor_of("a")), before)
    assert (tries, renderer.losses) == (3, 1)
    assert clock.now_ns() == pytest.approx(3e8)

    lose(renderer._context)
    busy_until(10**6)
    for _ in range(2):
        with pytest.raises(UserError, match="busy"):
            rgba(renderer, actor_of("a"))
    busy_until(0)
    assert np.array_equal(rgba(renderer, actor_of("a")), before)

    lose(renderer._context)
    busy_until(10**6)
    renderer.close()
    assert renderer.losses == 2
