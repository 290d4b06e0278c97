"""A script's file in; the script, who plays it, and what every word of it means here, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vtuber.animate.performer import Behaviour
from vtuber.core.errors import UserError
from vtuber.core.pose import BASE
from vtuber.core.scene import Placement
from vtuber.resources import user_gestures
from vtuber.script.catalogue import Catalogue, Role
from vtuber.script.check import cast_of, check
from vtuber.script.emotion import feeling
from vtuber.script.faults import Fault
from vtuber.script.gestures import FILE, read_gestures
from vtuber.script.load import load
from vtuber.script.statements import Cast, Place, Script
from vtuber.shows.engine import load_avatar
from vtuber.shows.plays.places import Places
from vtuber.voice.styles import STYLES

if TYPE_CHECKING:
    from vtuber.avatar.avatar import Avatar

APART = 0.62  # of those who stand side by side, in picture heights


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One of the cast."""

    name: str
    avatar: Avatar
    voice: str  # a wish, as `--voice` has it; "" for the usual one
    behaviour: Behaviour


@dataclass(frozen=True, slots=True, eq=False)
class Play:
    """A script that can be performed: nothing in it is unknown."""

    script: Script
    parts: tuple[Part, ...]
    catalogue: Catalogue
    folder: Path | None = None  # from which its paths count
    files: tuple[tuple[str, int, int], ...] = ()  # that it names, and their states
    name: str = ""  # of its own file


class FaultyScript(UserError):
    """A script with faults; the text lists every one of them on a line of its own."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = tuple(faults)


def read_play(path: Path, gestures: Sequence[Path] = (), emotion: bool = True) -> Play:
    """Read a script's file and check all of it. Raises FaultyScript, or UserError for no file."""
    script, faults = load(path)
    return play_of(script, gestures, emotion, faults, str(path), path.parent.absolute())


def play_of(
    script: Script,
    gestures: Sequence[Path] = (),
    emotion: bool = True,
    faults: Sequence[Fault] = (),
    name: str = "",
    folder: Path | None = None,
) -> Play:
    """Cast a script, and check all of it. Raises FaultyScript.

    `gestures` are files of gestures beside those that ship and the user's own; with `emotion`, a
    line without a direction shows what its text feels; `faults` are those that were found before;
    `folder` is where paths count from.
    """
    found = list(faults)
    places = Places(folder)
    parts = _parts(script, found, name, places)
    own = user_gestures()
    files = (FILE, *((own,) if own.is_file() else ()), *gestures)
    catalogue = Catalogue(
        {part.name: _role(part.avatar) for part in parts},
        read_gestures(*files),
        {name: style.expression for name, style in STYLES.items()},
        feeling if emotion else _unfeeling,
        places.command,
        places.check,
        places.path,
        places.check_sound,
        places.check_track,
        places.faces,
    )
    found += check(script, catalogue)
    if found:
        raise FaultyScript(sorted(found, key=lambda fault: (fault.at.line, fault.at.column)))
    return Play(script, parts, catalogue, folder, places.states, name)


def _unfeeling(text: str) -> None:
    """Find no feeling in any line."""


def _parts(script: Script, faults: list[Fault], name: str, files: Places) -> tuple[Part, ...]:
    places = {s.name: s.at for s in script.walk() if isinstance(s, Cast)}
    cast = cast_of(script)
    parts = []
    for number, (who, options) in enumerate(cast.items()):
        at = places.get(who, Place(line=1, column=1, file=name))
        try:
            avatar = load_avatar(files.avatar(options.get("avatar", "default")))
        except UserError as error:
            faults.append(Fault(at, str(error)))
            avatar = load_avatar("default")
        voice = options.get("voice", "")
        try:
            voice = files.voice(voice)
        except UserError as error:
            faults.append(Fault(at, str(error)))
        behaviour = _behaviour(options, number, len(cast))
        parts.append(Part(who, avatar, voice, behaviour))
    return tuple(parts)


def _behaviour(options: Mapping[str, str], number: int, count: int) -> Behaviour:
    """Give how one of the cast behaves."""
    usual = Behaviour()
    try:
        return Behaviour(
            mirror=bool(float(options.get("mirror", usual.mirror))),
            view=_place(options, number, count),
            seed=int(float(options.get("seed", number))),
            head_gain=float(options.get("head_gain", usual.head_gain)),
            physics=float(options.get("physics", usual.physics)),
        )
    except (ValueError, OverflowError):  # check.py says so
        return usual


def _place(options: Mapping[str, str], number: int, count: int) -> Placement:
    """Stand where the options say; else side by side, all in the picture. Raises ValueError."""
    return Placement(
        float(options.get("x", (number - (count - 1) / 2) * APART)),
        float(options.get("y", 0.0)),
        float(options.get("zoom", 1.0)),
    )


def _role(avatar: Avatar) -> Role:
    return Role(
        avatar.name,
        tuple(avatar.expressions),
        tuple(avatar.outfits),
        tuple(dict.fromkeys(layer.toggle for layer in avatar.layers if layer.toggle)),
        BASE.extended(avatar.parameters).names,
    )
