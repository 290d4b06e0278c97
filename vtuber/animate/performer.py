"""One performer and the avatar they wear: faces and commands in, an Actor for every beat out.

Holds all that lasts from beat to beat (fades, zero point, placement); knows no clock and no thread.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from vtuber.animate.fade import Fade
from vtuber.animate.idle import Idle, breath
from vtuber.animate.items import Items
from vtuber.animate.mix import Part, mix
from vtuber.animate.physics import Physics
from vtuber.animate.presence import Presence
from vtuber.animate.retarget import Manner
from vtuber.animate.view import View
from vtuber.avatar.avatar import Avatar
from vtuber.core import command as commands
from vtuber.core.errors import UserError
from vtuber.core.face import Face
from vtuber.core.item import ItemCommand
from vtuber.core.nearest import nearest
from vtuber.core.pose import BASE, PoseInput
from vtuber.core.scene import Actor, Placement


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What a performer's settings say; may be changed while the show runs (all but the seed)."""

    mirror: bool = True
    predict: bool = True
    lost: Literal["idle", "hold", "rest", "hide"] = "idle"
    view: Placement = field(default_factory=Placement)
    seed: int = 0
    head_gain: float = 1.0  # degrees of the avatar's head per degree of the performer's
    physics: float = 1.0  # how far hair and cloth swing; 0: not at all


@dataclass(frozen=True, slots=True)
class _Held:
    """A parameter that a hand holds, on its way to a value, or into or out of that hand."""

    value: Fade
    weight: Fade


