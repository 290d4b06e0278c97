"""What a player needs to know of a script's words, and what it does. Values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

from vtuber.core.command import Command
from vtuber.core.face import Face
from vtuber.core.pose import PoseInput
from vtuber.script import statements as records
from vtuber.script.gestures import Gesture
from vtuber.script.tracks import Faces


@dataclass(frozen=True, slots=True)
class Manner:
    """How a line is said: what its directions mean for this performer."""

    style: str = ""  # of the voice
    speed: float = 1.0
    expression: str = ""  # of the face, while it is heard; "" leaves the face alone
    amount: float = 1.0
    is_urgent: bool = False  # it breaks off what is being said
    sound: str = ""  # the file in which it is said already


class Meanings(Protocol):
    """What the words of a script mean in this show; `check.py` has made sure that they do."""

    def manner(self, say: records.Say) -> Manner: ...

    def cue(self, who: str, cue: str) -> Gesture | tuple[Command, ...]: ...

    def order(self, order: str) -> Command: ...

    @property
    def cast(self) -> Mapping[str, object]: ...

    @property
    def faces(self) -> Faces: ...


@dataclass(frozen=True, slots=True)
class Step:
    """What happened since the last beat, and how everybody's script wants them now."""

    commands: tuple[tuple[int, Command], ...] = ()  # (when it was due, what), in order
    poses: Mapping[str, PoseInput] = field(default_factory=dict)  # by performer
    faces: Mapping[str, Face] = field(default_factory=dict)  # of recordings, by performer


CuedKind = Literal["line", "said", "gesture", "command", "label", "track"]


@dataclass(frozen=True, slots=True)
class Cued:
    """One thing that a script did, for timelines, subtitles and logs."""

    at_ns: int
    kind: CuedKind  # a line is heard from `line` to `said`
    what: str
    who: str = ""
    at: records.Place = field(default_factory=records.Place)
