"""Draws items: their pictures, prepared in any thread, as textures in the size they are shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vtuber.core.item import Item, ItemPicture
from vtuber.core.picture import Box, union
from vtuber.core.scene import Actor, WarpField
from vtuber.image.convert import resized
from vtuber.render.model import STEP_BYTES, Model
from vtuber.render.pins import Corners, on_canvas
from vtuber.render.place import NOTHING, Affine, box_around
from vtuber.render.programs import FACTORS, Programs
from vtuber.render.rungs import PER_OCTAVE, Ladder, Rungs, rung
from vtuber.render.targets import Target

if TYPE_CHECKING:
    import moderngl


@dataclass(frozen=True, slots=True, eq=False)
class PreparedItem:
    """An item's picture, in all sizes if it stands still. Making one needs no OpenGL."""

    picture: ItemPicture
    ladder: Ladder | None

    @staticmethod
    def of(picture: ItemPicture) -> PreparedItem:
        """Average a still for every size: 80 ms of CPU time for 2 megapixels."""
        is_still = len(picture.frames) == 1
        return PreparedItem(picture, Ladder(picture.frames[0]).complete() if is_still else None)


class _Still:
    """The textures of a picture that does not move, all sizes of it."""

    def __init__(self, context: moderngl.Context, ladder: Ladder) -> None:
        self._rungs = Rungs(context, ladder)
        self.steps, self.release = self._rungs.steps, self._rungs.release

    def at(self, _: int, size: int) -> moderngl.Texture:
        return self._rungs.at(size)


class _Moving:
    """One texture, written anew for each frame: 0.3 ms for one of 480 px a side."""

    def __init__(self, context: moderngl.Context, picture: ItemPicture) -> None:
        self._context, self._picture = context, picture
        self._texture: moderngl.Texture | None = None
        self._now = (-1, 0)

    def steps(self) -> Iterator[int]:
        yield from ()

    def at(self, frame: int, size: int) -> moderngl.Texture:
        if self._texture is None or self._now != (frame, size):
            share = 2.0 ** (size / PER_OCTAVE)
            width, height = (max(1, round(n * share)) for n in self._picture.size_px)
            pixels = np.ascontiguousarray(resized(self._picture.frames[frame], (width, height)))
            if self._texture is not None and self._texture.size == (width, height):
                self._texture.write(pixels)
            else:
                self.release()
                self._texture = self._context.texture((width, height), 4, pixels)
                self._texture.filter = (0x2601, 0x2601)  # LINEAR
                self._texture.repeat_x = self._texture.repeat_y = False
            self._now = frame, size
        return self._texture

    def release(self) -> None:
        if self._texture is not None:
            self._texture.release()
            self._texture = None


@dataclass(frozen=True, slots=True, eq=False)
class PlacedItem:
    """An item of one beat, and where in the picture it is."""

    item: Item
    corners: Corners
    box: Box
    scale: float  # picture px per px of its art

    @property
    def is_on_canvas(self) -> bool:
        return self.item.at == "canvas"


class Items:
    """Holds the textures of items, and draws them."""

    def __init__(self, context: moderngl.Context, programs: Programs) -> None:
        self._context = context
        self._held: dict[str, tuple[ItemPicture, _Still | _Moving]] = {}
        self._corners = context.buffer(reserve=64, dynamic=True)
        self._program = programs["item", ()]  # 1.5 ms, which is not for a beat
        content = [(self._corners, "2f 2f", "in_position", "in_uv")]
        self._quad = context.vertex_array(self._program, content)

    @property
    def pictures(self) -> dict[str, ItemPicture]:
        """Give what is held."""
        return {key: picture for key, (picture, _) in self._held.items()}

    def take(self, key: str, prepared: PreparedItem) -> Iterator[None]:
        """Take a picture under a new key, some textures before each step."""
        picture, ladder = prepared.picture, prepared.ladder
        held = _Still(self._context, ladder) if ladder else _Moving(self._context, picture)
        self._held[key] = picture, held
        sent = 0
        for size in held.steps():
            sent += size
            if sent >= STEP_BYTES:
                sent = 0
                yield

    def drop(self, key: str) -> None:
        """Forget a picture; an unknown key is fine."""
        if key in self._held:
            self._held.pop(key)[1].release()

    def placed(
        self, actor: Actor, model: Model, field: WarpField, place: Affine, size_px: tuple[int, int]
    ) -> list[PlacedItem]:
        """Say where the items of an actor are, those behind first."""
        found = []
        for item in sorted(actor.items, key=lambda one: not one.is_behind):
            if item.opacity <= 0.0:
                continue
            art_px = self._held[item.key][0].size_px
            if item.at == "canvas":
                corners, scale = on_canvas(item, art_px, size_px)
            else:
                corners, scale = model.pins.corners(item, art_px, field.positions_px, place)
            box = box_around(corners[:, :2], size_px)
            if not box.is_empty:
                found.append(PlacedItem(item, corners, box, scale))
        return found

    def draw(self, target: Target, placed: list[PlacedItem], size_px: tuple[int, int]) -> None:
        """Lay items over what a target holds, in their order."""
        for one in placed:
            _, held = self._held[one.item.key]
            held.at(one.item.frame, rung(one.scale)).use(0)
            self._corners.write(one.corners)
            self._program["u_size_px"] = size_px
            self._program["u_opacity"] = one.item.opacity
            self._context.blend_func = FACTORS["normal"]
            target.use(one.box)
            self._quad.render(self._context.TRIANGLE_STRIP, vertices=4)

    def release(self) -> None:
        """Give the memory back."""
        for key in list(self._held):
            self.drop(key)
        self._quad.release()
        self._corners.release()


def box_of(placed: list[PlacedItem]) -> Box:
    """Give the smallest box that holds all of them."""
    box = NOTHING
    for one in placed:
        box = union(box, one.box)
    return box
