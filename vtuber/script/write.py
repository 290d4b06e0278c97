"""A script in, its text out: what `parse` reads gives the same script again, but for blanks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from vtuber.script import statements as records
from vtuber.script.statements import SOUND, AnyStatement, Cue, Pause, Script

INDENT = "  "
SIGNS = r"([\\\[\]［］【】]|[<＜](?=\s*\d+(?:\.\d*)?\s*[>＞]))"  # that would be no text


def write(script: Script) -> str:
    """Write a script as a .puppet file has it; comments are not kept.

    >>> from vtuber.script.parse import parse
    >>> print(write(parse("loop 2\\nMika （happy）： Hello ［nod］ you")[0]), end="")
    loop 2
      Mika (happy): Hello [nod] you
    end
    """
    return "".join(f"{line}\n" for line in _lines(script.statements))


def _lines(statements: tuple[AnyStatement, ...], depth: int = 0) -> Iterator[str]:
    for statement in statements:
        head = INDENT * depth + _head(statement)
        yield head
        blocks = statement.blocks()
        for number, block in enumerate(blocks):
            if number and block:
                yield INDENT * depth + "else:"
            yield from _lines(block, depth + 1)
        if blocks:
            yield INDENT * depth + ("@end" if head.lstrip().startswith("@") else "end")


def _head(statement: AnyStatement) -> str:
    """Write the line that a statement begins with."""
    match statement:
        case records.Title(text=text):
            return f"@title {text}"
        case records.Cast(name=name, options=options):
            return " ".join([f"@cast {name}", *(f"{k}={_word(v)}" for k, v in options.items())])
        case records.Seed(seed=seed):
            return f"@seed {seed}"
        case records.Include(path=path):
            return f"@include {path}"
        case records.Track(who=who, path=path):
            return f"@{who} track {path}" if who else f"@track {path}"
        case records.Say():
            return _say(statement)
        case records.Order(command=command):
            return f"@{command}"
        case records.SetPose(who=who, values=values, over_s=over_s, hold_s=hold_s):
            pairs = [f"{name}={_number(value)}" for name, value in values.items()]
            times = [f"over {_number(over_s)}"] if over_s else []
            times += [] if hold_s is None else [f"hold {_number(hold_s)}"]
            return " ".join([f"@{who} set" if who else "@set", *pairs, *times])
        case records.Camera():
            return _camera(statement)
        case records.Wait(until="seconds", seconds=seconds):
            return f"@wait {_number(seconds)}"
        case records.Wait(until="time", seconds=seconds):
            return f"@wait until {_number(seconds)}"
        case records.Wait(until=until, name=name):
            return f"@wait {until} {_word(name)}" if name else f"@wait {until}"
        case records.Loop(times=times):
            return "loop" if times is None else f"loop {times}"
        case records.Label(name=name):
            return f"label {name}:"
        case records.Goto(label=label):
            return f"goto {label}"
        case records.If(condition=condition):
            return f"if {condition}:"
        case records.On(what=what, name=name):
            return f"on {what} {_word(name)}:"
    return f"@{statement.do}"  # par and seq


def _camera(camera: records.Camera) -> str:
    words = ["@camera"]
    words += ["reset"] if camera.resets else []
    words += [] if camera.zoom is None else [f"zoom {_number(camera.zoom)}"]
    words += (
        [] if camera.move is None else [f"move {_number(camera.move[0])} {_number(camera.move[1])}"]
    )
    words += [] if camera.rotate is None else [f"rotate {_number(camera.rotate)}"]
    words += [] if camera.over_s is None else [f"over {_number(camera.over_s)}"]
    return " ".join(words)


def _say(say: records.Say) -> str:
    said = ""
    for part in say.parts:
        match part:
            case Pause(pause=pause):
                said += f"<{_number(pause)}>"
            case Cue(cue=cue):
                said += f"[{cue}]"
            case str(text):
                said += re.sub(SIGNS, r"\\\1", text)
    directions = ", ".join(
        _direction(d.word) if d.amount is None else f"{d.word} {_number(d.amount)}"
        for d in say.directions
    )
    return f"{say.who} ({directions}): {said}" if directions else f"{say.who}: {said}"


def _direction(word: str) -> str:
    head, _, file = word.partition(" ")
    return f'{head} "{file}"' if head == SOUND and file else word


def _number(value: float) -> str:
    """Write a number as the grammar reads it: never with an exponent, and as the same number.

    >>> _number(1e-05), _number(2.0)
    ('0.00001', '2')
    """
    return f"{Decimal(repr(float(value))).normalize():f}"


def _word(text: str) -> str:
    return text if re.fullmatch(r"[\w./:+-]+", text) else f'"{text}"'
