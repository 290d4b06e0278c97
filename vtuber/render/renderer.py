"""Draws a scene: actors and their warped vertices in, one premultiplied picture out.

Colours are blended as they are stored, in sRGB, premultiplied: what painting programs do, and what
browsers and OBS do with the picture. One picture leaves nothing for the next but memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import product

from vtuber.avatar.avatar import Avatar
from vtuber.core.errors import UserError
from vtuber.core.item import ItemPicture
from vtuber.core.look import AS_DRAWN, Look, Outline, Shadow
from vtuber.core.picture import Box, Picture, union
from vtuber.core.ports import Clock
from vtuber.core.scene import Actor, Placement, Scene, WarpField
from vtuber.render.context import finish, is_lost, open_context, renderer_name
from vtuber.render.drawlist import DrawList
from vtuber.render.items import Items, PlacedItem, PreparedItem, box_of
from vtuber.render.looks import Looks
from vtuber.render.model import Model, Prepared, faded
from vtuber.render.passes import Passes
from vtuber.render.place import Affine, affine, box_around, seen_by
from vtuber.render.rungs import rung
from vtuber.render.solid import LOWEST_RUNG
from vtuber.render.targets import Target, Targets

MOST_LOSSES = 3  # for one picture; then no new context will do
PAUSES_S = (0.1, 0.2, 0.4, 0.8, 1.6, 3.2)  # before opening another, while a card is being reset


class GlRenderer:
    """Draws with OpenGL, without a window. Lives in the thread that made it.

    Every method enters its context first: OpenGL draws into the one that is current, and a second
    renderer in the same thread would take it over. A context that was lost is replaced, and what
    was on it is uploaded again; `losses` counts them.
    """

    def __init__(self, clock: Clock, opaque_first: bool = True) -> None:
        """Open OpenGL. Raises UserError that says how to mend it where there is none.

        Without `opaque_first` everything is drawn back to front, which is slower and looks alike.
        """
        self._clock, self._opaque_first = clock, opaque_first
        self.losses = 0
        self._models: dict[str, Model] = {}
        self._begin()
        self._is_open = True

    def _begin(self) -> None:
        """Open OpenGL, with nothing on it."""
        self._context = open_context()
        self._limit_px = min(int(self._context.info["GL_MAX_TEXTURE_SIZE"]), 16384)
        self._witness = self._context.texture((1, 1), 1)  # is there as long as the context is
        self._passes = Passes(self._context)
        self._looks = Looks(self._context, self._passes.programs)
        self._items = Items(self._context, self._passes.programs)
        self._targets: Targets | None = None

    @contextmanager
    def _current(self) -> Iterator[None]:
        """Enter the context, or a new one with all that was held if it is lost."""
        if self._is_lost():
            self._begin_again()
        with self._context:
            yield

    def _is_lost(self) -> bool:
        with self._context:
            return is_lost(self._witness.glo)

    def _begin_again(self) -> None:
        """Replace a lost context; what was on it went with it, so nothing is released.

        Default avatar on llvmpipe: 0.6 s of CPU time. Raises UserError after 6 s without OpenGL;
        then the lost one stays, and the next call tries again.
        """
        items, lost = self._items.pictures, self._context
        for pause_s in PAUSES_S:
            with suppress(UserError):
                self._begin()
                break
            self._clock.sleep_until(self._clock.now_ns() + round(pause_s * 1e9))
        else:
            self._begin()
        self.losses += 1
        lost.release()
        with self._context:
            for key, model in self._models.items():
                self._models[key] = Model(self._context, Prepared.of(model.avatar, self._limit_px))
                for _ in self._models[key].steps():
                    pass
            for key, picture in items.items():
                for _ in self._items.take(key, PreparedItem.of(picture)):
                    pass

    @property
    def name(self) -> str:
        """What draws: a graphics card, or llvmpipe."""
        with self._current():
            return renderer_name(self._context)

    def load(self, key: str, avatar: Avatar) -> None:
        """Take an avatar under a key, now; a key that is known is replaced.

        Its textures are made for the sizes at which it is drawn, when it first is.
        """
        self.unload(key)
        with self._current():
            self._models[key] = Model(self._context, Prepared.of(avatar, self._limit_px))

    def prepare(self, avatar: Avatar) -> Prepared:
        """Do what an avatar needs before OpenGL sees it, in any thread: 0.2 s of CPU time."""
        prepared = Prepared.of(avatar, self._limit_px)
        for ladder in prepared.ladders:
            ladder.complete()
        return prepared

    def load_by_steps(self, key: str, prepared: Prepared) -> Iterator[None]:
        """Take an avatar under a new key, some textures a step; draw it after the last.

        Then no size at which it is drawn costs more than another.
        """
        with self._current():
            model = self._models[key] = Model(self._context, prepared)
            if self._targets is not None:
                self._targets.make_kept()  # of the one who goes
        steps = model.steps()
        while True:
            with self._current():  # not over the yield: another may be entered meanwhile
                if self._models.get(key) is not model:
                    return  # all of it is on a new context
                is_over = next(steps, self) is self
            if is_over:
                return
            yield

    def unload(self, key: str) -> None:
        """Forget an avatar; an unknown key is fine."""
        if key in self._models:
            with self._current():
                self._models.pop(key).release()

    def prepare_item(self, picture: ItemPicture) -> PreparedItem:
        """Do what an item needs before OpenGL sees it, in any thread."""
        return PreparedItem.of(picture)

    def load_item_by_steps(self, key: str, prepared: PreparedItem) -> Iterator[None]:
        """Take an item's picture under a new key, some textures a step; draw it after the last."""
        items = self._items
        steps = items.take(key, prepared)
        while True:
            with self._current():
                if self._items is not items and key in self._items.pictures:
                    return  # all of it is on a new context
                if self._items is not items:
                    items, steps = self._items, self._items.take(key, prepared)
                is_over = next(steps, self) is self
            if is_over:
                return
            yield

    def unload_item(self, key: str) -> None:
        """Forget an item's picture; an unknown key is fine."""
        with self._current():
            self._items.drop(key)

    def draw(self, scene: Scene, fields: tuple[WarpField, ...]) -> Picture:
        """Draw the scene; `fields[i]` belongs to `scene.actors[i]`, later actors in front.

        Raises UserError when OpenGL is lost again and again.
        """
        for _ in range(MOST_LOSSES):
            picture = self._drawn(scene, fields)
            if not self._is_lost():
                return picture
        raise UserError(
            "OpenGL is lost again and again; end what else uses the graphics card, or renew its "
            "driver"
        )

    def _drawn(self, scene: Scene, fields: tuple[WarpField, ...]) -> Picture:
        with self._current():
            targets = self._targets_of(scene.size_px)
            targets.begin(scene.background, scene.fading)
            for actor, field in zip(scene.actors, fields, strict=True):
                self._draw_with_items(targets, actor, field, scene.camera)
            finish()
            rastered_ns = self._clock.now_ns()
            rgba, box = targets.read(), targets.picture.box
        drawn_ns = self._clock.now_ns()
        return Picture(rgba, box, scene.captured_ns, drawn_ns, scene.sequence, rastered_ns)

    def close(self) -> None:
        """Give everything back. May be called twice."""
        if not self._is_open:
            return
        self._is_open = False
        if not self._is_lost():  # else all that was on it has gone
            for key in list(self._models):
                self.unload(key)
            with self._context:
                self._looks.release()
                self._items.release()
                if self._targets is not None:
                    self._targets.release()
        self._context.release()

    def _targets_of(self, size_px: tuple[int, int]) -> Targets:
        if self._targets is None or self._targets.size_px != size_px:
            if self._targets is not None:
                self._targets.release()
            self._targets = Targets(self._context, size_px)
            self._rehearse(self._targets)
        return self._targets

    def _rehearse(self, targets: Targets) -> None:
        """Use everything once that a command may ask for, before the first picture.

        OpenGL compiles a pass when it is first used: on llvmpipe a look took 180 ms of CPU time
        more on its first beat, and 35 once Mesa had it in its cache. A group's memory takes 3 to 5.
        """
        corner, group = Box(0, 0, 1, 1), targets.group
        for outline, shadow in product((None, Outline()), (None, Shadow())):
            look = Look((254, 255, 255), outline=outline, shadow=shadow)
            self._looks.draw(targets, targets.picture, corner, look, 0.0)
        self._passes.group(targets, targets.picture, group, corner, 0.0)
        self._passes.fade(targets, targets.picture, corner, 0.0)
        targets.picture.clear()

    def _draw_with_items(
        self, targets: Targets, actor: Actor, field: WarpField, camera: Placement
    ) -> None:
        """Draw an actor between its items on the canvas; those on head and hand are part of it."""
        if actor.opacity <= 0.0 and not actor.items:
            return
        if actor.is_still and (kept := targets.kept(actor.pose, camera)) is not None:
            self._passes.group(targets, targets.picture, kept, kept.box, actor.opacity)
            return
        model = self._models[actor.avatar]
        avatar = model.avatar
        face_px = avatar.landmarks.get("nose_tip")
        place = affine(actor.placement, avatar.canvas_px, targets.size_px, face_px)
        place = seen_by(camera, place, targets.size_px)
        items = self._items.placed(actor, model, field, place, targets.size_px)
        on_canvas = [one for one in items if one.is_on_canvas]
        behind = [one for one in on_canvas if one.item.is_behind]
        self._items.draw(targets.picture, behind, targets.size_px)
        if actor.opacity > 0.0:
            pinned = [one for one in items if not one.is_on_canvas]
            self._draw_actor(targets, actor, field, place, pinned)
        self._items.draw(targets.picture, on_canvas[len(behind) :], targets.size_px)

    def _draw_actor(
        self,
        targets: Targets,
        actor: Actor,
        field: WarpField,
        place: Affine,
        pinned: list[PlacedItem],
    ) -> None:
        model = self._models[actor.avatar]
        field = faded(field, model.avatar, actor.faint_layers)
        size = rung(place.scale)
        is_solid = self._opaque_first and size >= LOWEST_RUNG
        drawn, placed_px = model.upload(field, actor.hidden_layers, place, is_solid)
        box = union(box_around(placed_px[drawn.vertices], targets.size_px), box_of(pinned))
        if box.is_empty:
            return
        behind = [one for one in pinned if one.item.is_behind]

        def finish_on(target: Target) -> None:
            self._items.draw(target, behind, targets.size_px)
            self._passes.actor(targets, target, model, drawn, placed_px, size)
            self._items.draw(target, pinned[len(behind) :], targets.size_px)

        target, opacity = targets.picture, actor.opacity
        if actor.is_still:
            target, opacity = targets.keep(actor.pose), 1.0
        is_first = target.box.is_empty
        is_plain = actor.look == AS_DRAWN
        if is_plain and (is_first or not _needs_group(actor, drawn)):
            finish_on(target)
            if opacity < 1.0:
                self._passes.fade(targets, target, box, opacity)
        else:
            targets.group.clear()
            finish_on(targets.group)
            if is_plain:
                self._passes.group(targets, target, targets.group, box, opacity)
            else:
                self._looks.draw(targets, target, box, actor.look, opacity)
        if actor.is_still:
            self._passes.group(targets, targets.picture, target, target.box, actor.opacity)


def _needs_group(actor: Actor, drawn: DrawList) -> bool:
    """Say whether an actor before others must be finished on its own before it is laid over them.

    So that a faint one does not show its layers through each other, and that its blend modes do
    not reach the actors behind it. The first actor is finished in the picture itself.
    """
    return actor.opacity < 1.0 or any(run.blend != "normal" for run in drawn.runs)
