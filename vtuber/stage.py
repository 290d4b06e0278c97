"""The heart: `advance` decides what a beat shows and holds all state, `draw` holds none.

No thread, clock, file or socket: time and inputs are arguments, warpers and renderer are handed in.
So a live show, a film, a test and a benchmark are the same engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from vtuber.animate.behind import Behind
from vtuber.animate.fade import Fade
from vtuber.animate.performer import Behaviour, Performer
from vtuber.animate.view import View
from vtuber.avatar.avatar import Avatar
from vtuber.core.command import (
    CAMERA,
    EVERYBODY,
    Command,
    Move,
    Quit,
    ResetView,
    Rotate,
    Zoom,
)
from vtuber.core.errors import UserError
from vtuber.core.face import Face
from vtuber.core.item import ItemPicture, ShowItem
from vtuber.core.look import SetBackground
from vtuber.core.picture import Picture
from vtuber.core.ports import Renderer, Warper
from vtuber.core.pose import PoseInput
from vtuber.core.scene import Actor, Placement, Scene
from vtuber.core.speech import Mouth
from vtuber.core.standing import Standing
from vtuber.core.steer import ScriptCommand
from vtuber.core.tune import ShowCommand

_OF_A_CAMERA = "a camera takes move, zoom, rotate and reset; name a performer"


@dataclass(frozen=True, slots=True)
class Inputs:
    """What reaches the stage at one beat, by performer."""

    faces: Mapping[str, Face] = field(default_factory=dict)  # the newest of each
    scripts: Mapping[str, PoseInput] = field(default_factory=dict)
    mouths: Mapping[str, Mouth] = field(default_factory=dict)
    seen_after_ns: int = 0  # from the beat until its picture is seen: heads are led so far


@dataclass(frozen=True, slots=True, eq=False)
class Costume:
    """An avatar with all that can be made of it before it is worn."""

    avatar: Avatar
    warper: Warper
    prepared: Any  # by the renderer, for itself


@dataclass(frozen=True, slots=True, eq=False)
class Prop:
    """An item's picture with all that can be made of it before it is shown."""

    picture: ItemPicture
    prepared: Any  # by the renderer, for itself


class _Leaving:
    """An actor on the way out of the picture, behind the one who takes their place.

    Who goes stands still, so that the renderer draws them once: two avatars that move would cost
    twice as much, on every beat of the fade. Who comes is there before who goes begins to fade.
    """

    def __init__(self, actor: Actor, over_s: float, now_ns: int) -> None:
        at_pins = tuple(item for item in actor.items if item.at != "canvas")
        self.actor = replace(actor, is_still=True, items=at_pins)
        self._comes, self._goes = Fade(), Fade(1.0)
        self._comes.to(1.0, now_ns, over_s / 2)
        self._goes.to(0.0, now_ns, over_s / 2, over_s / 2)

    def before(self, actor: Actor, now_ns: int) -> tuple[Actor, ...]:
        """Give whom to draw at this moment: who goes, while they show, and who comes."""
        comes, goes = self._comes.at(now_ns), self._goes.at(now_ns)
        coming = replace(actor, opacity=actor.opacity * comes)
        if not goes:
            return (coming,)
        return replace(self.actor, opacity=self.actor.opacity * goes), coming


