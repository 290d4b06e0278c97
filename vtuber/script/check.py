"""A script in, every fault of its meaning out: what it names is there, and it comes to an end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from vtuber.core.errors import UserError
from vtuber.core.nearest import nearest
from vtuber.script import statements as records
from vtuber.script.catalogue import Catalogue
from vtuber.script.conditions import labels_of
from vtuber.script.faults import Fault, Faults
from vtuber.script.lines import LineError
from vtuber.script.spoken import said_of
from vtuber.script.statements import AnyStatement, Place, Script

KEYWORDS = "loop", "end", "label", "goto", "if", "else", "on", "all", "camera"
OPTIONS = {  # of @cast: from where to where a number goes; None for a text
    "avatar": None, "voice": None, "x": (-2.0, 2.0), "y": (-2.0, 2.0), "zoom": (0.1, 10.0),
    "seed": (0.0, 1e9), "head_gain": (0.0, 3.0), "physics": (0.0, 2.0), "mirror": (0.0, 1.0),
}  # fmt: skip


def cast_of(script: Script) -> dict[str, Mapping[str, str]]:
    """Give who plays, with their options; without any @cast, whoever speaks first.

    >>> from vtuber.script.parse import parse
    >>> cast_of(parse("Mika: Hi")[0])
    {'Mika': {}}
    """
    cast: dict[str, Mapping[str, str]] = {
        s.name: s.options for s in script.walk() if isinstance(s, records.Cast)
    }
    speakers = [s.who for s in script.walk() if isinstance(s, records.Say)]
    return cast or {[*speakers, "performer"][0]: {}}


def check(script: Script, catalogue: Catalogue) -> list[Fault]:
    """Find every fault that `parse` cannot see, in the order of the text."""
    faults = Faults()
    labels = _labels(script, faults)
    cast: set[str] = set()
    for statement in script.walk():
        with _noting(faults, statement.at):
            _check(statement, catalogue, labels, cast, faults)
    for loop in script.walk():
        if isinstance(loop, records.Loop) and loop.times is None and not takes_time(loop.body):
            faults.add(loop.at, "this loop never ends and takes no time; put a @wait into it")
    return faults.sorted()


def _labels(script: Script, faults: Faults) -> dict[str, Place]:
    labels: dict[str, Place] = {}
    top = {id(statement) for statement in script.statements}
    for statement in script.walk():
        if not isinstance(statement, records.Label):
            continue
        if id(statement) not in top:
            faults.add(statement.at, "a label stands outside of all blocks")
        elif statement.name in labels:
            first = labels[statement.name].line
            faults.add(statement.at, f"there is a label {statement.name!r} in line {first} already")
        labels.setdefault(statement.name, statement.at)
    return labels


def _check(
    statement: AnyStatement,
    catalogue: Catalogue,
    labels: Mapping[str, Place],
    cast: set[str],
    faults: Faults,
) -> None:
    match statement:
        case records.Cast(name=name, options=options):
            if name in KEYWORDS or name in cast:
                why = "is cast already" if name in cast else "is a word of the language"
                raise UserError(f"{name!r} {why}; choose another name")
            cast.add(name)
            _check_options(options)
        case records.Say(who=who, directions=directions, parts=parts):
            catalogue.role(who)
            for direction in directions:
                with _noting(faults, direction.at):
                    alone = statement.model_copy(update={"directions": (direction,)})
                    if sound := catalogue.manner(alone).sound:
                        catalogue.check_sound(sound)
            for cue in (part for part in parts if isinstance(part, records.Cue)):
                with _noting(faults, cue.at):
                    does = catalogue.cue(who, cue.cue)
                    for command in does if isinstance(does, tuple) else ():
                        catalogue.find(command)
        case records.Order(command=order):
            catalogue.find(catalogue.order(order))
        case records.SetPose(who=who, values=values):
            role = catalogue.role(who)
            for name in values:
                if name not in role.parameters:
                    near = nearest(name, role.parameters)
                    meant = f"; did you mean {near}?" if near else ""
                    raise UserError(f"no pose parameter called {name!r}{meant}")
        case records.Track(who=who, path=path):
            catalogue.role(who)
            if path != "off":
                catalogue.check_track(path)
        case records.Goto(label=label):
            _find(label, labels)
        case records.If(condition=condition):
            for label in labels_of(condition):
                _find(label, labels)


@contextmanager
def _noting(faults: Faults, at: Place) -> Iterator[None]:
    """Note what is raised as a fault of this place."""
    try:
        yield
    except UserError as error:
        faults.add(at, str(error))
    except LineError as error:
        faults.add(at, error.what)


def _find(label: str, labels: Iterable[str]) -> None:
    if label not in labels:
        near = nearest(label, labels)
        meant = f"did you mean {near!r}?" if near else f"there is: {', '.join(labels) or 'none'}"
        raise UserError(f"no label {label!r}; {meant}")


def _check_options(options: Mapping[str, str]) -> None:
    for name, text in options.items():
        if name not in OPTIONS:
            near = nearest(name, OPTIONS)
            meant = f"did you mean {near}?" if near else f"there is: {', '.join(OPTIONS)}"
            raise UserError(f"@cast has no option {name!r}; {meant}")
        span = OPTIONS[name]
        if span is not None and not _is_within(text, *span):
            raise UserError(f"{name} takes a number from {span[0]:g} to {span[1]:g}, not {text!r}")


def _is_within(text: str, low: float, high: float) -> bool:
    try:
        return low <= float(text) <= high
    except ValueError:
        return False


def takes_time(statements: tuple[AnyStatement, ...]) -> bool:
    """Tell whether a run of statements is sure to take some time."""
    for statement in statements:
        match statement:
            case records.Wait(until="seconds", seconds=seconds):
                if seconds > 0:
                    return True
            case records.Wait(until="time"):
                pass  # it may be over already
            case records.Say():
                said = said_of(statement)
                if said.text.strip() or said.pause_s:
                    return True
            case records.Wait():
                return True
            case records.SetPose(over_s=over_s, hold_s=hold_s):
                if over_s > 0 or hold_s:
                    return True
            case records.Camera(over_s=over_s):
                if over_s:
                    return True
            case records.Par(body=body) | records.Seq(body=body) | records.Loop(body=body):
                if takes_time(body) and getattr(statement, "times", 1) != 0:
                    return True
            case records.If(then=then, otherwise=otherwise):
                if takes_time(then) and takes_time(otherwise):
                    return True
            case records.Goto():
                return True  # it leaves
    return False
