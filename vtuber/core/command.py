"""What a hand, a key or a program may ask of a running show. Values, and their one-line text form.

    [@PERFORMER] VERB WORDS [over SECONDS]        @alice zoom to 1.2 over 0.5
    [@PERFORMER] item NAME VERB WORDS             item mug show mug.png at hand
    [@PERFORMER] say TEXT                         say [happy] It's me, "the cat"!

`parse_command` is what keys, standard input and later sockets and scripts all go through;
`format_command` writes what it reads. A command without a performer is for the first one of the
show, `@all` is everybody. `move`, `zoom` and `rotate` change what is there, with `to` they say what
shall be there. What switches takes `on` or `off`; without, it is switched over.
"""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass, field
from typing import Literal, get_args

from vtuber.core import words as wording
from vtuber.core.errors import UserError
from vtuber.core.item import (
    DropItem,
    HideItem,
    ItemCommand,
    MoveItem,
    Pin,
    PutItemBehind,
    RotateItem,
    ShowItem,
    ZoomItem,
)
from vtuber.core.look import (
    LookCommand,
    LookPlain,
    SetBackground,
    SetBrightness,
    SetOutline,
    SetShadow,
    SetTint,
)
from vtuber.core.nearest import nearest
from vtuber.core.speech import Hush, Say, Skip, SpeechCommand
from vtuber.core.steer import Happen, PressKey, ScriptCommand, SteerScript
from vtuber.core.tune import KeepTuning, SetFilter, SetRange, ShowCommand, SwitchOutput

EVERYBODY, CAMERA = "all", "camera"  # `@camera zoom to 1.4`: all of the scene, as one picture
CalibrationName = Literal["neutral", "open", "shut"]


@dataclass(frozen=True, slots=True)
class SwapAvatar:
    """Cross-fade to another avatar, by its name or its path."""

    avatar: str
    over_s: float = field(default=0.3, kw_only=True)
    performer: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class SetExpression:
    """Cross-fade to one of the avatar's expressions; `neutral` takes it off."""

    name: str
    over_s: float = 0.2
    amount: float = 1.0  # 0..1: how much of it shows
    performer: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class Hide:
    """Hide the avatar (on), or show it again (off)."""

    on: bool | None = None
    over_s: float = 0.25
    performer: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class Calibrate:
    """Take this moment as a neutral face that looks straight ahead, or as eyes open or shut."""

    what: CalibrationName = "neutral"
    performer: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class Move:
    """Shift the avatar by, or `to`, fractions of the picture's height (x + = right, y + = up).

    Without a time it, and every other change of place, glides quickly; over 0 is at once.
    """

    x: float
    y: float = 0.0
    to: bool = field(default=False, kw_only=True)
    over_s: float | None = field(default=None, kw_only=True)
    performer: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class Zoom:
    """Multiply the avatar's size, or set it: `to` 1 fits its canvas into the picture's height."""

    factor: float
    to: bool = field(default=False, kw_only=True)
    over_s: float | None = field(default=None, kw_only=True)
    performer: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class Rotate:
    """Turn the avatar by, or `to`, degrees, + = counter-clockwise. By 360 over 1 s spins it."""

    degrees: float
    to: bool = field(default=False, kw_only=True)
    over_s: float | None = field(default=None, kw_only=True)
    performer: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class ResetView:
    """Put the avatar back where it began."""

    over_s: float | None = field(default=None, kw_only=True)
    performer: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class Mirror:
    """Switch the mirror on or off."""

    on: bool | None = None
    performer: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class Toggle:
    """Show (on) or take off a part of the avatar, by the name of its toggle."""

    name: str
    on: bool | None = None
    over_s: float = field(default=0.3, kw_only=True)
    performer: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class WearOutfit:
    """Cross-fade into an outfit of the avatar; without a name, into the next one."""

    name: str = ""
    over_s: float = field(default=0.3, kw_only=True)
    performer: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class SetParameter:
    """Hold one pose parameter at a value; without a value, let it go again."""

    name: str
    value: float | None = None
    over_s: float = 0.0
    performer: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class Quit:
    """End the show, for everybody."""


