"""One performer and the avatar they wear: faces and commands in, an Actor for every beat out.

Holds all that lasts from beat to beat (fades, zero point, placement); knows no clock and no thread.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Literal

from vtuber.animate.fade import Fade
from vtuber.animate.idle import Idle, breath
from vtuber.animate.mix import Part, mix
from vtuber.animate.retarget import Retarget
from vtuber.animate.smooth import Predictor
from vtuber.avatar.avatar import Avatar
from vtuber.core import command as commands
from vtuber.core.errors import UserError
from vtuber.core.face import Face
from vtuber.core.pose import BASE, PoseInput
from vtuber.core.scene import Actor, Placement

LOST_AFTER_NS = 300_000_000  # a face that is away for less was only a hand before it
FOUND_S, LOST_S, HIDE_S, VIEW_S = 0.3, 0.8, 0.25, 0.12


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What a performer's settings say; may be changed while the show runs."""

    mirror: bool = True
    predict: bool = True
    lost: Literal["idle", "hold", "rest", "hide"] = "idle"
    view: Placement = field(default_factory=Placement)
    seed: int = 0


class Performer:
    """One performer of a show."""

    def __init__(self, name: str, avatar: Avatar, key: str, behaviour: Behaviour) -> None:
        self.name = name
        self.behaviour = behaviour
        self._idle = Idle(behaviour.seed)
        self._retarget = Retarget()
        self._predictor = Predictor()
        self._seen: Face | None = None  # the newest face that was found
        self._last: Face | None = None
        self._tracked, self._hidden = Fade(), Fade()
        self._expressions: dict[str, Fade] = {}
        self._held: dict[str, float] = {}
        self._toggled: set[str] = set()
        self._is_mirrored = behaviour.mirror
        self._begin_ns: int | None = None
        self._view = _View(behaviour.view)
        self.wear(avatar, key)

    def wear(self, avatar: Avatar, key: str) -> None:
        """Change the avatar; what the performer does goes on, what the old one had is dropped."""
        self.avatar, self._key = avatar, key
        self._space = BASE.extended(avatar.parameters)
        self._inputs = {
            name: PoseInput.of(values, self._space) for name, values in avatar.expressions.items()
        }
        self._expressions = {n: f for n, f in self._expressions.items() if n in self._inputs}
        self._held = {n: v for n, v in self._held.items() if n in self._space.index}
        self._toggled &= {layer.toggle for layer in avatar.layers}

    def configure(self, behaviour: Behaviour) -> None:
        """Take new settings; what a hand changed meanwhile stays, unless its setting changed."""
        if behaviour.mirror != self.behaviour.mirror:
            self._is_mirrored = behaviour.mirror
        if behaviour.view != self.behaviour.view:
            self._view.home = self._view.target = behaviour.view
        self.behaviour = behaviour

    def obey(self, command: commands.Command, now_ns: int) -> None:
        """Carry out one command. Raises UserError when the avatar lacks what it names."""
        match command:
            case commands.SetExpression(name, fade_s):
                self._express(name, fade_s, now_ns)
            case commands.Hide():
                self._hidden.to(1.0 - self._hidden.target, now_ns, HIDE_S)
            case commands.Calibrate():
                if self._seen is None or self._seen.pose is None:
                    raise UserError("cannot calibrate: no face was seen yet")
                self._retarget.calibrate(self._seen.pose)
            case commands.Mirror():
                self._is_mirrored = not self._is_mirrored
            case commands.Toggle(name):
                self._toggle(name)
            case commands.SetParameter(name, value):
                self._hold(name, value)
            case _:
                self._view.obey(command)

    def _express(self, name: str, fade_s: float, now_ns: int) -> None:
        if name != "neutral" and name not in self._inputs:
            raise UserError(_no(self.avatar, "expression", name, ["neutral", *self._inputs]))
        if name in self._inputs:
            self._expressions.setdefault(name, Fade())
        for other, fade in self._expressions.items():
            fade.to(float(other == name), now_ns, fade_s)

    def _toggle(self, name: str) -> None:
        known = sorted({layer.toggle for layer in self.avatar.layers} - {""})
        if name not in known:
            raise UserError(_no(self.avatar, "item", name, known))
        self._toggled ^= {name}

    def _hold(self, name: str, value: float | None) -> None:
        PoseInput.of({name: value or 0.0}, self._space)  # refuses unknown names
        if value is None:
            self._held.pop(name, None)
        else:
            self._held[name] = value

    def advance(self, now_ns: int, face: Face | None, script: PoseInput | None = None) -> Actor:
        """Give the actor of this beat. `face` is the newest there is, new or seen before.

        `script` is what a script or a program gives, over tracking and under expressions.
        """
        if self._begin_ns is None:
            self._begin_ns = now_ns
        self._see(face, now_ns)
        t_s = (now_ns - self._begin_ns) / 1e9
        parts = [Part(self._at_rest(t_s)), *self._tracking(now_ns)]
        if script is not None:
            parts.append(Part(script))
        parts += [Part(self._inputs[n], f.at(now_ns)) for n, f in self._expressions.items()]
        parts.append(Part(PoseInput.of(self._held, self._space)))
        hidden = frozenset(
            layer.name for layer in self.avatar.layers if layer.toggle in self._toggled
        )
        opacity = 1.0 - self._hidden.at(now_ns)
        if self.behaviour.lost == "hide":
            opacity *= self._tracked.at(now_ns)
        view = self._view.at(now_ns)
        return Actor(self.name, self._key, mix(self._space, parts), view, opacity, hidden)

    def _see(self, face: Face | None, now_ns: int) -> None:
        if face is not None and face is not self._last:
            self._last = face
            self._predictor.add(face)
            if face.found:
                self._seen = face
        is_here = self._seen is not None and now_ns - self._seen.captured_ns < LOST_AFTER_NS
        if is_here:
            self._tracked.to(1.0, now_ns, FOUND_S)
        elif self.behaviour.lost != "hold":
            self._tracked.to(0.0, now_ns, LOST_S)

    def _at_rest(self, t_s: float) -> PoseInput:
        if self.behaviour.lost == "rest":
            return PoseInput.of({"breath": breath(t_s)})
        return self._idle.at(t_s)

    def _tracking(self, now_ns: int) -> list[Part]:
        gain = self._tracked.at(now_ns)
        if gain <= 0.0 or self._seen is None:
            return []
        led = self._predictor.at(now_ns) if self.behaviour.predict else None
        measured = led or self._seen.pose
        assert measured is not None, "a face that was found has a pose"
        return [Part(self._retarget(measured, self._is_mirrored), gain)]