class Stage:
    """Actors, their warpers, and the renderer that draws them."""

    def __init__(
        self, renderer: Renderer, make_warper: Callable[[Avatar], Warper], size_px: tuple[int, int]
    ) -> None:
        self._renderer, self._make_warper = renderer, make_warper
        self.size_px = size_px
        self._performers: dict[str, Performer] = {}
        self._warpers: dict[str, Warper] = {}
        self._worn: dict[str, str] = {}  # performer: key of the avatar
        self._seen: dict[str, Actor] = {}  # performer: as they were at the last beat
        self._leaving: dict[str, _Leaving] = {}  # performer: who they were before
        self.behind = Behind()
        self._camera = View(Placement())
        self._casts = 0
        self._props = 0
        self._sequence = 0

    def cast(
        self,
        performer: str,
        avatar: Avatar,
        behaviour: Behaviour | None = None,
        over_s: float = 0.0,
        now_ns: int = 0,
    ) -> None:
        """Give a performer an avatar, the first or another one; later performers stand in front.

        The avatar that was worn before is freed, when it has faded: `over_s` from `now_ns` on.
        Without a behaviour the old one stays.
        """
        for _ in self.change(performer, self.prepare(avatar), lambda: now_ns, behaviour, over_s):
            pass

    def prepare(self, avatar: Avatar) -> Costume:
        """Do what takes long before an avatar can be worn; any thread may, beside the beat."""
        return Costume(avatar, self._make_warper(avatar), self._renderer.prepare(avatar))

    def change(
        self,
        performer: str,
        costume: Costume,
        now_ns: Callable[[], int],
        behaviour: Behaviour | None = None,
        over_s: float = 0.0,
    ) -> Iterator[None]:
        """Do what `cast` does in steps, one a beat: the old avatar is worn until the last.

        From then on the scenes hold the cross-fade, and the old avatar is freed at its end.
        `now_ns` says the time of each step: the fade begins at the last.

        Default avatar on llvmpipe at 2.5 GHz, CPU time: 13 steps of 2 to 5 ms; making all of it on
        the beat took 80.
        """
        key = f"{performer}#{self._casts}"
        self._casts += 1
        yield from self._renderer.load_by_steps(key, costume.prepared)
        avatar, self._warpers[key] = costume.avatar, costume.warper
        if performer in self._performers:
            self._performers[performer].wear(avatar, key)
            if behaviour is not None:
                self.configure(performer, behaviour)
        else:
            self._performers[performer] = Performer(
                performer, avatar, key, behaviour or Behaviour(), len(self._performers)
            )
        old, self._worn[performer] = self._worn.get(performer), key
        self._end_leaving(performer)
        if old is not None and over_s > 0 and performer in self._seen:
            self._leaving[performer] = _Leaving(self._seen[performer], over_s, now_ns())
        elif old is not None:
            self._forget(old)

    def _end_leaving(self, performer: str) -> None:
        leaving = self._leaving.pop(performer, None)
        if leaving is not None:
            self._forget(leaving.actor.avatar)

    def _forget(self, key: str) -> None:
        self._renderer.unload(key)
        del self._warpers[key]

    def knows_item(self, command: ShowItem) -> bool:
        """Tell whether all whom a command means have its item, so that it needs no picture."""
        return all(
            command.name in self._performers[n].items.names for n in self.named(command.performer)
        )

    def prepare_item(self, picture: ItemPicture) -> Prop:
        """Do what takes long before an item can be shown; any thread may, beside the beat."""
        return Prop(picture, self._renderer.prepare_item(picture))

    def bring(self, command: ShowItem, prop: Prop, now_ns: Callable[[], int]) -> Iterator[None]:
        """Give whom a command means the picture of its item, in steps, one a beat.

        What was there shows until the last; then `obey` shows a new one. `now_ns` says the time of
        each step: the picture begins to play at its last. Raises UserError when somebody has too
        many items.
        """
        for name in self.named(command.performer):
            performer = self._performers[name]
            performer.items.check_room(command.name)
            key = f"{name}:{command.name}#{self._props}"
            self._props += 1
            yield from self._renderer.load_item_by_steps(key, prop.prepared)
            old = performer.items.hold(command.name, key, prop.picture, now_ns())
            if old is not None:
                self._end_leaving(name)  # who may hold the old picture
                self._renderer.unload_item(old)

    def configure(self, performer: str, behaviour: Behaviour) -> None:
        self._performers[performer].configure(behaviour)

    def named(self, performer: str) -> tuple[str, ...]:
        """Give whom a command means: the first performer by "", everybody by "all", or one.

        Raises UserError for a name that nobody has.
        """
        names = tuple(self._performers)
        if performer in ("", EVERYBODY):
            return names if performer else names[:1]
        if performer == CAMERA:
            raise UserError(_OF_A_CAMERA)
        if performer not in names:
            raise UserError(f"nobody is called {performer!r}; there is: {', '.join(names)}")
        return (performer,)

    def obey(self, command: Command, now_ns: int) -> str:
        """Carry out a command; say what it did where the picture may not show it, else "".

        Raises UserError when whom or what it names is not there.
        """
        assert not isinstance(command, Quit | SetBackground | ScriptCommand | ShowCommand), (
            "it is for the whole show"
        )
        if command.performer == CAMERA:
            return self._aim(command, now_ns)
        said, faults = [], []
        for name in self.named(command.performer):
            try:
                said.append(self._performers[name].obey(command, now_ns))
            except UserError as error:  # the others obey all the same
                faults.append(str(error))
        if faults:
            raise UserError("; ".join(faults))
        return "; ".join(sentence for sentence in said if sentence)

    def _aim(self, command: Command, now_ns: int) -> str:
        if not isinstance(command, Move | Zoom | Rotate | ResetView):
            raise UserError(_OF_A_CAMERA)
        self._camera.obey(command, now_ns)
        return ""

    def advance(self, now_ns: int, inputs: Inputs) -> Scene:
        """Decide what this beat shows. Cheap: state moves on, nothing is drawn."""
        actors, lead = list[Actor](), inputs.seen_after_ns
        for name, performer in self._performers.items():
            given = (inputs.faces.get(name), inputs.scripts.get(name), inputs.mouths.get(name))
            actors += self._with_who_leaves(name, performer.advance(now_ns, *given, lead), now_ns)
            self._seen[name] = actors[-1]
            if name not in self._leaving:  # who may show what was dropped
                for key in performer.items.take_gone(now_ns):
                    self._renderer.unload_item(key)
        captured = (performer.captured_ns(now_ns) for performer in self._performers.values())
        captured_ns = max((ns for ns in captured if ns is not None), default=now_ns)
        sequence, self._sequence = self._sequence, self._sequence + 1
        behind, camera = self.behind.at(now_ns), self._camera.at(now_ns)
        return Scene(
            now_ns, captured_ns, sequence, self.size_px, tuple(actors), *behind, camera=camera
        )

    def _with_who_leaves(self, name: str, actor: Actor, now_ns: int) -> tuple[Actor, ...]:
        leaving = self._leaving.get(name)
        if leaving is None:
            return (actor,)
        shown = leaving.before(actor, now_ns)
        if len(shown) == 1:
            self._end_leaving(name)
        return shown

    def is_seen(self, performer: str, now_ns: int) -> bool:
        """Tell whether a performer's face moves their avatar now."""
        return self._performers[performer].captured_ns(now_ns) is not None

    def standing(self, performer: str, now_ns: int) -> Standing:
        """Say what a performer has and does, and the pose of the last beat."""
        seen = self._seen.get(performer)
        pose = None if seen is None else seen.pose.as_dict()
        is_seen = self.is_seen(performer, now_ns)
        return replace(self._performers[performer].standing(), is_seen=is_seen, pose=pose)

    def draw(self, scene: Scene) -> Picture:
        """Draw a scene, this or an earlier one whose avatars and items are still there."""
        fields = tuple(self._warpers[a.avatar].warp(a.pose, a.sway) for a in scene.actors)
        return self._renderer.draw(scene, fields)

    @property
    def losses(self) -> int:
        """Count how often the renderer had to begin again."""
        return self._renderer.losses

    def close(self) -> None:
        self._renderer.close()
