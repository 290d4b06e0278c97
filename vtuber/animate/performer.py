"""One performer and the avatar they wear: faces and commands in, an Actor for every beat out.

Holds all that lasts from beat to beat (fades, zero point, placement); knows no clock and no thread.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from vtuber.animate.clothes import Clothes
from vtuber.animate.fade import Fade
from vtuber.animate.idle import Idle
from vtuber.animate.items import Items
from vtuber.animate.looks import Looks
from vtuber.animate.lost import Lost, Policy
from vtuber.animate.mix import Part, mix
from vtuber.animate.physics import Physics
from vtuber.animate.presence import Presence
from vtuber.animate.retarget import Manner
from vtuber.animate.smooth import GroupName, SmoothSettings
from vtuber.animate.speaking import Speaking
from vtuber.animate.stretch import Stretch
from vtuber.animate.view import View
from vtuber.avatar.avatar import Avatar
from vtuber.core import command as commands
from vtuber.core.errors import UserError
from vtuber.core.face import Face
from vtuber.core.item import ItemCommand
from vtuber.core.look import AS_DRAWN, Look, LookCommand, Outline, Shadow
from vtuber.core.nearest import none_such
from vtuber.core.pose import BASE, PoseInput
from vtuber.core.scene import Actor, Placement
from vtuber.core.speech import Mouth, MouthFrom
from vtuber.core.standing import Standing


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What a performer's settings say; may be changed while the show runs (but the seed)."""

    mirror: bool = True
    predict: bool = True
    lost: Literal["idle", "hold", "rest", "hide"] = "idle"
    view: Placement = field(default_factory=Placement)
    seed: int | None = None  # of idle motion and wind; None: each performer has their own
    head_gain: float = 1.0  # degrees of the avatar's head per degree of the performer's
    physics: float = 1.0  # how far hair and cloth swing; 0: not at all
    look: Look = AS_DRAWN
    outline: Outline = field(default_factory=Outline)  # what shows when a command puts it on
    shadow: Shadow = field(default_factory=Shadow)  # the same
    lost_groups: Mapping[GroupName, Policy] = field(default_factory=dict)  # instead of `lost`
    smoothing: SmoothSettings = field(default_factory=SmoothSettings)  # as the faces were filtered
    linked_blink: bool = False  # both lids as one
    mouth: MouthFrom = "sound"
    ranges: tuple[Stretch, ...] = ()  # of what is measured, as a hand adjusted it


@dataclass(frozen=True, slots=True)
class _Held:
    """A parameter that a hand holds, on its way to a value, or into or out of that hand."""

    value: Fade
    weight: Fade


