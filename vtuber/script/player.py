"""Plays a script: time and events in; lines to a voice, commands and poses out.

A run of statements is a generator that yields what it waits for; each goes on at the very time that
it waited for, not at the beat on which that was noticed, so that every rate of beats gives the same
performance. Knows no clock and no thread.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial

from vtuber.core.command import Command, SetExpression, format_command
from vtuber.core.errors import UserError
from vtuber.core.nearest import none_such
from vtuber.core.speech import Line
from vtuber.script import statements as records
from vtuber.script.conditions import Facts, holds
from vtuber.script.deeds import Cued, CuedKind, Manner, Meanings, Step
from vtuber.script.faults import Fault
from vtuber.script.gestures import Gesture
from vtuber.script.moves import Moves
from vtuber.script.orders import commands_of, release_of
from vtuber.script.spoken import Said, Speech, Spoken, said_of
from vtuber.script.statements import AnyStatement, Script

MOST_STEPS = 1000  # of one beat: a loop that takes no time lets the beat go on
EVENT_PRIORITY = 1  # of what is said because of an event: before what waits


Due = Callable[[], int | None]  # when a wait is over; None: nobody knows yet
Run = Generator[Due, None, None]


class _Jump(Exception):
    """A goto, on its way out of all blocks."""

    def __init__(self, label: str) -> None:
        super().__init__(label)
        self.label = label


@dataclass(slots=True, eq=False)
class _Task:
    """A run of statements, and the time that it has come to."""

    now_ns: int
    priority: int = 0
    run: Run | None = None  # None: it is over
    due: Due | None = None
    label: str = ""  # the last one passed
    leaving: list[Callable[[], None]] = field(default_factory=list)  # what is undone if it ends now

    def waits_until(self) -> int | None:
        """Give when it can go on; None: nobody knows, or it is over."""
        if self.run is None or self.due is None:
            return None
        due = self.due()
        return None if due is None else max(due, self.now_ns)


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
        self._tasks: list[_Task] = []
        self.restart(start_ns)

    def restart(self, now_ns: int) -> None:
        """Begin at the first statement again."""
        seeds = [s.seed for s in self._script.statements if isinstance(s, records.Seed)]
        self._chance = random.Random(seeds[0] if seeds else self._seed)
        self._plays: dict[str, int] = {}
        self._faces: dict[str, SetExpression] = {}  # what everybody looks like between lines
        self._start_ns, self._paused_ns = now_ns, None
        self._moves = Moves()
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
        for task in self._tasks:
            due_ns = task.waits_until()
            if due_ns is not None:
                from_ns = max(since_ns, task.now_ns)  # what began meanwhile waits from then on
                task.due = _at(max(due_ns, from_ns) + now_ns - from_ns)

    def skip(self, now_ns: int) -> None:
        """End what is waited for: a pause, a line that is being said."""
        self._speech.skip()
        for task in self._tasks:
            if not isinstance(task.due, _Together):  # whose parts end, then it does
                task.due = _at(now_ns)

    def jump(self, label: str, now_ns: int) -> None:
        """Go on at a label; what was under way ends. Raises UserError when there is none."""
        if label not in self.labels:
            raise UserError(none_such("the script", "label", label, self.labels))
        self._speech.skip()
        self._go_to(label, now_ns)

    def _go_to(self, label: str, now_ns: int) -> None:
        at = next(
            i
            for i, s in enumerate(self._script.statements)
            if isinstance(s, records.Label) and s.name == label
        )
        reactions = [task for task in self._tasks if task.priority and task.run is not None]
        self._end([task for task in self._tasks if task not in reactions], now_ns)
        self._tasks = [self._task(self._script.statements[at:], now_ns), *reactions]

    def _end(self, tasks: Iterable[_Task], now_ns: int) -> None:
        """Break off what is under way: faces and holds are given back."""
        for task in tasks:
            task.now_ns = max(task.now_ns, now_ns)
            while task.leaving:
                task.leaving.pop()()

    def happen(self, what: str, name: str, now_ns: int) -> bool:
        """Take an event, or a key that was pressed; tell whether anything waited for it."""
        waits = [task.due for task in self._tasks if isinstance(task.due, _Happening)]
        awaited = [wait for wait in waits if (wait.what, wait.name) == (what, name)]
        for wait in awaited:
            wait.at_ns = now_ns
        handlers = [on for on in self._handlers if (on.what, on.name) == (what, name)]
        for on in handlers:
            self._tasks.append(self._task(on.body, now_ns, EVENT_PRIORITY))
        return bool(handlers or awaited)

    def advance(self, now_ns: int) -> Step:
        """Play up to this moment; moments are given in their order."""
        if self._paused_ns is None:
            self._play(now_ns)
        commands, self._commands = tuple(self._commands), []
        return Step(commands, self._moves.at(now_ns))

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

    def _go_on(self, task: _Task) -> None:
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
    ) -> _Task:
        task = _Task(now_ns, priority, due=_at(now_ns), label=label)
        task.run = self._block(statements, task)
        return task

    def _block(self, statements: tuple[AnyStatement, ...], task: _Task) -> Run:
        for statement in statements:
            yield from self._do(statement, task)

    def _do(self, statement: AnyStatement, task: _Task) -> Run:
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
                yield _at(task.now_ns + _ns(over_s or 0.0))
            case records.Wait():
                yield self._wait(statement, task)
            case records.Par(body=body):
                yield from self._together(body, task)
            case records.Seq(body=body):
                yield from self._block(body, task)
            case records.Loop(times=times, body=body):
                for _ in itertools.repeat(None) if times is None else range(times):
                    yield from self._block(body, task)
                    yield _at(task.now_ns)  # one that takes no time lets others on, and the beat
            case records.Label(name=name):
                self._plays[name] = self._plays.get(name, 0) + 1
                task.label = name
                self._tell(task, "label", name, statement)
            case records.Goto(label=label):
                yield _at(task.now_ns)
                raise _Jump(label)
            case records.If(condition=condition, then=then, otherwise=otherwise):
                is_so = holds(condition, self._facts(task))
                yield from self._block(then if is_so else otherwise, task)
            case records.On():
                self._handlers.append(statement)
            case _:  # of the whole script: title, cast, seed
                pass

    def _facts(self, task: _Task) -> Facts:
        return Facts(
            lambda label: self._plays.get(label or task.label, 0),
            lambda: (task.now_ns - self._start_ns) / 1e9,
            self._chance.random,
        )

    def _tell(
        self, task: _Task, kind: CuedKind, what: str, by: records.Statement, who: str = ""
    ) -> None:
        self._note(Cued(task.now_ns, kind, what, who, by.at))

    def _command(self, command: Command, task: _Task, by: records.Statement) -> None:
        if isinstance(command, SetExpression):
            self._faces[command.performer] = command
        self._commands.append((task.now_ns, command))
        self._tell(task, "command", format_command(command), by)

    def _set(self, statement: records.SetPose, task: _Task) -> Run:
        for command in commands_of(statement):
            self._command(command, task, statement)
        yield _at(task.now_ns + _ns(statement.over_s))
        if statement.hold_s is not None:
            task.leaving.append(partial(self._release, statement, task))
            yield _at(task.now_ns + _ns(statement.hold_s))
            task.leaving.pop()()

    def _release(self, statement: records.SetPose, task: _Task) -> None:
        for command in release_of(statement):
            self._command(command, task, statement)

    def _wait(self, wait: records.Wait, task: _Task) -> Due:
        since_ns = task.now_ns
        match wait.until:
            case "seconds":
                return _at(since_ns + _ns(wait.seconds))
            case "voice":
                return lambda: self._speech.quiet_ns(since_ns)
            case what:
                return _Happening(what, wait.name)

    def _together(self, body: tuple[AnyStatement, ...], task: _Task) -> Run:
        """Run each statement beside the others, and go on when the last one is done."""
        parts = [self._task((each,), task.now_ns, task.priority, task.label) for each in body]
        self._tasks += parts
        yield _Together(parts, task.now_ns)

    def _say(self, say: records.Say, task: _Task) -> Run:
        said = said_of(say)
        if not said.text.strip():
            yield from self._act(say, said, task)
            return
        manner = self._meanings.manner(say)
        line = Line(said.tagged, manner.style, manner.speed, task.priority, say.who)
        spoken = self._spoken(line, task.now_ns, say)
        yield lambda: spoken.start_ns
        self._tell(task, "line", said.subtitle, say, say.who)
        if manner.expression:
            face = SetExpression(manner.expression, manner.amount, performer=say.who)
            self._commands.append((task.now_ns, face))
        task.leaving.append(partial(self._end_line, say, said, manner, task))
        for anchor in said.anchors:
            yield partial(anchor.due_ns, said.text, spoken)
            self._cue(say.who, anchor.cue, task, say)
        yield lambda: spoken.end_ns
        task.leaving.pop()()

    def _end_line(self, say: records.Say, said: Said, manner: Manner, task: _Task) -> None:
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

    def _act(self, say: records.Say, said: Said, task: _Task) -> Run:
        """Play a line in which nothing is said: its cues, and the pauses between them."""
        begin_ns = task.now_ns
        for anchor in said.anchors:
            yield _at(begin_ns + _ns(anchor.pause_s))
            self._cue(say.who, anchor.cue, task, say)
        yield _at(begin_ns + _ns(said.pause_s))

    def _cue(self, who: str, cue: records.Cue, task: _Task, by: records.Say) -> None:
        meant = self._meanings.cue(who, cue.cue)
        if isinstance(meant, Gesture):
            self._moves.begin(who, meant, task.now_ns)
            self._note(Cued(task.now_ns, "gesture", meant.name, who, cue.at))
            return
        for command in meant:
            self._command(command, task, by)


class _Together:
    """A wait for all of several runs."""

    def __init__(self, parts: Sequence[_Task], begin_ns: int) -> None:
        self._parts, self._begin_ns = parts, begin_ns

    def __call__(self) -> int | None:
        if any(part.run is not None for part in self._parts):
            return None
        return max((part.now_ns for part in self._parts), default=self._begin_ns)


class _Happening:
    """A wait for an event or a key."""

    def __init__(self, what: str, name: str) -> None:
        self.what, self.name = what, name
        self.at_ns: int | None = None

    def __call__(self) -> int | None:
        return self.at_ns


def _at(ns: int) -> Due:
    return lambda: ns


def _ns(seconds: float) -> int:
    return round(seconds * 1e9)