Command = (
    SwapAvatar | SetExpression | Hide | Calibrate | Move | Zoom | Rotate | ResetView | Mirror
    | Toggle | WearOutfit | SetParameter | ItemCommand | LookCommand | SetBackground
    | SpeechCommand | ScriptCommand | ShowCommand | Quit
)  # fmt: skip

LONGEST = 4000  # characters, but of a text to say

VERBS: dict[str, type] = {
    "avatar": SwapAvatar,
    "expression": SetExpression,
    "hide": Hide,
    "calibrate": Calibrate,
    "move": Move,
    "zoom": Zoom,
    "rotate": Rotate,
    "reset": ResetView,
    "mirror": Mirror,
    "toggle": Toggle,
    "outfit": WearOutfit,
    "set": SetParameter,
    "item show": ShowItem,  # the item's name stands between
    "item hide": HideItem,
    "item drop": DropItem,
    "item move": MoveItem,
    "item zoom": ZoomItem,
    "item rotate": RotateItem,
    "item behind": PutItemBehind,
    "tint": SetTint,
    "brightness": SetBrightness,
    "outline": SetOutline,
    "shadow": SetShadow,
    "plain": LookPlain,
    "background": SetBackground,
    "say": Say,
    "skip": Skip,
    "hush": Hush,
    "script": SteerScript,
    "event": Happen,
    "key": PressKey,
    "output": SwitchOutput,
    "filter": SetFilter,
    "range": SetRange,
    "tuning": KeepTuning,
    "quit": Quit,
}
_VERB_OF = {kind: verb for verb, kind in VERBS.items()}
_AROUND = ("to", "at", "over_s", "performer")  # have words of their own; others stand in order
# what goes before a text, and the text, in which nothing is quoted
_SAY = re.compile(
    r"""(\s*(?:(?=['"]?@)(?:[^\s'"]|'[^']*'|"[^"]*")+\s+)?say)(?:\s+(.*)|\s*)""", re.DOTALL
)
_SWITCH = {"on": True, "off": False}
_WORDS = {
    "CalibrationName": "|".join(get_args(CalibrationName)),
    "bool | None": "on|off",
    "Colour | None": "COLOUR|off",
}  # as help shows them

Field = dataclasses.Field[object]


def parse_command(text: str) -> Command:
    """Read one command from a line of text. Raises UserError that says what was meant.

    >>> parse_command("move 0.1 -0.05").x
    0.1
    >>> parse_command("@alice expression joy over 0.5")
    SetExpression(name='joy', over_s=0.5, amount=1.0, performer='alice')
    """
    said = _SAY.fullmatch(text)
    if said is None and len(text) > LONGEST:
        raise UserError(f"a command of {len(text):,} characters is too long: {text[:40]!r} ...")
    words = wording.split(text if said is None else said[1])
    performer = words.pop(0)[1:] if words and words[0].startswith("@") else None
    verb, words = _verb(words or [""], text)
    kind = VERBS[verb]
    plain, around = _fields(kind)
    given: dict[str, object] = {}
    if performer is not None:
        if not performer or "performer" not in around:
            why = f"{verb} is for the whole show" if performer else "name a performer after @"
            raise UserError(f"cannot read the command {text!r}: {why}; write: {_form(verb)}")
        given["performer"] = performer
    if said is not None:
        if not (said[2] or "").strip():
            raise UserError(f"cannot read the command {text!r}; write: {_form(verb)}")
        words = [said[2]]
    required = sum(f.default is dataclasses.MISSING for f in plain)
    if "over_s" in around and len(words) - 2 >= required and words[-2] == "over":
        given["over_s"] = wording.number("over", words[-1], text)
        del words[-2:]
    if "at" in around and len(words) - 2 >= required and words[-2] == "at":
        if words[-1] not in get_args(Pin):
            choices = ", ".join(get_args(Pin))
            raise UserError(f"in {text!r}: at takes one of: {choices}; not {words[-1]!r}")
        given["at"] = words[-1]
        del words[-2:]
    first = 1 if verb.startswith("item ") else 0  # behind the item's name
    if "to" in around and words[first : first + 1] == ["to"]:
        given["to"] = True
        del words[first]
    if not required <= len(words) <= len(plain):
        raise UserError(f"cannot read the command {text!r}; write: {_form(verb)}")
    given |= {f.name: _value(f, w, text) for f, w in zip(plain, words, strict=False)}
    command: Command = kind(**given)
    return command


