"""What a live show does in; a script and its recording of faces, which do it again, out.

    show.puppet           what was said, and every command, at its time
    show.faces.jsonl      the faces that moved the cast

Both grow as `NAME.part` and get their names when the show has ended; of a show that was killed, all
that had happened is there.
"""

from __future__ import annotations

import contextlib
import dataclasses
import math
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

from pydantic import ValidationError

from vtuber.animate.performer import Behaviour
from vtuber.core.command import Command, Quit, format_command
from vtuber.core.errors import UserError
from vtuber.core.face import Face
from vtuber.core.speech import Line, SpeechCommand
from vtuber.core.steer import ScriptCommand
from vtuber.core.tune import ShowCommand
from vtuber.script.check import cast_of
from vtuber.script.statements import (
    MAX_STATEMENTS,
    MAX_TEXT,
    AnyStatement,
    Cast,
    Order,
    Par,
    Say,
    Script,
    Seq,
    Title,
    Track,
    Wait,
)
from vtuber.script.write import write
from vtuber.shows.engine import PERFORMERS, role_of
from vtuber.shows.faces.facelog import FaceLog
from vtuber.shows.files import file_of, open_part, part_of
from vtuber.shows.film.recorded import BREATH_S
from vtuber.shows.live.retold import gesture, opening, retold
from vtuber.shows.plays.places import Places
from vtuber.shows.scenery.items import wish_of
from vtuber.shows.talk.liveline import LiveLine

if TYPE_CHECKING:
    from vtuber.settings import Settings
    from vtuber.shows.plays.casting import Play

# Whom they mean, no script needs: what they did is written down itself.
NOT_WRITTEN = SpeechCommand | ScriptCommand | ShowCommand | Quit
MOST = MAX_STATEMENTS - 100
BREATH_NS = round(BREATH_S * 1e9)
MILLI = 1_000_000


@dataclasses.dataclass(frozen=True, slots=True)
class Acted:
    """Who plays: as a script's @cast has it."""

    avatar: str
    behaviour: Behaviour
    voice: str = ""

    def options(self) -> dict[str, str]:
        """Give what a @cast says that is not so anyway."""
        usual, view = Behaviour(), self.behaviour.view
        numbers: dict[str, tuple[float | None, float | None]] = {
            "zoom": (view.scale, 1.0),
            "seed": (self.behaviour.seed, None),
            "head_gain": (self.behaviour.head_gain, usual.head_gain),
            "physics": (self.behaviour.physics, usual.physics),
            "mirror": (int(self.behaviour.mirror), 1),
        }
        place = {"x": view.x, "y": view.y}
        place |= {n: v for n, (v, usually) in numbers.items() if v is not None and v != usually}
        voice = {"voice": self.voice} if self.voice else {}
        return {"avatar": self.avatar, **voice, **{n: f"{v:.6g}" for n, v in place.items()}}


def faces_of(path: Path) -> Path:
    """Give the recording of faces beside a script. Raises UserError for another ending."""
    if path.suffix.lower() != ".puppet":
        raise UserError(f"{path}: a script is written as .puppet; name it so")
    return path.with_suffix(".faces.jsonl")