class _View:
    """Where the avatar stands, on its way to where it was sent."""

    def __init__(self, home: Placement) -> None:
        self.home = self.target = self._now = home
        self._last_ns: int | None = None

    def obey(self, command: commands.Command) -> None:
        at = self.target
        match command:
            case commands.Move(x, y):
                self.target = dataclasses.replace(
                    at, x=_within(at.x + x, -2, 2), y=_within(at.y + y, -2, 2)
                )
            case commands.Zoom(factor):
                if factor <= 0:
                    raise UserError(f"cannot zoom by {factor:g}; give a factor such as 1.1 or 0.9")
                self.target = dataclasses.replace(at, scale=_within(at.scale * factor, 0.1, 10))
            case commands.Rotate(degrees):
                turned = (at.rotation_deg + degrees + 180) % 360 - 180
                self.target = dataclasses.replace(at, rotation_deg=turned)
            case commands.ResetView():
                self.target = self.home
            case _:
                raise AssertionError(f"the show carries out {command}, not the performer")

    def at(self, now_ns: int) -> Placement:
        step_s = 0.0 if self._last_ns is None else (now_ns - self._last_ns) / 1e9
        self._last_ns = now_ns
        share = min(1.0, step_s / VIEW_S)
        turn = (self.target.rotation_deg - self._now.rotation_deg + 180) % 360 - 180
        self._now = Placement(
            self._now.x + share * (self.target.x - self._now.x),
            self._now.y + share * (self.target.y - self._now.y),
            self._now.scale * (self.target.scale / self._now.scale) ** share,
            self._now.rotation_deg + share * turn,
        )
        return self._now


def _within(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)


def _no(avatar: Avatar, kind: str, name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, 1, 0.5)
    meant = f"; did you mean {near[0]}?" if near else f"; it has: {', '.join(known) or 'none'}"
    return f"{avatar.name} has no {kind} called {name!r}{meant}"
