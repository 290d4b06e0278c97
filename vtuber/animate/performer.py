"""One performer and the avatar they wear: faces and commands in, an Actor for every beat out.

Holds all that lasts from beat to beat (fades, zero point, placement); knows no clock and no thread.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Literal

from vtuber.animate.fade import Fade
from vtuber.animate.idle import Idle, breath
from vtuber.animate.mix import Part, mix
from vtuber.animate.presence import Presence
from vtuber.animate.view import View
from vtuber.avatar.avatar import Avatar
from vtuber.core import command as commands
from vtuber.core.errors import UserError
from vtuber.core.face import Face
from vtuber.core.pose import BASE, PoseInput
from vtuber.core.scene import Actor, Placement

HIDE_S = 0.25


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What a performer's settings say; may be changed while the show runs (all but the seed)."""

    mirror: bool = True
    predict: bool = True
    lost: Literal["idle", "hold", "rest", "hide"] = "idle"
    view: Placement = field(default_factory=Placement)
    seed: int = 0


class Performer:
    """One performer of a show."""

    def __init__(self, name: str, avatar: Avatar, key: str, behaviour: Behaviour) -> None:
        self.name = name
        self._behaviour = behaviour
        self._is_mirrored = behaviour.mirror
        self._idle = Idle(behaviour.seed)
        self._presence = Presence()
        self._view = View(behaviour.view)
        self._hidden = Fade()
        self._expressions: dict[str, Fade] = {}
        self._held: dict[str, float] = {}
        self._toggled: set[str] = set()
        self._begin_ns: int | None = None
        self.wear(avatar, key)

    def wear(self, avatar: Avatar, key: str) -> None:
        """Change the avatar; what the performer does goes on, what the new one lacks is dropped."""
        self.avatar, self._key = avatar, key
        self._space = BASE.extended(avatar.parameters)
        self._inputs = {
            name: PoseInput.of(values, self._space) for name, values in avatar.expressions.items()
        }
        self._expressions = {n: f for n, f in self._expressions.items() if n in self._inputs}
        self._held = {n: v for n, v in self._held.items() if n in self._space.index}
        self._holding = PoseInput.of(self._held, self._space)
        self._toggled &= {layer.toggle for layer in avatar.layers}

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
        match command:
            case commands.SetExpression(name, fade_s):
                self._express(name, fade_s, now_ns)
            case commands.Hide():
                self._hidden.to(1.0 - self._hidden.target, now_ns, HIDE_S)
                return f"{self.avatar.name} is {'hidden' if self._hidden.target else 'shown'}"
            case commands.Calibrate():
                self._presence.calibrate(now_ns)
                return "calibrated: this is straight ahead now"
            case commands.Mirror():
                self._is_mirrored = not self._is_mirrored
                return f"the mirror is {'on' if self._is_mirrored else 'off'}"
            case commands.Toggle(name):
                self._toggle(name)
            case commands.SetParameter(name, value):
                self._hold(name, value)
            case _:
                self._view.obey(command)
        return ""

    def _express(self, name: str, fade_s: float, now_ns: int) -> None:
        if name in self._inputs:
            self._expressions.setdefault(name, Fade())
        elif name != "neutral":
            raise UserError(
                _no(
                    self.avatar, "expression", name, list(dict.fromkeys(["neutral", *self._inputs]))
                )
            )
        for other, fade in self._expressions.items():
            fade.to(float(other == name), now_ns, fade_s)

    def _toggle(self, name: str) -> None:
        known = sorted({layer.toggle for layer in self.avatar.layers} - {""})
        if name not in known:
            raise UserError(_no(self.avatar, "item", name, known))
        self._toggled ^= {name}

    def _hold(self, name: str, value: float | None) -> None:
        PoseInput.of({name: 0.0}, self._space)  # refuses unknown names, also when letting go
        held = {n: v for n, v in self._held.items() if n != name}
        if value is not None:
            held[name] = value
        self._holding = PoseInput.of(held, self._space)
        self._held = held

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
            Part(self._holding),
        ]
        hidden = frozenset(
            layer.name for layer in self.avatar.layers if layer.toggle in self._toggled
        )
        opacity = 1.0 - self._hidden.at(now_ns)
        if self._behaviour.lost == "hide":
            opacity *= self._presence.share(now_ns)
        view = self._view.at(now_ns)
        return Actor(self.name, self._key, mix(self._space, parts), view, opacity, hidden)

    def _tracking(self, now_ns: int, face: Face | None) -> list[Part]:
        behaviour = self._behaviour
        return self._presence.follow(
            now_ns,
            face,
            mirror=self._is_mirrored,
            predict=behaviour.predict,
            hold=behaviour.lost == "hold",
        )

    def _at_rest(self, t_s: float) -> PoseInput:
        if self._behaviour.lost == "rest":
            return PoseInput.of({"breath": breath(t_s)})
        return self._idle.at(t_s)


def _no(avatar: Avatar, kind: str, name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, 1, 0.5)
    meant = f"; did you mean {near[0]}?" if near else f"; it has: {', '.join(known) or 'none'}"
    return f"{avatar.name} has no {kind} called {name!r}{meant}"
