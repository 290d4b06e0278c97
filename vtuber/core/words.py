"""The words of a command's line in, values out, and back. Pure."""

from __future__ import annotations

import re
import shlex

from vtuber.core.colour import Colour, format_colour, parse_colour
from vtuber.core.errors import UserError

MOST = 1e6  # of any number


def split(text: str) -> list[str]:
    """Split a line as a shell does, but for the backslash (C:\\me). Raises UserError."""
    lexer = shlex.shlex(text, posix=True)
    lexer.whitespace_split, lexer.commenters, lexer.escape = True, "", ""
    try:
        return list(lexer)
    except ValueError as error:
        raise UserError(f"cannot read the command {text!r}: {error}") from error


def colour(word: str, text: str) -> Colour | None:
    """Read a colour, or off, of the line `text`. Raises UserError."""
    if word == "off":
        return None
    try:
        return parse_colour(word)
    except UserError as error:
        raise UserError(f"in {text!r}: {error}, or off") from None


def number(name: str, word: str, text: str) -> float:
    """Read a number below a million of the line `text`. Raises UserError."""
    try:
        value = float(word)
    except ValueError:
        value = float("nan")
    if not -MOST < value < MOST:  # also refuses NaN
        raise UserError(f"in {text!r}: {name} is a number below a million, not {word!r}")
    if name == "over" and value < 0:
        raise UserError(f"in {text!r}: over is a number of seconds from 0, not {word!r}")
    return value


def written(value: object) -> str:
    """Write a value as the word that it is read from.

    >>> [written(value) for value in (True, None, 0.5, "it's")]
    ['on', 'off', '0.5', '\\'it\\'"\\'"\\'s\\'']
    """
    if isinstance(value, bool) or value is None:
        return "on" if value else "off"
    if isinstance(value, tuple):
        return format_colour(value)
    if isinstance(value, str):
        return quoted(value)
    return short if float(short := f"{value:g}") == value else repr(value)


def quoted(word: str) -> str:
    """Write a word so that `split` gives it back whole."""
    return word if re.fullmatch(r"""[^\s'"]+""", word) else shlex.quote(word)
