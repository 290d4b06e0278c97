"""What a hand, a key or a program may ask of a running show. Values, and their one-line text form.

`parse_command("zoom 1.2")` is what keys, standard input and later sockets all go through.
"""

from __future__ import annotations

import dataclasses
import shlex
from dataclasses import dataclass

from vtuber.core.errors import UserError


@dataclass(frozen=True, slots=True)
class SwapAvatar:
    """Change the avatar (a name that ships, or a path)."""

    avatar: str


@dataclass(frozen=True, slots=True)
class SetExpression:
    """Cross-fade to one of the avatar's expressions; `neutral` takes it off."""

    name: str
    fade_s: float = 0.2


@dataclass(frozen=True, slots=True)
class Hide:
    """Hide the avatar, or show it again."""


@dataclass(frozen=True, slots=True)
class Calibrate:
    """Take the pose of this moment as looking straight ahead."""


@dataclass(frozen=True, slots=True)
class Move:
    """Shift the avatar by fractions of the picture's height (x + = right, y + = up)."""

    x: float
    y: float = 0.0


@dataclass(frozen=True, slots=True)
class Zoom:
    """Multiply the avatar's size."""

    factor: float


@dataclass(frozen=True, slots=True)
class Rotate:
    """Turn the avatar by degrees, + = counter-clockwise."""

    degrees: float


@dataclass(frozen=True, slots=True)
class ResetView:
    """Put the avatar back where it began."""


@dataclass(frozen=True, slots=True)
class Mirror:
    """Switch the mirror on or off."""


@dataclass(frozen=True, slots=True)
class Toggle:
    """Show or hide an item or accessory of the avatar by the name of its toggle."""

    name: str


@dataclass(frozen=True, slots=True)
class SetParameter:
    """Hold one pose parameter at a value; without a value, let it go again."""

    name: str
    value: float | None = None


@dataclass(frozen=True, slots=True)
class Quit:
    """End the show."""


Command = (
    SwapAvatar | SetExpression | Hide | Calibrate | Move | Zoom | Rotate | ResetView | Mirror
    | Toggle | SetParameter | Quit
)  # fmt: skip

MOST = 1e6  # of any number in a command

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
    "set": SetParameter,
    "quit": Quit,
}


def parse_command(text: str) -> Command:
    """Read one command from a line of text. Raises UserError that says what was meant.

    >>> parse_command("move 0.1 -0.05")
    Move(x=0.1, y=-0.05)
    >>> parse_command("expression joy")
    SetExpression(name='joy', fade_s=0.2)
    """
    lexer = shlex.shlex(text, posix=True)
    lexer.whitespace_split, lexer.commenters, lexer.escape = True, "", ""  # C:\me\cat.vtuber
    try:
        verb, *words = list(lexer) or [""]
    except ValueError as error:
        raise UserError(f"cannot read the command {text!r}: {error}") from error
    if verb not in VERBS:
        raise UserError(f"no command called {verb!r}; choose one of: {', '.join(VERBS)}")
    kind = VERBS[verb]
    fields = dataclasses.fields(kind)
    required = sum(f.default is dataclasses.MISSING for f in fields)
    if not required <= len(words) <= len(fields):
        raise UserError(f"cannot read the command {text!r}; write: {_form(verb)}")
    command: Command = kind(*(_value(f, w, text) for f, w in zip(fields, words, strict=False)))
    return command


def _form(verb: str) -> str:
    """Show how a command is written.

    >>> _form("move")
    'move X [Y]'
    """
    words = [
        f.name.upper() if f.default is dataclasses.MISSING else f"[{f.name.upper()}]"
        for f in dataclasses.fields(VERBS[verb])
    ]
    return " ".join([verb, *words])


def _value(field: dataclasses.Field[object], word: str, text: str) -> object:
    if field.type == "str":
        return word
    try:
        number = float(word)
    except ValueError:
        number = float("nan")
    if not -MOST < number < MOST:  # also refuses NaN
        raise UserError(f"in {text!r}: {field.name} is a number below a million, not {word!r}")
    return number