class Performer:
    """One performer of a show."""

    def __init__(self, name: str, avatar: Avatar, key: str, behaviour: Behaviour) -> None:
        self.name = name
        self._behaviour = behaviour
        self._is_mirrored = behaviour.mirror
        self._idle = Idle(behaviour.seed)
        self._presence = Presence()
        self._view = View(behaviour.view)
        self.items = Items()
        self._hidden = Fade()
        self._expressions: dict[str, Fade] = {}
        self._held: dict[str, _Held] = {}
        self._taken_off: set[str] = set()
        self._toggles: set[str] = set()
        self._outfit = ""
        self._begin_ns: int | None = None
        self.wear(avatar, key)

    def wear(self, avatar: Avatar, key: str) -> None:
        """Change the avatar; what the performer does goes on, what the new one lacks is dropped."""
        self.avatar, self._key = avatar, key
        self._space = BASE.extended(avatar.parameters)
        self._physics = Physics(avatar.strands, self._behaviour.seed)
        self._inputs = {
            name: PoseInput.of(values, self._space) for name, values in avatar.expressions.items()
        }
        self._expressions = {n: f for n, f in self._expressions.items() if n in self._inputs}
        self._held = {n: held for n, held in self._held.items() if n in self._space.index}
        # what the last avatar wore says nothing of this one's own things, but for those it shares
        toggles = {layer.toggle for layer in avatar.layers} - {""}
        self._taken_off = (self._taken_off & toggles) | (avatar.hidden & toggles - self._toggles)
        self._toggles = toggles
        if self._outfit not in avatar.outfits:
            self._outfit = next(iter(avatar.outfits), "")

    def configure(self, behaviour: Behaviour) -> None:
        """Take new settings; what a hand changed meanwhile stays, unless its setting changed."""
        if behaviour.mirror != self._behaviour.mirror:
            self._is_mirrored = behaviour.mirror
        if behaviour.view != self._behaviour.view:
            self._view.settle_at(behaviour.view)
        self._behaviour = behaviour

    def captured_ns(self, now_ns: int) -> int | None:
        """Give when the face was captured that moves the avatar now; None when none does."""
        return self._presence.captured_ns(now_ns)

    def obey(self, command: commands.Command, now_ns: int) -> str:
        """Carry out one command; say what the picture may not show, or nothing ("").

        Raises UserError when the avatar lacks what it names.
        """
        if isinstance(command, ItemCommand):
            self.items.obey(command, now_ns)
            return ""
        match command:
            case commands.SetExpression(name, over_s):
                self._express(name, over_s, now_ns)
            case commands.Hide(on, over_s):
                self._hidden.to(float(_switched(self._hidden.target > 0, on)), now_ns, over_s)
                return f"{self.avatar.name} is {'hidden' if self._hidden.target else 'shown'}"
            case commands.Calibrate():
                self._presence.calibrate(now_ns)
                return "calibrated: this is straight ahead now"
            case commands.Mirror(on):
                self._is_mirrored = _switched(self._is_mirrored, on)
                return f"the mirror is {'on' if self._is_mirrored else 'off'}"
            case commands.Toggle(name, on):
                self._toggle(name, on)
            case commands.WearOutfit(name):
                self._change(name)
            case commands.SetParameter(name, value, over_s):
                self._hold(name, value, now_ns, over_s)
            case _:
                self._view.obey(command, now_ns)
        return ""

    def _express(self, name: str, over_s: float, now_ns: int) -> None:
        if name in self._inputs:
            self._expressions.setdefault(name, Fade())
        elif name != "neutral":
            raise UserError(
                _no(
                    self.avatar, "expression", name, list(dict.fromkeys(["neutral", *self._inputs]))
                )
            )
        for other, fade in self._expressions.items():
            fade.to(float(other == name), now_ns, over_s)

    def _toggle(self, name: str, on: bool | None) -> None:
        known = sorted({layer.toggle for layer in self.avatar.layers} - {""})
        if name not in known:
            raise UserError(_no(self.avatar, "part", name, known))
        if _switched(name not in self._taken_off, on):
            self._taken_off.discard(name)
        else:
            self._taken_off.add(name)

    def _change(self, name: str) -> None:
        known = self.avatar.outfits
        if not known:
            raise UserError(f"{self.avatar.name} has one outfit only")
        if name and name not in known:
            raise UserError(_no(self.avatar, "outfit", name, list(known)))
        self._outfit = name or known[(known.index(self._outfit) + 1) % len(known)]

    def _hold(self, name: str, value: float | None, now_ns: int, over_s: float) -> None:
        PoseInput.of({name: value or 0.0}, self._space)  # refuses what is unknown or not finite
        held = self._held.get(name)
        if value is not None and (held is None or held.weight.at(now_ns) == 0):
            held = self._held[name] = _Held(Fade(value), Fade())
        if held is not None and value is not None:
            held.value.to(value, now_ns, over_s)
        if held is not None:
            held.weight.to(float(value is not None), now_ns, over_s)

    def _holding(self, now_ns: int) -> Iterable[Part]:
        for name, held in self._held.items():
            weight = held.weight.at(now_ns)
            if weight > 0:
                source = PoseInput.of({name: held.value.at(now_ns)}, self._space)
                yield Part(source, weight)

    def advance(self, now_ns: int, face: Face | None, script: PoseInput | None = None) -> Actor:
        """Give the actor of this beat. `face` is the newest there is, new or seen before.

        `script` is what a script or a program gives, over tracking and under expressions.
        """
        if self._begin_ns is None:
            self._begin_ns = now_ns
        parts = [
            Part(self._at_rest((now_ns - self._begin_ns) / 1e9)),
            *self._tracking(now_ns, face),
            *([Part(script)] if script is not None else []),
            *(Part(self._inputs[name], f.at(now_ns)) for name, f in self._expressions.items()),
            *self._holding(now_ns),
        ]
        hidden = self.avatar.not_worn(self._outfit, self._taken_off)
        opacity = 1.0 - self._hidden.at(now_ns)
        if self._behaviour.lost == "hide":
            opacity *= self._presence.share(now_ns)
        view = self._view.at(now_ns)
        pose = mix(self._space, parts)
        strength = self._behaviour.physics
        sway = self._physics.advance(now_ns, pose, strength, view) if strength else None
        items = self.items.at(now_ns)
        return Actor(self.name, self._key, pose, view, opacity, hidden, sway, items=items)

    def _tracking(self, now_ns: int, face: Face | None) -> list[Part]:
        behaviour = self._behaviour
        return self._presence.follow(
            now_ns,
            face,
            Manner(self._is_mirrored, behaviour.head_gain),
            predict=behaviour.predict,
            hold=behaviour.lost == "hold",
        )

    def _at_rest(self, t_s: float) -> PoseInput:
        if self._behaviour.lost == "rest":
            return PoseInput.of({"breath": breath(t_s)})
        return self._idle.at(t_s)


def _switched(is_on: bool, on: bool | None) -> bool:
    return not is_on if on is None else on


def _no(avatar: Avatar, kind: str, name: str, known: list[str]) -> str:
    near = nearest(name, known)
    meant = f"did you mean {near}? It" if near else "it"
    choices = ", ".join(known) or "none"
    return f"{avatar.name} has no {kind} called {name!r}; {meant} has: {choices}"