class ScriptLog:
    """Writes a show down. Used by the beat alone."""

    def __init__(
        self,
        path: Path,
        cast: Mapping[str, Acted],
        opening: Sequence[Command],
        say: Callable[[str], None],
        look: Callable[[Sequence[LiveLine], int], None] = lambda lines, now_ns: None,
    ) -> None:
        """`opening`: what the settings have put up; `look` lets lines notice what was heard."""
        path = file_of(path)
        self._path, self._cast, self._opening, self._say = path, dict(cast), opening, say
        self._look = look
        self._places = Places(Path.cwd())  # as commands of hands have them
        self._track = FaceLog(faces_of(path), say)
        self._has_track = False
        self._file: IO[str] | None = None
        self._start_ns: int | None = None
        self._now_ns = 0
        self._milli = 0  # until when the script has waited
        self._count = 0
        self._newest: dict[str, Face] = {}
        self._events: list[tuple[int, AnyStatement]] = []  # not written yet
        self._lines: list[tuple[Line, str, LiveLine]] = []

    def open(self) -> None:
        """Begin the files. Raises UserError where nothing can be written."""
        try:
            cast = [Cast(name=name, options=acted.options()) for name, acted in self._cast.items()]
            title = Title(text=self._path.stem)
        except ValidationError:
            names = ", ".join(repr(acted.avatar) for acted in self._cast.values())
            what = f"no script can hold one of these names: {self._path.stem!r}, {names}"
            raise UserError(f"{what}; take quotes and ends of lines out of it") from None
        self._file = open_part(self._path)
        self._track.open()
        self._write(title, *cast)
        for command in self._opening:
            self.command(0, command)

    def beat(self, now_ns: int, faces: Mapping[str, Face]) -> None:
        """Take the faces that move the cast at this beat, and write what has come to its end."""
        if self._start_ns is None:
            self._start_ns = now_ns
            self._events = [(now_ns, event) for _, event in self._events]
        self._now_ns = now_ns
        for number, who in enumerate(self._cast, 1):
            face = faces.get(who)
            if face is not None and face is not self._newest.get(who):
                self._newest[who] = face
                self._take(face, number)
        self._look([told for _, _, told in self._lines], now_ns)
        self._go_on(now_ns)

    def command(self, now_ns: int, command: Command) -> None:
        """Take a command that was carried out."""
        if not isinstance(command, NOT_WRITTEN):
            text = format_command(self._places.command(command)).removeprefix("@")
            if len(text) >= MAX_TEXT or len(text.splitlines()) > 1:
                self._say(f"the script leaves out a command that no line of it holds: {text:.40}")
                return
            self._events.append((now_ns, Order(command=text)))

    def line(self, line: Line, names: Sequence[str], told: LiveLine) -> None:
        """Take a line that begins to wait for its turn."""
        who = names[0] if names else next(iter(self._cast))  # `@all say`: of a cast, one speaks
        if not told.is_gone:
            self._lines.append((line, who, told))

    def gesture(self, now_ns: int, who: str, name: str) -> None:
        """Take a gesture that begins."""
        self._events.append((now_ns, gesture(name, who)))

    def close(self) -> None:
        """End both files, and give them their names; of a show that never began, leave none."""
        for _, _, told in self._lines:
            if told.start_ns is not None and told.end_ns is None:
                told.end_ns = self._now_ns
        self._lines = [each for each in self._lines if each[2].end_ns is not None]
        self._go_on(self._now_ns + 1)
        self._wait(self._now_ns)
        file, self._file = self._file, None
        if file is None:
            return
        self._track.close()
        try:
            file.close()
            if self._start_ns is None:
                part_of(self._path).unlink()
            else:
                os.replace(part_of(self._path), self._path)
        except OSError as error:
            self._fail(file, error)

    def _take(self, face: Face, number: int) -> None:
        """Write a face at the time at which it was shown, so that it is shown so again."""
        if not self._has_track:
            self._has_track = True
            track = Track(path=faces_of(self._path).name)
            self._events.append((self._now_ns, track))
        self._track.write(dataclasses.replace(face, captured_ns=self._now_ns, performer=number))

    def _go_on(self, now_ns: int) -> None:
        """Write what is over; while a line is heard, what happens waits for its end."""
        self._lines.sort(key=lambda each: math.inf if (at := each[2].start_ns) is None else at)
        while self._lines:
            line, who, told = self._lines[0]
            if told.start_ns is None:
                break
            before = self._until(told.start_ns)
            self._put(before)
            if told.end_ns is None:
                return
            self._lines.pop(0)
            if told.end_ns > told.start_ns:  # else it was never heard
                self._put_line(retold(line, who), told.start_ns, self._until(told.end_ns))
        self._put(self._until(now_ns + 1))

    def _until(self, ns: int) -> list[tuple[int, AnyStatement]]:
        """Give what happened before a time, which is taken off the list."""
        found = [event for event in self._events if event[0] < ns]
        self._events = [event for event in self._events if event[0] >= ns]
        return found

    def _put(self, events: Sequence[tuple[int, AnyStatement]]) -> None:
        for at_ns, statement in events:
            self._wait(at_ns)
            self._write(statement)

    def _put_line(
        self, says: Sequence[Say], start_ns: int, meanwhile: Sequence[tuple[int, AnyStatement]]
    ) -> None:
        self._wait(start_ns - BREATH_NS)
        if not meanwhile:
            self._write(*says)
            return
        say = says[0] if len(says) == 1 else Seq(body=tuple(says))
        timed = tuple(each for event in meanwhile for each in self._timed(*event))
        self._write(Par(body=(say, Seq(body=timed))))

    def _timed(self, at_ns: int, statement: AnyStatement) -> Iterator[AnyStatement]:
        milli = self._milli_of(at_ns)
        if milli > self._milli:
            self._milli = milli
            yield Wait(until="time", seconds=milli / 1000)
        yield statement

    def _wait(self, at_ns: int) -> None:
        milli = self._milli_of(at_ns)
        if milli > self._milli:
            self._milli = milli
            self._write(Wait(until="time", seconds=milli / 1000))

    def _milli_of(self, at_ns: int) -> int:
        return (at_ns - (self._start_ns or 0)) // MILLI  # never behind its beat

    def _write(self, *statements: AnyStatement) -> None:
        if self._file is None:
            return
        script = Script(statements=statements)
        self._count += sum(1 for _ in script.walk())
        if self._count > MOST:
            self._fail(self._file, None)
            return
        try:
            self._file.write(write(script))
            self._file.flush()  # a show that is killed keeps it
        except OSError as error:
            self._fail(self._file, error)

    def _fail(self, file: IO[str], error: OSError | None) -> None:
        self._file = None
        self._track.close()
        with contextlib.suppress(OSError):  # what is still in its buffer fails as well
            file.close()
        why = f"a script has at most {MAX_STATEMENTS:,} statements"
        if error is not None:
            why = error.strerror or str(error)
        self._say(
            f"writing the script {self._path} stopped: {why}; what was written so far is in "
            f"{part_of(self._path)}"
        )


def script_log(
    path: Path,
    settings: Settings,
    play: Play | None,
    say: Callable[[str], None],
    look: Callable[[Sequence[LiveLine], int], None],
) -> ScriptLog:
    """Be ready to write down a show of settings, or of a script. Raises UserError for its name."""
    background = settings.background
    if play is not None:
        cast = _of_play(play)
        return ScriptLog(path, cast, opening({}, background), say, look)
    names = PERFORMERS[: settings.faces]
    roles = {name: role_of(settings, name, settings.faces) for name in names}
    voice = settings.voice.engine
    cast = {
        name: Acted(Places(Path.cwd()).avatar(role.avatar), role.behaviour, voice)
        for name, role in roles.items()
    }
    behaviours = {name: role.behaviour for name, role in roles.items()}
    items = [each for item in settings.item.items() for each in wish_of(*item)]
    told = [*opening(behaviours, background), *items]
    return ScriptLog(path, cast, told, say, look)


def _of_play(play: Play) -> dict[str, Acted]:
    options, places = cast_of(play.script), Places(play.folder)
    return {
        part.name: Acted(
            places.avatar(options[part.name].get("avatar", "default")), part.behaviour, part.voice
        )
        for part in play.parts
    }
