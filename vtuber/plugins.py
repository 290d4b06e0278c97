"""Finds plugins by file name, and imports only the one that is asked for.

A plugin is one file in its room (`output/web.py`) with a frozen dataclass `Options` and the room's
class (`Output`). In text it is `NAME` or `NAME:key=value,key=value`; a first value without a key is
the first option: `record:film.mp4`.
"""

from __future__ import annotations

import dataclasses
import importlib
import math
import pkgutil
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from vtuber.core.errors import UserError
from vtuber.core.nearest import nearest

# room: the class in each of its plugins
ROOMS = {"output": "Output", "capture": "Capture", "track": "Tracker", "voice": "Voice"}
# of rooms that hold more than plugins
_FOLDERS = {"track": "track.trackers", "voice": "voice.engines"}


@dataclass(frozen=True, slots=True)
class Plugin:
    """One plugin with its options read and checked; nothing is open yet."""

    name: str
    kind: type
    options: Any

    def make(self, *context: object) -> Any:
        """Make the plugin's machine. Raises UserError for options that do not go together."""
        return self.kind(self.options, *context)


def names(room: str) -> tuple[str, ...]:
    """List the plugins of a room by their files; imports none of them."""
    package = importlib.import_module(_package(room))
    found = (module.name for module in pkgutil.iter_modules(package.__path__))
    return tuple(name for name in found if not name.startswith("_"))


def parse(room: str, text: str) -> Plugin:
    """Read `NAME[:options]`. Raises UserError that names the choices, and every wrong option."""
    name, _, rest = text.partition(":")
    if name not in names(room):
        kind = "tracker" if room == "track" else room
        raise UserError(f"no {kind} called {name!r}; {_choices(name, names(room))}")
    return _plugin(room, name, lambda kind: _words(rest, kind))


def with_options(room: str, name: str, **options: object) -> Plugin:
    """Name a plugin and its options as values instead of text. Raises UserError as `parse` does."""
    return _plugin(room, name, lambda kind: options)


def _plugin(room: str, name: str, words_of: Callable[[type], dict[str, object]]) -> Plugin:
    module = importlib.import_module(f"{_package(room)}.{name}")
    options = _options(module.Options, words_of(module.Options), f"{room} {name}")
    return Plugin(name, getattr(module, ROOMS[room]), options)


def _package(room: str) -> str:
    return f"vtuber.{_FOLDERS.get(room, room)}"


def _words(text: str, kind: type) -> dict[str, object]:
    """Split `key=value,key=value`; a comma that no key follows belongs to the value."""
    words: dict[str, object] = {}
    for position, word in enumerate(re.split(r",(?=\w+=)", text) if text else []):
        key, equals, value = word.partition("=")
        if not equals and position == 0:
            key, value = dataclasses.fields(kind)[0].name, word
        words[key.strip()] = value
    return words


def _options(kind: type, words: dict[str, object], where: str) -> Any:
    from pydantic import TypeAdapter, ValidationError

    known = [field.name for field in dataclasses.fields(kind)]
    faults = [f"no option {word!r}; {_choices(word, known)}" for word in words if word not in known]
    given = {word: value for word, value in words.items() if word in known}
    try:
        options: Any = TypeAdapter(kind).validate_python(given)
    except ValidationError as error:
        faults += [f"{e['loc'][0]}={e['input']}: {_lower(e['msg'])}" for e in error.errors()]
    else:
        values = ((word, getattr(options, word)) for word in given)
        faults += [f"{word}={v}: give a finite number" for word, v in values if _is_endless(v)]
    if faults:
        raise UserError(f"{where}: " + "; ".join(faults))
    return options


def _is_endless(value: object) -> bool:
    return isinstance(value, float) and not math.isfinite(value)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:].partition(", unable to parse")[0]


def _choices(name: str, known: tuple[str, ...] | list[str]) -> str:
    near = nearest(name, known)
    return f"did you mean {near}?" if near else f"choose one of: {', '.join(known)}"