class Performer:
    """One performer of a show."""

    def __init__(
        self, name: str, avatar: Avatar, key: str, behaviour: Behaviour, number: int = 0
    ) -> None:
        """Begin with an avatar; `number` counts who was there before."""
        self.name = name
        self._behaviour = behaviour
        self._seed = number if behaviour.seed is None else behaviour.seed
        self._is_mirrored = behaviour.mirror
        self._idle = Idle(self._seed)
        self._lost = Lost(behaviour.lost, behaviour.lost_groups)
        self._presence = Presence(behaviour.smoothing)
        self._view = View(behaviour.view)
        self.items = Items()
        self._hidden = Fade()
        self._expressions: dict[str, Fade] = {}
        self._held: dict[str, _Held] = {}
        self._speaking = Speaking()
        self._looks = Looks(behaviour.look, behaviour.outline, behaviour.shadow)
        self._clothes = Clothes(avatar)
        self._last_ns = 0
        self._begin_ns: int | None = None
        self.wear(avatar, key)

    def wear(self, avatar: Avatar, key: str) -> None:
        """Change the avatar; what the performer does goes on, what the new one lacks is dropped."""
        self.avatar, self._key = avatar, key
        self._space = BASE.extended(avatar.parameters)
        self._physics = Physics(avatar.strands, self._seed)
        self._inputs = {
            name: PoseInput.of(values, self._space) for name, values in avatar.expressions.items()
        }
        self._expressions = {n: f for n, f in self._expressions.items() if n in self._inputs}
        self._held = {n: held for n, held in self._held.items() if n in self._space.index}
        self._clothes = Clothes(avatar, self._clothes)

    def configure(self, behaviour: Behaviour) -> None:
        """Take new settings; what a hand changed meanwhile stays, unless its setting changed."""
        if behaviour.mirror != self._behaviour.mirror:
            self._is_mirrored = behaviour.mirror
        if behaviour.view != self._behaviour.view:
            self._view.settle_at(behaviour.view)
        look, outline, shadow = behaviour.look, behaviour.outline, behaviour.shadow
        old = self._behaviour
        if (look, outline, shadow) != (old.look, old.outline, old.shadow):
            self._looks.settle_at(look, outline, shadow, self._last_ns)
        self._behaviour = behaviour
        self._presence.configure(behaviour.smoothing)
        self._lost = Lost(behaviour.lost, behaviour.lost_groups)

    def captured_ns(self, now_ns: int) -> int | None:
        """Give when the face was captured that moves the avatar now; None when none does."""
        return self._presence.captured_ns(now_ns)

    def standing(self) -> Standing:
        """Say what there is to choose from, and what of it is on or about to be."""
        return Standing(
            self.name,
            self.avatar.name,
            {n: n in self._expressions and self._expressions[n].target > 0 for n in self._inputs},
            self._clothes.outfits,
            self._clothes.toggles,
            self.items.shown,
            self._hidden.target > 0,
            self._is_mirrored,
            measured=dict(zip(BASE.names, self._presence.measured.tolist(), strict=True)),
        )

    def obey(self, command: commands.Command, now_ns: int) -> str:
        """Carry out one command; say what the picture may not show, or nothing ("").

        Raises UserError when the avatar lacks what it names.
        """
        if isinstance(command, ItemCommand):
            self.items.obey(command, now_ns)
            return ""
        if isinstance(command, LookCommand):
            self._looks.obey(command, now_ns)
            return ""
        match command:
            case commands.SetExpression(name, over_s, amount):
                self._express(name, amount, over_s, now_ns)
            case commands.Hide(on, over_s):
                self._hidden.to(float(_switched(self._hidden.target > 0, on)), now_ns, over_s)
                return f"{self.avatar.name} is {'hidden' if self._hidden.target else 'shown'}"
            case commands.Calibrate(what):
                self._presence.calibrate(now_ns, takes_zero=what == "neutral")
                return f"calibrated: {_CALIBRATED[what]}"
            case commands.Mirror(on):
                self._is_mirrored = _switched(self._is_mirrored, on)
                return f"the mirror is {'on' if self._is_mirrored else 'off'}"
            case commands.Toggle(name, on, over_s=over_s):
                self._clothes.toggle(name, on, now_ns, over_s)
            case commands.WearOutfit(name, over_s=over_s):
                self._clothes.wear(name, now_ns, over_s)
            case commands.SetParameter(name, value, over_s):
                self._hold(name, value, now_ns, over_s)
            case _:
                self._view.obey(command, now_ns)
        return ""

    def _express(self, name: str, amount: float, over_s: float, now_ns: int) -> None:
        if not 0 <= amount <= 1:
            raise UserError(f"an expression shows from 0 (not) to 1 (wholly), not {amount:g}")
        if name in self._inputs:
            self._expressions.setdefault(name, Fade())
        elif name != "neutral":
            known = ["neutral", *self._inputs]
            raise UserError(none_such(self.avatar.name, "expression", name, known))
        for other, fade in self._expressions.items():
            fade.to(amount if other == name else 0.0, now_ns, over_s)

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

    def advance(
        self,
        now_ns: int,
        face: Face | None,
        script: PoseInput | None = None,
        mouth: Mouth | None = None,
        seen_after_ns: int = 0,
    ) -> Actor:
        """Give the actor of this beat. `face` is the newest there is, new or seen before.

        `script` is what a script or a program gives, over tracking and under expressions; `mouth`
        is what a voice does, or a microphone; `seen_after_ns` how much later the beat is seen.
        """
        if self._begin_ns is None:
            self._begin_ns = now_ns
        self._last_ns = now_ns
        parts = [
            Part(self._at_rest((now_ns - self._begin_ns) / 1e9)),
            *self._tracking(now_ns, face, now_ns + seen_after_ns),
            *([Part(script)] if script is not None else []),
            *(Part(self._inputs[name], f.at(now_ns)) for name, f in self._expressions.items()),
            *self._speaking.parts(now_ns, mouth, self._inputs),
            *self._sounding(mouth),
            *self._holding(now_ns),
        ]
        hidden, faint = self._clothes.at(now_ns)
        opacity = 1.0 - self._hidden.at(now_ns)
        if self._lost.hides:
            opacity *= self._presence.share(now_ns)
        view = self._view.at(now_ns)
        pose = mix(self._space, parts)
        strength = self._behaviour.physics
        led = self._view.without_cuts(view)
        sway = self._physics.advance(now_ns, pose, strength, led) if strength else None
        return Actor(
            self.name,
            self._key,
            pose,
            view,
            opacity,
            hidden,
            sway,
            self._looks.at(now_ns),
            items=self.items.at(now_ns),
            faint_layers=faint,
        )

    def _sounding(self, mouth: Mouth | None) -> list[Part]:
        if mouth is None or self._behaviour.mouth == "camera":
            return []
        return [Part(mouth.pose, is_stronger=self._behaviour.mouth == "both")]

    def _tracking(self, now_ns: int, face: Face | None, seen_ns: int) -> list[Part]:
        behaviour = self._behaviour
        return self._presence.follow(
            now_ns,
            face,
            Manner(
                self._is_mirrored, behaviour.head_gain, behaviour.linked_blink, behaviour.ranges
            ),
            lead_to_ns=seen_ns if behaviour.predict else None,
            held=self._lost.held,
        )

    def _at_rest(self, t_s: float) -> PoseInput:
        return self._lost.calmed(self._idle.at(t_s))


_CALIBRATED = {
    "neutral": "this is straight ahead now",
    "open": "these are open eyes",
    "shut": "these are shut eyes",
}


def _switched(is_on: bool, on: bool | None) -> bool:
    return not is_on if on is None else on
