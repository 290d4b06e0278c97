"""What there is (cast, gestures, styles) in; what the words of a script mean there out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from vtuber.core.command import (
    CAMERA,
    EVERYBODY,
    Command,
    Move,
    ResetView,
    Rotate,
    SetExpression,
    SetParameter,
    Toggle,
    WearOutfit,
    Zoom,
)
from vtuber.core.errors import UserError
from vtuber.core.nearest import nearest, none_such
from vtuber.core.pose import BASE
from vtuber.script import statements as records
from vtuber.script.deeds import Manner
from vtuber.script.emotion import Feeling
from vtuber.script.gestures import Gesture
from vtuber.script.lines import FORMS
from vtuber.script.orders import command_of
from vtuber.script.spoken import said_of
from vtuber.script.statements import SOUND
from vtuber.script.tracks import Faces

FAST, SLOW = 1.25, 0.8  # times the usual speed of a voice
URGENT = "urgent"  # breaks off what is being said
FADE_S = 0.2  # into an expression that is a cue
OF_ALL = (CAMERA, "background", "event", "key")  # cues that mean nobody of the cast


@dataclass(frozen=True, slots=True)
class Role:
    """What one of the cast can do: the names that their avatar has."""

    avatar: str
    expressions: tuple[str, ...] = ()
    outfits: tuple[str, ...] = ()
    toggles: tuple[str, ...] = ()
    parameters: tuple[str, ...] = BASE.names


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All that a script may name. Its methods raise UserError for what is not there."""

    cast: Mapping[str, Role]
    gestures: Mapping[str, Gesture]
    styles: Mapping[str, str] = field(default_factory=dict)  # of the voice: its expression, or ""
    feel: Callable[[str], Feeling | None] = lambda text: None  # of a line without a direction
    place: Callable[[Command], Command] = lambda command: command  # finds the files that it names
    find: Callable[[Command], object] = lambda command: None  # refuses those that are not there
    sound: Callable[[str], str] = lambda file: file  # finds a sound that is ready
    check_sound: Callable[[str], object] = lambda path: None  # refuses what is none
    check_track: Callable[[str], object] = lambda path: None  # refuses what is no recording
    faces: Faces = lambda path, performer: iter(())  # of a recording

    def role(self, who: str) -> Role:
        """Give what somebody can do; "" is the first of the cast."""
        if not who:
            return next(iter(self.cast.values()))
        if who not in self.cast:
            form = FORMS.get(f"@{who.lower()}")
            if form is not None:
                raise UserError(f"nobody is called {who!r}; did you mean {form}?")
            near = nearest(who, self.cast)
            meant = f"did you mean {near}?" if near else f"there is: {', '.join(self.cast)}"
            raise UserError(f"nobody is called {who!r}; {meant}")
        return self.cast[who]

    def manner(self, say: records.Say) -> Manner:
        """Give how a line is said: by its directions; without any, as its text feels.

        >>> mika = Catalogue({"Mika": Role("default", ("joy",))}, {}, {"happy": "joy"})
        >>> fast = records.Direction(word="fast"), records.Direction(word="happy", amount=0.8)
        >>> mika.manner(records.Say(who="Mika", directions=fast, parts=("Hi",)))
        Manner(style='happy', speed=1.25, expression='joy', amount=0.8, is_urgent=False, sound='')
        """
        role, style, speed, face, amount = self.role(say.who), "", 1.0, "", 1.0
        is_urgent = any(direction.word == URGENT for direction in say.directions)
        sounds = [d.word for d in say.directions if d.word.partition(" ")[0] == SOUND]
        sound = self._sound(sounds[-1]) if sounds else ""
        directions = [d for d in say.directions if d.word not in sounds]
        felt = None if directions else self.feel(said_of(say).subtitle)
        if felt is not None and felt.style in self.styles:
            face = self._face(role, felt.style)
            return Manner(felt.style, 1.0, face, felt.amount, sound=sound)
        for direction in directions:
            word = direction.word
            if word == URGENT:
                continue
            if word in ("fast", "slow", "speed"):
                speed *= _speed(direction)
                continue
            if word in self.styles:
                style, face = word, self._face(role, word)
            elif word in role.expressions:
                face = word
            else:
                raise UserError(self._no_direction(role, word))
            amount = 1.0 if direction.amount is None else direction.amount
            if not 0 <= amount <= 1:
                raise UserError(f"{word} takes an amount from 0 to 1, not {amount:g}")
        return Manner(style, speed, face, amount, is_urgent, sound)

    def _sound(self, direction: str) -> str:
        file = direction.partition(" ")[2]
        if not file:
            raise UserError('name the file: (sound "hello.wav")')
        return self.sound(file)

    def _face(self, role: Role, style: str) -> str:
        shown = self.styles[style]
        return shown if shown in role.expressions else ""

    def _no_direction(self, role: Role, word: str) -> str:
        known = list(
            dict.fromkeys([*self.styles, *role.expressions, "fast", "slow", "speed", SOUND, URGENT])
        )
        near = nearest(word, known)
        meant = f"did you mean '{near}'?" if near else f"there is: {', '.join(known)}"
        return f"no direction {word!r}; {meant}"

    def cue(self, who: str, cue: str) -> Gesture | tuple[Command, ...]:
        """Give what happens at a cue: a gesture, an expression, or a command.

        >>> mika = Catalogue({"Mika": Role("default", ("joy",))}, {})
        >>> mika.cue("Mika", "joy")
        (SetExpression(name='joy', over_s=0.2, amount=1.0, performer='Mika'),)
        """
        role = self.role(who)
        if cue in self.gestures:
            return self.gestures[cue]
        name, _, rest = cue.partition(" ")
        amount = _amount(rest)
        if name in (*role.expressions, "neutral") and amount is not None:
            return (SetExpression(name, FADE_S, amount, performer=who),)
        if name in role.parameters and rest:
            return (self.order(f"{who} set {cue}"),)
        try:
            return (self.order(cue if name in (*self.cast, *OF_ALL) else f"{who} {cue}"),)
        except UserError as error:
            if str(error).startswith("no command called"):
                raise UserError(self._no_cue(role, cue)) from None
            raise

    def _no_cue(self, role: Role, cue: str) -> str:
        near = nearest(cue, [*self.gestures, *role.expressions])
        meant = f"did you mean '{near}'?" if near else f"there is: {', '.join(self.gestures)}"
        return f"no gesture {cue!r}; {meant}"

    def order(self, order: str) -> Command:
        """Give the command of an order: whom and what it names, is there."""
        words = re.fullmatch(r"((?:\S+ )?)expression (\S+) (on|off)((?: .*)?)", order)
        if words is not None:
            return self._switched(words[1].strip(), words[2], words[3] == "on", words[4])
        command = self.place(command_of(order, tuple(self.cast)))
        who = getattr(command, "performer", None)
        if who == CAMERA:
            if not isinstance(command, Move | Zoom | Rotate | ResetView):
                raise UserError("a camera takes move, zoom, rotate and reset")
        elif who is not None:
            for role in self._roles(who):
                _check(command, role)
        return command

    def _roles(self, who: str) -> tuple[Role, ...]:
        return tuple(self.cast.values()) if who == EVERYBODY else (self.role(who),)

    def _switched(self, who: str, name: str, on: bool, rest: str) -> Command:
        """Read `expression blush on`: an effect comes and goes beside the expression that is on."""
        roles = self._roles(who)
        prefix = f"{who} " if who else ""
        if all(name in role.expressions for role in roles):
            return self.order(f"{prefix}expression {name if on else 'neutral'}{rest}")
        for role in roles:
            if name not in role.parameters:
                raise UserError(none_such(role.avatar, "expression", name, role.expressions))
        return self.order(f"{prefix}set {name}{' 1' if on else ''}{rest}")


def _speed(direction: records.Direction) -> float:
    if direction.word == "speed":
        if direction.amount is None or not 0.5 <= direction.amount <= 2:
            raise UserError("speed takes a factor from 0.5 to 2: speed 1.2")
        return direction.amount
    return FAST if direction.word == "fast" else SLOW


def _amount(text: str) -> float | None:
    """Read how much of an expression shows; all of it when nothing is said."""
    if not text:
        return 1.0
    try:
        amount = float(text)
    except ValueError:
        return None
    return amount if 0 <= amount <= 1 else None


def _check(command: Command, role: Role) -> None:
    """Raise UserError for a command that an avatar cannot obey."""
    match command:
        case SetExpression(name):
            kind, known = "expression", ("neutral", *role.expressions)
        case WearOutfit(name) if name:
            kind, known = "outfit", role.outfits
        case Toggle(name):
            kind, known = "toggle", role.toggles
        case SetParameter(name):
            if name not in role.parameters:
                near = nearest(name, role.parameters)
                meant = f"; did you mean {near}?" if near else ""
                raise UserError(f"no pose parameter called {name!r}{meant}")
            return
        case _:
            return
    if name not in known:
        raise UserError(none_such(role.avatar, kind, name, known))
