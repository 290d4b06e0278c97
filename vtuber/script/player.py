"""Plays a script: time and events in; lines to a voice, commands and poses out.

A run of statements is a generator that yields what it waits for; each goes on at the very time that
it waited for, not at the beat on which that was noticed, so that every rate of beats gives the same
performance. Knows no clock and no thread.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterable
from functools import partial

from vtuber.core.command import Command, SetExpression, format_command
from vtuber.core.errors import UserError
from vtuber.core.nearest import none_such
from vtuber.core.speech import URGENT, Line
from vtuber.core.steer import Happen, PressKey
from vtuber.script import statements as records
from vtuber.script.conditions import Facts, holds
from vtuber.script.deeds import Cued, CuedKind, Manner, Meanings, Step
from vtuber.script.faults import Fault
from vtuber.script.gestures import Gesture
from vtuber.script.moves import Moves
from vtuber.script.orders import commands_of, release_of
from vtuber.script.spoken import Said, Speech, Spoken, said_of
from vtuber.script.statements import AnyStatement, Script
from vtuber.script.tracks import Tracks
from vtuber.script.waits import Due, Happening, Run, Task, Together, at, happened

MOST_STEPS = 1000  # of one beat: a loop that takes no time lets the beat go on
EVENT_PRIORITY = 1  # of what is said because of an event: before what waits
BLOCKED_S = 0.1  # of a line that is not said: a loop of it would be judged 500 times a beat
MOST_REACTIONS = 64  # under way at once; who floods a show with events is not answered more


class _Jump(Exception):
    """A goto, on its way out of all blocks."""

    def __init__(self, label: str) -> None:
        super().__init__(label)
        self.label = label


class Player:
    """Plays one script, from its first statement to its last."""

    def __init__(
        self,
        script: Script,
        meanings: Meanings,
        speech: Speech,
        start_ns: int = 0,
        seed: int = 0,
        note: Callable[[Cued], None] = lambda cued: None,
    ) -> None:
        """Be ready at its first statement; `@seed` goes before `seed`.

        `note` hears of everything that happens, when it happens.
        """
        self._script, self._meanings, self._speech = script, meanings, speech
        self._seed, self._note = seed, note
        self._paused_ns: int | None = None  # since when
        self._tasks: list[Task] = []
        self.restart(start_ns)

    def restart(self, now_ns: int) -> None:
        """Begin at the first statement again."""
        seeds = [s.seed for s in self._script.statements if isinstance(s, records.Seed)]
        self._chance = random.Random(seeds[0] if seeds else self._seed)
        self._plays: dict[str, int] = {}
        self._faces: dict[str, SetExpression] = {}  # what everybody looks like between lines
        self._start_ns, self._paused_ns = now_ns, None
        self._moves, self._tracks = Moves(), Tracks(self._meanings.faces)
        self._commands: list[tuple[int, Command]] = []
        self._end(self._tasks, now_ns)
        self._handlers: list[records.On] = []
        self._tasks = [self._task(self._script.statements, now_ns)]

    @property
    def is_over(self) -> bool:
        """Tell whether the last statement is done; gestures may still go out."""
        return all(task.run is None for task in self._tasks)

    def has_come_to_rest(self, now_ns: int) -> bool:
        """Tell whether the last statement is done, and every gesture that comes to an end."""
        return self.is_over and self._moves.are_done(now_ns)

    @property
    def is_stuck(self) -> bool:
        """Tell whether only an event, a key or a voice lets it go on; not when it is over."""
        going = [task for task in self._tasks if task.run is not None]
        return (
            bool(going)
            and not self._tracks.are_playing
            and all(task.waits_until() is None for task in going)
        )

    @property
    def awaited(self) -> tuple[str, ...]:
        """Give the events and keys that are waited for: event go, key F2."""
        waits = (task.due for task in self._tasks)
        return tuple(f"{w.what} {w.name}" for w in waits if isinstance(w, Happening))

    @property
    def labels(self) -> tuple[str, ...]:
        """Give where `jump` can go."""
        return tuple(s.name for s in self._script.statements if isinstance(s, records.Label))

    def pause(self, now_ns: int) -> None:
        """Begin nothing more; what is being said is said."""
        if self._paused_ns is None:
            self._paused_ns = now_ns

    def resume(self, now_ns: int) -> None:
        """Go on; who waited for a time, waits for the rest of it."""
        if self._paused_ns is None:
            return
        since_ns, self._paused_ns = self._paused_ns, None
        self._start_ns += now_ns - since_ns
        self._tracks.wait(now_ns - since_ns)
        for task in self._tasks:
            due_ns = task.waits_until()
            if due_ns is not None:
                from_ns = max(since_ns, task.now_ns)  # what began meanwhile waits from then on
                task.due = at(max(due_ns, from_ns) + now_ns - from_ns)

    def skip(self, now_ns: int) -> None:
        """End what is waited for: a pause, a line that is being said."""
        self._speech.skip()
        for task in self._tasks:
            if not isinstance(task.due, Together):  # whose parts end, then it does
                task.due = at(now_ns)

    def jump(self, label: str, now_ns: int) -> None:
        """Go on at a label; what was under way ends. Raises UserError when there is none."""
        if label not in self.labels:
            raise UserError(none_such("the script", "label", label, self.labels))
        self._go_to(label, now_ns)

    def _go_to(self, label: str, now_ns: int) -> None:
        place = next(
            i
            for i, s in enumerate(self._script.statements)
            if isinstance(s, records.Label) and s.name == label
        )
        reactions = [task for task in self._tasks if task.priority and task.run is not None]
        self._end([task for task in self._tasks if task not in reactions], now_ns)
        self._tasks = [self._task(self._script.statements[place:], now_ns), *reactions]

    def _end(self, tasks: Iterable[Task], now_ns: int) -> None:
        """Break off what is under way: nobody goes on speaking, faces and holds are given back."""
        for task in tasks:
            task.now_ns = max(task.now_ns, now_ns)
            while task.leaving:
                task.leaving.pop()()

    def happen(self, what: str, name: str, now_ns: int) -> bool:
        """Take an event, or a key that was pressed; tell whether anything waited for it."""
        this = happened(what, name)
        waits = [task.due for task in self._tasks if isinstance(task.due, Happening)]
        awaited = [wait for wait in waits if happened(wait.what, wait.name) == this]
        for wait in awaited:
            wait.at_ns = now_ns
        handlers = [on for on in self._handlers if happened(on.what, on.name) == this]
        room = MOST_REACTIONS - sum(task.priority > 0 for task in self._tasks)
        for on in handlers[: max(0, room)]:
            self._tasks.append(self._task(on.body, now_ns, EVENT_PRIORITY))
        return bool(handlers or awaited)

    def advance(self, now_ns: int) -> Step:
        """Play up to this moment; moments are given in their order."""
        if self._paused_ns is None:
            self._play(now_ns)
        commands, self._commands = tuple(self._commands), []
        faces = self._tracks.at(now_ns if self._paused_ns is None else self._paused_ns)
        return Step(commands, self._moves.at(now_ns), faces)

    def _play(self, now_ns: int) -> None:
        for _ in range(MOST_STEPS):
            waits = [(task.waits_until(), i) for i, task in enumerate(self._tasks)]
            due = [(ns, i) for ns, i in waits if ns is not None and ns <= now_ns]
            if not due:
                break
            when_ns, index = min(due)
            task = self._tasks[index]
            task.now_ns = when_ns
            self._go_on(task)
        self._tasks = [task for task in self._tasks if task.run is not None]

    def _go_on(self, task: Task) -> None:
        assert task.run is not None, "only who waits goes on"
        try:
            task.due = next(task.run)
        except StopIteration:
            task.run = None
        except _Jump as jump:
            task.run = None
            self._go_to(jump.label, task.now_ns)

    def _task(
        self, statements: tuple[AnyStatement, ...], now_ns: int, priority: int = 0, label: str = ""
    ) -> Task:
        task = Task(now_ns, priority, due=at(now_ns), label=label)
        task.run = self._block(statements, task)
        return task

    def _block(self, statements: tuple[AnyStatement, ...], task: Task) -> Run:
        for statement in statements:
            yield from self._do(statement, task)

    def _do(self, statement: AnyStatement, task: Task) -> Run:
        match statement:
            case records.Say():
                yield from self._say(statement, task)
            case records.Order(command=order):
                self._command(self._meanings.order(order), task, statement)
            case records.SetPose():
                yield from self._set(statement, task)
            case records.Camera(over_s=over_s):
                for command in commands_of(statement):
                    self._command(command, task, statement)
                yield at(task.now_ns + _ns(over_s or 0.0))
            case records.Track():
                self._track(statement, task)
            case records.Wait():
                yield self._wait(statement, task)
            case records.Par(body=body):
                yield from self._together(body, task)
            case records.Seq(body=body):
                yield from self._block(body, task)
            case records.Loop(times=times, body=body):
                for _ in itertools.repeat(None) if times is None else range(times):
                    yield from self._block(body, task)
                    yield at(task.now_ns)  # one that takes no time lets others on, and the beat
            case records.Label(name=name):
                self._plays[name] = self._plays.get(name, 0) + 1
                task.label = name
                self._tell(task, "label", name, statement)
            case records.Goto(label=label):
                yield at(task.now_ns)
                raise _Jump(label)
            case records.If(condition=condition, then=then, otherwise=otherwise):
                is_so = holds(condition, self._facts(task))
                yield from self._block(then if is_so else otherwise, task)
            case records.On():
                if not any(on is statement for on in self._handlers):  # passed again
                    self._handlers.append(statement)
            case _:  # of the whole script: title, cast, seed
                pass

    def _facts(self, task: Task) -> Facts:
        return Facts(
            lambda label: self._plays.get(label or task.label, 0),
            lambda: (task.now_ns - self._start_ns) / 1e9,
            self._chance.random,
        )

    def _tell(
        self, task: Task, kind: CuedKind, what: str, by: records.Statement, who: str = ""
    ) -> None:
        self._note(Cued(task.now_ns, kind, what, who, by.at))

    def _command(self, command: Command, task: Task, by: records.Statement) -> None:
        self._tell(task, "command", format_command(command), by)
        match command:
            case Happen(event):
                self.happen("event", event, task.now_ns)
                return
            case PressKey(key):
                self.happen("key", key, task.now_ns)
                return
            case SetExpression(performer=performer):
                self._faces[performer] = command
        self._commands.append((task.now_ns, command))

    def _set(self, statement: records.SetPose, task: Task) -> Run:
        for command in commands_of(statement):
            self._command(command, task, statement)
        yield at(task.now_ns + _ns(statement.over_s))
        if statement.hold_s is not None:
            task.leaving.append(partial(self._release, statement, task))
            yield at(task.now_ns + _ns(statement.hold_s))
            task.leaving.pop()()

    def _release(self, statement: records.SetPose, task: Task) -> None:
        for command in release_of(statement):
            self._command(command, task, statement)

    def _track(self, track: records.Track, task: Task) -> None:
        whom = (track.who,) if track.who else tuple(self._meanings.cast)
        if track.path == "off":
            self._tracks.end(whom, task.now_ns)
        else:
            self._tracks.begin(whom, track.path, task.now_ns)
        self._tell(task, "track", track.path, track, track.who)

    def _wait(self, wait: records.Wait, task: Task) -> Due:
        since_ns = task.now_ns
        match wait.until:
            case "seconds":
                return at(since_ns + _ns(wait.seconds))
            case "time":
                return at(max(since_ns, self._start_ns + _ns(wait.seconds)))
            case "voice":
                return lambda: self._speech.quiet_ns(since_ns)
            case "track":
                return lambda: self._tracks.quiet_ns(since_ns)
            case what:
                return Happening(what, wait.name)

    def _together(self, body: tuple[AnyStatement, ...], task: Task) -> Run:
        """Run each statement beside the others, and go on when the last one is done."""
        parts = [self._task((each,), task.now_ns, task.priority, task.label) for each in body]
        self._tasks += parts
        yield Together(parts, task.now_ns)

    def _say(self, say: records.Say, task: Task) -> Run:
        said = said_of(say)
        if not said.text.strip():
            yield from self._act(say, said, task)
            return
        manner = self._meanings.manner(say)
        priority = URGENT if manner.is_urgent else task.priority
        line = Line(said.tagged, manner.style, manner.speed, priority, say.who, manner.sound)
        spoken = self._spoken(line, task.now_ns, say)
        task.leaving.append(lambda: self._speech.drop(spoken, task.now_ns))
        yield lambda: spoken.start_ns
        ruling = spoken.ruling(said.text)
        if ruling.blocked_by:  # nothing of it happens
            task.leaving.pop()
            yield at(task.now_ns + _ns(BLOCKED_S))
            return
        said = said.ruled(ruling)
        self._tell(task, "line", said.subtitle, say, say.who)
        if manner.expression:
            face = SetExpression(manner.expression, manner.amount, performer=say.who)
            self._commands.append((task.now_ns, face))
        task.leaving.append(partial(self._end_line, say, said, manner, task))
        for anchor in said.anchors:
            yield partial(anchor.due_ns, said.text, spoken)
            self._cue(say.who, anchor.cue, task, say, is_moot=spoken.is_gone)
        yield lambda: spoken.end_ns
        task.leaving.pop()()
        task.leaving.pop()

    def _end_line(self, say: records.Say, said: Said, manner: Manner, task: Task) -> None:
        self._tell(task, "said", said.subtitle, say, say.who)
        if manner.expression:
            before = self._faces.get(say.who, SetExpression("neutral", performer=say.who))
            self._commands.append((task.now_ns, before))

    def _spoken(self, line: Line, now_ns: int, say: records.Say) -> Spoken:
        """Hand a line to its voice. Raises UserError, with its place, for what cannot be spoken."""
        try:
            return self._speech.say(line, now_ns)
        except UserError as error:
            raise UserError(str(Fault(say.at, str(error)))) from error

    def _act(self, say: records.Say, said: Said, task: Task) -> Run:
        """Play a line in which nothing is said: its cues, and the pauses between them."""
        begin_ns = task.now_ns
        for anchor in said.anchors:
            yield at(begin_ns + _ns(anchor.pause_s))
            self._cue(say.who, anchor.cue, task, say)
        yield at(begin_ns + _ns(said.pause_s))

    def _cue(
        self, who: str, cue: records.Cue, task: Task, by: records.Say, is_moot: bool = False
    ) -> None:
        """Do what a cue says; a gesture whose word is not heard any more is not made."""
        meant = self._meanings.cue(who, cue.cue)
        if isinstance(meant, Gesture):
            if is_moot:
                return
            self._moves.begin(who, meant, task.now_ns)
            self._note(Cued(task.now_ns, "gesture", meant.name, who, cue.at))
            return
        for command in meant:
            self._command(command, task, by)


def _ns(seconds: float) -> int:
    return round(seconds * 1e9)
