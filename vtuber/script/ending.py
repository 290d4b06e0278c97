"""A script in; whether it is sure to end, when nobody presses a key, out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from graphlib import CycleError, TopologicalSorter

from vtuber.script import statements as records
from vtuber.script.conditions import limits_of
from vtuber.script.statements import AnyStatement, Script, walk
from vtuber.script.waits import Happened, happened

# Statements, what calls them, and by number the statement outside of reactions that holds them.
_Body = tuple[Happened | None, int, tuple[AnyStatement, ...]]
_RAISED = re.compile(r"(event|key)\s+(.+)")


def may_not_end(script: Script) -> str:
    """Say why a script may go on for ever; "" when it is sure to end.

    What nothing in the script brings about, as a key that somebody presses, counts as never.
    """
    brings, latest = _happenings(script)
    try:
        leaves_first = list(TopologicalSorter(brings).static_order())
    except CycleError as error:
        return _circle(script, error.args[1])
    for name in reversed(leaves_first):
        for then in brings[name]:
            latest[then] = max(latest.get(then, 0), latest[name])
    places = {s.name: i for i, s in enumerate(script.statements) if isinstance(s, records.Label)}
    passed = ""
    for i, top in enumerate(script.statements):
        passed = top.name if isinstance(top, records.Label) else passed
        bounded = set(_bounded((top,), passed))
        for statement, by in _played((top,), brings):
            from_here = i if by is None else latest[by]  # where a reaction is called, not written
            match statement:
                case records.Loop(times=None):
                    return f"the loop of {_where(statement)} has no end"
                case records.Goto(label=label) if id(statement) not in bounded:
                    if places.get(label, from_here + 1) <= from_here:
                        return f"the goto of {_where(statement)} goes back"
                case records.Wait(until="key" | "event" as until, name=which):
                    if happened(until, which) not in brings:
                        return f"{_where(statement)} waits for the {until} {which!r}"
    return ""


def _where(statement: AnyStatement) -> str:
    return f"line {statement.at.line}" if statement.at.line else statement.do


def _happenings(script: Script) -> tuple[dict[Happened, list[Happened]], dict[Happened, int]]:
    """Give what happens, with what reactions to it bring about, and what brings it about.

    The latter is the number of the last statement outside of reactions that does, if one does.
    """
    brings: dict[Happened, list[Happened]] = {}
    latest: dict[Happened, int] = {}
    asleep: dict[Happened, list[_Body]] = defaultdict(list)
    ahead: list[_Body] = [(None, i, (top,)) for i, top in enumerate(script.statements)]
    while ahead:
        by, i, statements = ahead.pop()
        for statement in _outside_of_reactions(statements):
            if isinstance(statement, records.On):
                name = happened(statement.what, statement.name)
                (ahead if name in brings else asleep[name]).append((name, i, statement.body))
            for name in _raised(statement):
                if name not in brings:
                    brings[name] = []
                    ahead += asleep.pop(name, [])
                if by is None:
                    latest[name] = max(i, latest.get(name, 0))
                else:
                    brings[by].append(name)
    return brings, latest


def _outside_of_reactions(statements: tuple[AnyStatement, ...]) -> Iterator[AnyStatement]:
    for statement in statements:
        yield statement
        if not isinstance(statement, records.On):
            for block in statement.blocks():
                yield from _outside_of_reactions(block)


def _raised(statement: AnyStatement) -> Iterator[Happened]:
    """Give the events and keys that a statement brings about."""
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
            yield happened(found[1], found[2].strip().strip("\"'"))


def _circle(script: Script, names: Collection[Happened]) -> str:
    """Name the first reaction of those that bring each other about."""
    for on in (s for s in script.walk() if isinstance(s, records.On)):
        raised = {name for each in walk(on.body) for name in _raised(each)}
        if happened(on.what, on.name) in names and not raised.isdisjoint(names):
            return f"on {on.what} {on.name!r}, {_where(on)}, brings itself about"
    raise AssertionError("only reactions bring about what brings them about")


def _played(
    statements: tuple[AnyStatement, ...],
    raised: Collection[Happened],
    by: Happened | None = None,
) -> Iterator[tuple[AnyStatement, Happened | None]]:
    """Give every statement but those that wait for what never happens, with what calls it."""
    for statement in statements:
        then = by
        if isinstance(statement, records.On):
            then = happened(statement.what, statement.name)
            if then not in raised:
                continue
        yield statement, by
        for block in statement.blocks():
            yield from _played(block, raised, then)


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