def format_command(command: Command) -> str:
    """Write a command as the line that `parse_command` reads.

    >>> format_command(Zoom(1.2, to=True, over_s=0.5, performer="alice"))
    '@alice zoom to 1.2 over 0.5'
    """
    plain, around = _fields(type(command))
    values = [getattr(command, f.name) for f in plain]
    while plain and values[-1] == plain[len(values) - 1].default:  # what is left out
        values.pop()
        plain = plain[: len(values)]
    words = _VERB_OF[type(command)].split()
    if len(words) > 1:
        words.insert(1, wording.written(values.pop(0)))
    performer = getattr(command, "performer", "")
    if performer:
        words.insert(0, wording.quoted("@" + performer))
    if getattr(command, "to", False):
        words.append("to")
    words += values if isinstance(command, Say) else [wording.written(value) for value in values]
    if isinstance(command, ShowItem) and command.at:
        words += ["at", command.at]
    over_s = getattr(command, "over_s", None)
    if "over_s" in around and over_s != around["over_s"].default:
        words += ["over", wording.written(over_s)]
    return " ".join(words)


def _fields(kind: type) -> tuple[list[Field], dict[str, Field]]:
    """Give the fields whose words stand in order, and those that have words of their own."""
    fields = dataclasses.fields(kind)
    plain = [f for f in fields if f.name not in _AROUND]
    return plain, {f.name: f for f in fields if f.name in _AROUND}


def _verb(words: list[str], text: str) -> tuple[str, list[str]]:
    """Find the verb, and give the words without it; an item's name stays before its words."""
    verb, *rest = words
    if verb == "item":
        item_verbs = [v.removeprefix("item ") for v in VERBS if v.startswith("item ")]
        if len(rest) < 2 or rest[1] not in item_verbs:
            form = f"item NAME {'|'.join(item_verbs)} ..."
            raise UserError(f"cannot read the command {text!r}; write: {form}")
        return f"item {rest[1]}", [rest[0], *rest[2:]]
    if verb not in VERBS:
        choices = list(dict.fromkeys(v.split()[0] for v in VERBS))
        meant = f"did you mean {near}? Else " if (near := nearest(verb, choices)) else ""
        raise UserError(f"no command called {verb!r}; {meant}choose one of: {', '.join(choices)}")
    return verb, rest


def _form(verb: str) -> str:
    """Show how a command is written.

    >>> _form("move")
    '[@PERFORMER] move [to] X [Y] [over SECONDS]'
    """
    plain, around = _fields(VERBS[verb])
    words = ["[@PERFORMER]"] if "performer" in around else []
    words += verb.split()
    if verb.startswith("item "):
        words.insert(-1, plain.pop(0).name.upper())
    words += ["[to]"] if "to" in around else []
    for f in plain:
        word = _WORDS.get(str(f.type), f.name.upper())
        words.append(word if f.default is dataclasses.MISSING else f"[{word}]")
    words += [f"[at {'|'.join(get_args(Pin))}]"] if "at" in around else []
    return " ".join([*words, "[over SECONDS]"] if "over_s" in around else words)


def _value(field: Field, word: str, text: str) -> object:
    if field.type == "str":
        return word
    if "bool" in str(field.type):
        if word not in _SWITCH:
            raise UserError(f"in {text!r}: write on or off, not {word!r}")
        return _SWITCH[word]
    if "Colour" in str(field.type):
        return wording.colour(word, text)
    if field.type == "float | None" and word == "off":
        return None
    if field.type == "CalibrationName":
        if word not in get_args(CalibrationName):
            raise UserError(f"cannot read the command {text!r}; write: {_form('calibrate')}")
        return word
    return wording.number(field.name, word, text)
