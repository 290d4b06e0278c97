"""A script in; whether it is sure to end, when nobody presses a key, out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from vtuber.script import statements as records
from vtuber.script.conditions import limits_of
from vtuber.script.statements import AnyStatement, Script, walk

_RAISED = re.compile(r"(event|key)\s+(.+)")


def may_not_end(script: Script) -> str:
    """Say why a script may go on for ever; "" when it is sure to end.

    What nothing in the script brings about, as a key that somebody presses, counts as never.
    """
    raised: set[tuple[str, str]] = set()
    while more := set(_raised(_played(script.statements, raised))) - raised:
        raised |= more  # what reactions to it bring about, too
    awake = [s for s in _played(script.statements, raised) if isinstance(s, records.On)]
    for reaction in awake:
        if _wakes(reaction, awake, ()):
            where = f"line {reaction.at.line}" if reaction.at.line else reaction.do
            return f"on {reaction.what} {reaction.name!r}, {where}, brings itself about"
    places = {s.name: i for i, s in enumerate(script.statements) if isinstance(s, records.Label)}
    passed = ""
    for i, top in enumerate(script.statements):
        passed = top.name if isinstance(top, records.Label) else passed
        bounded = set(_bounded((top,), passed))
        for statement in _played((top,), raised):
            where = f"line {statement.at.line}" if statement.at.line else statement.do
            match statement:
                case records.Loop(times=None):
                    return f"the loop of {where} has no end"
                case records.Goto(label=label) if id(statement) not in bounded:
                    if places.get(label, i + 1) <= i:
                        return f"the goto of {where} goes back"
                case records.Wait(until="key" | "event" as until, name=name):
                    if (until, name) not in raised:
                        return f"{where} waits for the {until} {name!r}"
    return ""


def _raised(statements: Iterable[AnyStatement]) -> Iterator[tuple[str, str]]:
    """Give the events and keys that statements bring about."""
    for statement in statements:
        match statement:
            case records.Order(command=command):
                said = [command]
            case records.Say(parts=parts):
                said = [part.cue for part in parts if isinstance(part, records.Cue)]
            case _:
                said = []
        for words in said:
            found = _RAISED.fullmatch(words)
            if found is not None:
                yield found[1], found[2].strip().strip("\"'")


def _wakes(reaction: records.On, others: list[records.On], before: tuple[records.On, ...]) -> bool:
    """Tell whether a reaction brings itself about, by way of others or at once."""
    if any(reaction is each for each in before):
        return reaction is before[0]
    raised = set(_raised(walk(reaction.body)))
    then = [each for each in others if (each.what, each.name) in raised]
    return any(_wakes(each, others, (*before, reaction)) for each in then)


def _played(
    statements: tuple[AnyStatement, ...], raised: set[tuple[str, str]]
) -> Iterator[AnyStatement]:
    """Give every statement but those that wait for what never happens."""
    for statement in statements:
        if isinstance(statement, records.On) and (statement.what, statement.name) not in raised:
            continue
        yield statement
        for block in statement.blocks():
            yield from _played(block, raised)


def _bounded(statements: tuple[AnyStatement, ...], passed: str) -> Iterator[int]:
    """Give each goto that is done so often at most, as `if plays a < 3: goto a`."""
    for statement in statements:
        if isinstance(statement, records.If):
            limited = {label or passed for label in limits_of(statement.condition)}
            for goto in walk(statement.then):
                if isinstance(goto, records.Goto) and goto.label in limited:
                    yield id(goto)
        inside = "" if isinstance(statement, records.On) else passed
        for block in statement.blocks():
            yield from _bounded(block, inside)
