"""One line of a script in, read by the grammar of puppet.lark; its record out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from vtuber.core.nearest import nearest
from vtuber.script import statements as records
from vtuber.script.statements import AnyStatement, Place

GRAMMAR = Path(__file__).with_name("puppet.lark")

FORMS = {  # how each line is written, by the word that it begins with
    "@title": "@title TEXT",
    "@cast": "@cast NAME avatar=AVATAR voice=VOICE",
    "@seed": "@seed NUMBER",
    "@include": "@include FILE",
    "@track": "@track FILE, or @track off",
    "@wait": "@wait SECONDS, until SECONDS, voice, track, key KEY or event NAME",
    "@set": "@set PARAMETER=VALUE ... [over SECONDS] [hold SECONDS]",
    "@camera": "@camera zoom FACTOR, move X Y, rotate DEGREES, reset [over SECONDS] [ease]",
    "@par": "@par, then lines, then @end",
    "@seq": "@seq, then lines, then @end",
    "@end": "@end",
    "end": "end",
    "loop": "loop TIMES, then lines, then end",
    "label": "label NAME:",
    "goto": "goto NAME",
    "if": "if plays > NUMBER: STATEMENT (or: seconds, chance; and, or, not)",
    "else": "else:",
    "on": 'on event "NAME": STATEMENT, or on key KEY: STATEMENT',
}
SAID = "NAME: TEXT, or NAME (happy 0.8, fast): TEXT [nod] <0.4> more text"
BRACKETS = "[]［］【】"


class LineError(Exception):
    """A line that cannot be read: the column where that shows, from 1, and what was meant."""

    def __init__(self, column: int, what: str) -> None:
        super().__init__(what)
        self.column, self.what = column, what


@dataclass(frozen=True, slots=True)
class Opening:
    """A line that begins a block."""

    kind: type[records.Par | records.Seq | records.Loop | records.If | records.On]
    at: Place
    fields: dict[str, Any]
    inline: Line | None = None  # the statement behind its colon: then there is no block


@dataclass(frozen=True, slots=True)
class Closing:
    """`end` or `else`."""

    word: str


Line = AnyStatement | Opening | Closing


def read_line(code: str, at: Place) -> Line:
    """Read one line that is neither empty nor a comment; `at` is where its first character stands.

    Raises LineError for its form, pydantic's ValidationError for what is out of its range.
    """
    return _line(_tree(code, "line", lambda column: _meant(code, column)), at)


def read_condition(text: str) -> Any:
    """Give the tree of a condition, as the grammar has it. Raises LineError."""
    return _tree(
        text, "condition", lambda column: f"cannot read the condition; write: {FORMS['if']}"
    )


@cache
def _parser() -> Any:
    """Build the parser, once: lark is imported by whoever reads a script."""
    from lark import Lark

    return Lark(GRAMMAR.read_text("utf-8"), parser="lalr", start=["line", "condition"])


def _tree(code: str, start: str, meant: Any) -> Any:
    from lark import UnexpectedInput

    try:
        return _parser().parse(code, start=start)
    except UnexpectedInput as error:
        is_short = getattr(getattr(error, "token", None), "type", "") == "$END"
        column = len(code) + 1 if is_short or error.column < 1 else error.column
        raise LineError(column, meant(column)) from None


def _meant(code: str, column: int) -> str:
    """Say what of a line cannot be read, and how it would be written."""
    word = re.match(r"[@＠]?\w*", code)[0].replace("＠", "@")  # type: ignore[index]
    sign = code[column - 1 : column]
    if sign and sign in BRACKETS:
        return f"{sign} has no other half; to have it said, write \\{sign}"
    if somebodys := re.match(r"[@＠][\w-]+\s+(set|track)(?!\S)", code):
        word = f"@{somebodys[1]}"
    if re.match(r"[^:：(（]*[(（][^)）]*\bsound\s+[^\s\"“)）][^)）]*[)）]", code):
        return 'write a file that is no plain word in quotes: (sound "take 2.wav")'
    if word not in FORMS:
        near = nearest(word, FORMS)
        meant = f"did you mean {near}?" if near else f"what is said is written: {SAID}"
        return f"neither a statement nor a spoken line; {meant}"
    rest = code[column - 1 :].split()
    if re.match(r"[,，]\d", code[column - 1 :]) and code[column - 2 : column - 1].isdigit():
        return "a number has a point, no comma: 1.5"
    if rest and word in ("if", "on") and not re.search("[:：]", code[:column]):
        return f"a colon is missing before {rest[0]!r}; write: {FORMS[word]}"
    what = f"cannot read {rest[0]!r}" if rest else "the line ends too early"
    return f"{what}; write: {FORMS[word]}"


def _line(tree: Any, at: Place) -> Line:
    """Make the record of a line's tree. The rules' names are those of the grammar."""
    while tree.data == "line":
        (tree,) = tree.children
    parts = tree.children
    match str(tree.data):
        case "title":
            return records.Title(text=str(parts[0]), at=at)
        case "cast":
            return records.Cast(name=str(parts[0]), options=_pairs(parts[1:]), at=at)
        case "seed":
            return records.Seed(seed=_whole(parts[0]), at=at)
        case "include":
            return records.Include(path=_unquoted(parts[0]), at=at)
        case "track":
            who = "".join(parts[0][1:].split()[:-1])
            return records.Track(who=who, path=_unquoted(parts[1]), at=at)
        case "wait" if parts[0].type == "UNTIL":
            return records.Wait(until="time", seconds=float(parts[1]), at=at)
        case "wait" if parts[0].type == "NUMBER":
            return records.Wait(seconds=float(parts[0]), at=at)
        case "wait":
            name = _unquoted(parts[1]) if parts[1:] else ""
            return records.Wait(until=parts[0].type.lower(), name=name, at=at)
        case "set":
            who = parts[0][1:].split()[:-1]
            values = {name: _value(name, text) for name, text in _pairs(parts[1:]).items()}
            return records.SetPose(
                who="".join(who), values=values, at=at, **_numbers(parts, "over", "hold")
            )
        case "camera":
            return _camera(parts, at)
        case "order":
            return records.Order(command=parts[0][1:].strip() or "@", at=at)
        case "label":
            return records.Label(name=str(parts[0]), at=at)
        case "goto":
            return records.Goto(label=str(parts[0]), at=at)
        case "say":
            return _say(parts, at)
        case "par":
            return Opening(records.Par, at, {})
        case "seq":
            return Opening(records.Seq, at, {})
        case "loop":
            times = None if parts[0] is None else _whole(parts[0])
            return Opening(records.Loop, at, {"times": times})
        case "if_" | "on" as rule:
            return _opening(rule, parts, at)
        case "else_":
            return Closing("else")
    return Closing("end")


def _camera(parts: list[Any], at: Place) -> Line:
    given: dict[str, Any] = _numbers(parts, "zoom", "rotate", "over")
    for part in parts:
        if getattr(part, "data", "") == "move":
            given["move"] = tuple(float(number) for number in part.children)
        elif getattr(part, "data", "") == "reset":
            given["resets"] = True
    return records.Camera(at=at, **given)


def _say(parts: list[Any], at: Place) -> Line:
    directions: tuple[records.Direction, ...] = ()
    said: list[str | records.Pause | records.Cue] = []
    for part in parts[1:]:
        if getattr(part, "data", "") == "directions":
            directions = tuple(_direction(child.children, at) for child in part.children)
        elif part.type == "TEXT":
            said.append(re.sub(r"\\(.)", r"\1", part))
        elif part.type == "PAUSE":
            said.append(records.Pause(pause=float(part[1:-1])))
        else:
            cue = " ".join(part[1:-1].split())
            if not cue:
                raise LineError(part.column, "nothing stands between the brackets; e.g. [nod]")
            said.append(records.Cue(cue=cue, at=_place(part, at)))
    if said and isinstance(said[0], str):
        said[0] = said[0].lstrip()
    spoken = tuple(part for part in said if part != "")
    if not spoken:
        raise LineError(len(parts[0]) + 2, f"nothing is said; write: {SAID}")
    return records.Say(who=str(parts[0]), directions=directions, parts=spoken, at=at)


def _direction(tokens: list[Any], at: Place) -> records.Direction:
    *words, amount = tokens
    return records.Direction(
        word=" ".join(map(_unquoted, words)),
        amount=None if amount is None else float(amount),
        at=_place(words[0], at),
    )


def _opening(rule: str, parts: list[Any], at: Place) -> Opening:
    """Begin a block of `if` or `on`, or read the statement behind its colon."""
    inline = None
    if getattr(parts[-1], "data", "") == "line":
        inline = _line(parts.pop(), at)
    if rule == "on":
        fields = {"what": parts[0].type.lower(), "name": _unquoted(parts[1])}
        return Opening(records.On, at, fields, inline)
    return Opening(records.If, at, {"condition": _source(parts[0])}, inline)


def _source(tree: Any) -> str:
    """Write a condition again, from its tree."""
    parts = tree.children
    match str(tree.data):
        case "either":
            return " or ".join(_source(part) for part in parts)
        case "both":
            return " and ".join(
                f"({_source(p)})" if p.data == "either" else _source(p) for p in parts
            )
        case "not_":
            inner = _source(parts[0])
            return f"not ({inner})" if parts[0].data == "either" else f"not {inner}"
    return " ".join(str(part) for part in parts if part is not None)


def _place(token: Any, at: Place) -> Place:
    return Place(line=at.line, column=at.column - 1 + token.column, file=at.file)


def _pairs(parts: list[Any]) -> dict[str, str]:
    pairs = [part.children for part in parts if getattr(part, "data", "") == "pair"]
    return {str(name): _unquoted(value) for name, value in pairs}


def _numbers(parts: list[Any], *rules: str) -> dict[str, float]:
    """Give the numbers of those parts that are one of these rules, by their names in records."""
    found = [part for part in parts if getattr(part, "data", "") in rules]
    times = ("over", "hold")
    return {f"{p.data}_s" if p.data in times else str(p.data): float(p.children[0]) for p in found}


def _whole(token: Any) -> int:
    if not float(token).is_integer():
        raise LineError(token.column, f"{token} is no whole number")
    return int(float(token))


def _value(name: str, text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise LineError(1, f"{name} takes a number, not {text!r}") from None


def _unquoted(token: str) -> str:
    return str(token[1:-1]) if token[:1] in ('"', "“") else str(token).strip()
