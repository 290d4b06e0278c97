"""What a script is made of: one frozen record for each kind of statement. Values only.

The records are the JSON twin of the text, too: `Script.model_validate_json` reads it, and
`Script.model_json_schema()` is its schema. `at` is where a statement stands in the text; a program
that writes scripts leaves it out.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from vtuber.core.errors import UserError

if TYPE_CHECKING:
    from vtuber.script.faults import Fault

MAX_STATEMENTS = 20_000
MAX_TEXT = 2_000  # characters of one line
MAX_SECONDS = 24 * 3600.0
MAX_PAUSE_S = 10.0  # within a line: what voices take
SOUND = "sound"  # the direction that names a file

Name = Annotated[str, Field(pattern=r"^[^\W\d][\w-]*$", max_length=64)]
# Ends of lines: what is behind one would be a statement of its own.
_ENDS = r"\n-\r\x1c-\x1e\x85\u2028\u2029"
Text = Annotated[str, Field(min_length=1, max_length=MAX_TEXT, pattern=rf"^[^{_ENDS}]*$")]
Quoted = Annotated[str, Field(pattern=rf'^[^"{_ENDS}]*$', max_length=MAX_TEXT)]
Seconds = Annotated[float, Field(ge=0, le=MAX_SECONDS)]
Number = Annotated[float, Field(ge=-1e6, le=1e6)]


class Record(BaseModel):
    model_config = ConfigDict(extra="forbid", allow_inf_nan=False, frozen=True)


class Place(Record):
    """Where something stands: both count from 1; 0 is nowhere, as in a script that has no text."""

    line: int = 0
    column: int = 0
    file: str = ""


class Statement(Record):
    at: Place = Field(default_factory=Place, exclude=True, repr=False)

    def blocks(self) -> tuple[tuple[AnyStatement, ...], ...]:
        """Give the statements inside this one, block by block."""
        return ()


class Title(Statement):
    """`@title Weekly news`: what the film is called."""

    do: Literal["title"] = "title"
    text: Text


class Cast(Statement):
    """`@cast Mika avatar=default voice=bundled`: who plays, as what, and with which voice."""

    do: Literal["cast"] = "cast"
    name: Name
    options: dict[Name, Annotated[Quoted, Field(min_length=1)]] = Field(default_factory=dict)


class Seed(Statement):
    """`@seed 7`: the chance of this script."""

    do: Literal["seed"] = "seed"
    seed: int = Field(ge=0, lt=2**32)


class Include(Statement):
    """`@include other.puppet`: the statements of another file, here."""

    do: Literal["include"] = "include"
    path: Text


class Track(Statement):
    """`@track show.faces.jsonl`: a recording of faces moves the cast; `off` ends it."""

    do: Literal["track"] = "track"
    # The cast, in its order; a name: that one, by the recording's first performer.
    who: Name | Literal[""] = ""
    path: Text


class Pause(Record):
    """`<0.4>`: nothing is said for so long; for more, `@wait`."""

    pause: Annotated[float, Field(ge=0, le=MAX_PAUSE_S)]


class Cue(Record):
    """`[nod]`: a gesture, an expression or a command, at this place of the text."""

    cue: Annotated[Text, Field(pattern=rf"^[^\[\]［］【】{_ENDS}]*$")]
    at: Place = Field(default_factory=Place, exclude=True, repr=False)


class Direction(Record):
    """`happy 0.8`: how a line is said; `sound "hello.wav"`: the file in which it is."""

    word: Annotated[Quoted, Field(min_length=1)]
    amount: Number | None = None
    at: Place = Field(default_factory=Place, exclude=True, repr=False)


class Say(Statement):
    """`Mika (happy 0.8, fast): Hello [nod] and welcome! <0.4> [wink right]`."""

    do: Literal["say"] = "say"
    who: Name
    directions: tuple[Direction, ...] = ()
    parts: tuple[Text | Pause | Cue, ...] = Field(max_length=256)


class Order(Statement):
    """`@outfit school`, `@Mika zoom to 1.2 over 0.5`: a command of a show, as one line."""

    do: Literal["order"] = "order"
    command: Text


class SetPose(Statement):
    """`@set headYaw=10 over 0.5 hold 1`: move parameters there; after `hold_s` let them go."""

    do: Literal["set"] = "set"
    who: Name | Literal[""] = ""  # the first of the cast
    values: dict[Name, Number] = Field(min_length=1)
    over_s: Seconds = 0.0
    hold_s: Seconds | None = None  # None: for good


class Camera(Statement):
    """`@camera zoom 1.4 over 1.0 ease`: see the whole scene larger, elsewhere, turned.

    It turns and grows about the picture's middle; the background stays. What is None stays as it
    is. `ease` says what is so anyway: it sets out and arrives softly.
    """

    do: Literal["camera"] = "camera"
    zoom: Annotated[float, Field(gt=0, le=20)] | None = None
    move: tuple[Number, Number] | None = None  # in picture heights: x + = right, y + = up
    rotate: Number | None = None  # degrees, + = counter-clockwise
    resets: bool = False  # back to where it began, before all else
    over_s: Seconds | None = None


class Wait(Statement):
    """`@wait 1.5`, or until what is said is said (voice), a key is pressed, an event happens.

    `@wait until 12` (time) waits for that moment, counted from the script's beginning; `@wait
    track` for the end of the recordings of faces.
    """

    do: Literal["wait"] = "wait"
    until: Literal["seconds", "time", "voice", "track", "key", "event"] = "seconds"
    seconds: Seconds = 0.0
    name: Annotated[Quoted, Field(max_length=64)] = ""  # of the key or the event


class Par(Statement):
    """`@par ... @end`: all at the same time; goes on when the last one has ended."""

    do: Literal["par"] = "par"
    body: tuple[AnyStatement, ...]

    def blocks(self) -> tuple[tuple[AnyStatement, ...], ...]:
        return (self.body,)


class Seq(Statement):
    """`@seq ... @end`: one after the other, as one statement; for use inside of `@par`."""

    do: Literal["seq"] = "seq"
    body: tuple[AnyStatement, ...]

    def blocks(self) -> tuple[tuple[AnyStatement, ...], ...]:
        return (self.body,)


class Loop(Statement):
    """`loop 3 ... end`; without a number, for ever."""

    do: Literal["loop"] = "loop"
    times: int | None = Field(default=None, ge=0, le=1_000_000)
    body: tuple[AnyStatement, ...]

    def blocks(self) -> tuple[tuple[AnyStatement, ...], ...]:
        return (self.body,)


class Label(Statement):
    """`label intro:`: where `goto intro` and a jump of a hand go on."""

    do: Literal["label"] = "label"
    name: Name


class Goto(Statement):
    """`goto intro`."""

    do: Literal["goto"] = "goto"
    label: Name


class If(Statement):
    """`if plays > 10: goto outro`; or a block: `if ...:`, `else:`, `end`."""

    do: Literal["if"] = "if"
    condition: Text  # conditions.py reads it
    then: tuple[AnyStatement, ...]
    otherwise: tuple[AnyStatement, ...] = ()

    def blocks(self) -> tuple[tuple[AnyStatement, ...], ...]:
        return (self.then, self.otherwise)


class On(Statement):
    """`on event "headpat": ...`, `on key F2: ...`: from here on, whenever that happens."""

    do: Literal["on"] = "on"
    what: Literal["event", "key"] = "event"
    name: Annotated[Quoted, Field(min_length=1, max_length=64)]
    body: tuple[AnyStatement, ...]

    def blocks(self) -> tuple[tuple[AnyStatement, ...], ...]:
        return (self.body,)


AnyStatement = Annotated[
    Title | Cast | Seed | Include | Track | Say | Order | SetPose | Camera | Wait
    | Par | Seq | Loop | Label | Goto | If | On,
    Field(discriminator="do"),
]  # fmt: skip


class Script(Record):
    """One script: its statements, in order."""

    format: Literal[1] = 1
    statements: tuple[AnyStatement, ...] = Field(max_length=MAX_STATEMENTS)

    @classmethod
    def from_text(cls, text: str, name: str = "script") -> Script:
        """Read a script as a .puppet file has it. Raises UserError that lists every fault.

        >>> Script.from_text("Mika: Hello [nod]").statements[0].who
        'Mika'
        """
        from vtuber.script.parse import parse  # which needs what this file defines

        return _whole(*parse(text, name))

    @classmethod
    def load(cls, path: str | Path) -> Script:
        """Read a .puppet file or a JSON twin. Raises UserError that lists every fault."""
        from vtuber.script.load import load

        return _whole(*load(Path(path)))

    def to_text(self) -> str:
        """Write it as a .puppet file has it."""
        from vtuber.script.write import write

        return write(self)

    def to_json(self) -> str:
        """Write its JSON twin, which `load` reads."""
        return self.model_dump_json(exclude_none=True, indent=1)

    @staticmethod
    def json_schema() -> dict[str, Any]:
        """Give the JSON Schema of a script's JSON twin."""
        return Script.model_json_schema()

    def walk(self) -> Iterator[AnyStatement]:
        """Give every statement, those inside of others behind them."""
        return walk(self.statements)


def _whole(script: Script, faults: list[Fault]) -> Script:
    if faults:
        raise UserError("\n".join(map(str, faults)))
    return script


def walk(statements: tuple[AnyStatement, ...]) -> Iterator[AnyStatement]:
    """Give every statement, those inside of others behind them."""
    for statement in statements:
        yield statement
        for block in statement.blocks():
            yield from walk(block)


for _kind in (Par, Seq, Loop, If, On, Script):
    _kind.model_rebuild()
