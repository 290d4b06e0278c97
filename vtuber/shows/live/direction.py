"""Commands and changed settings in; what the stage is told, between two beats, out."""

from __future__ import annotations

import queue
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from vtuber.control.asking import Answer, Answered, Asked
from vtuber.control.hotkeys import Hotkeys
from vtuber.core.command import (
    EVERYBODY,
    Calibrate,
    CalibrationName,
    Command,
    Quit,
    SwapAvatar,
    parse_command,
)
from vtuber.core.errors import UserError
from vtuber.core.item import ItemCommand, ShowItem
from vtuber.core.keynames import same_key
from vtuber.core.look import SetBackground
from vtuber.core.ports import Clock, StopEvent
from vtuber.core.speech import Hush, Line, Mouth, Say, Skip, Sound, SpeechCommand
from vtuber.core.steer import Happen, PressKey, SteerScript
from vtuber.core.tune import SwitchOutput, TuningCommand
from vtuber.runtime.clock import SystemClock
from vtuber.runtime.worker import Worker
from vtuber.shows.engine import PERFORMER, role_of
from vtuber.shows.live.obs import ObsLink
from vtuber.shows.live.reread import Reread
from vtuber.shows.live.tunings import Tunings
from vtuber.shows.scenery.backdrop import Backdrops
from vtuber.shows.scenery.changes import Change, Changes
from vtuber.shows.scenery.found import check_found
from vtuber.shows.scenery.items import ItemChange, Wish, wishes_after
from vtuber.shows.scenery.wardrobe import AvatarCommand, Swap, Told
from vtuber.shows.talk.conduct import wish_of
from vtuber.shows.watch import Watched
from vtuber.stage import Stage

if TYPE_CHECKING:
    from vtuber.animate.performer import Behaviour
    from vtuber.settings import Settings, SettingsFile
    from vtuber.shows.plays.acting import Acting
    from vtuber.shows.talk.listening import Listening
    from vtuber.shows.talk.speech import Speech

MOST_WAITING = 256  # commands; the beat waits for none, and nobody waits for room
MOST_A_BEAT = 32
CHANGE_S = 0.3  # of the cross-fade into the avatar or the background of new settings


class Control(Protocol):
    """What turns keys into commands: `control.keys.Hands`."""

    def run(self, stop: StopEvent) -> None: ...

    def rebind(self, keys: Mapping[str, str]) -> None: ...

    def press(self, key: str) -> None: ...


class Direction:
    """Everything that changes a running show from outside."""

    def __init__(
        self,
        settings: Settings,
        settings_file: SettingsFile | None,
        make_control: Callable[[Mapping[str, str], Callable[[Command], bool]], Control],
        say: Callable[[str], None],
        end: Callable[[], None],
        clock: Clock | None = None,
        calibrate: Callable[[CalibrationName, int], None] = lambda what, performer: None,
        speech: Speech | None = None,
        listening: Listening | None = None,
        acting: Acting | None = None,
        switch: Callable[[str, bool | None], str] = lambda name, on: "",
        is_missed: Callable[[str], bool] = lambda address: False,
        tunings: Tunings | None = None,
    ) -> None:
        """`calibrate` tells the tracker what the face of the nth performer is just now; `switch`
        and `is_missed` are those of `Sinks`.
        """
        self._switch, self.tunings = switch, tunings or Tunings(settings)
        self._speech, self._beats = speech, 0
        self._listening, self.acting = listening, acting
        self.settings = settings
        self._calibrate = calibrate
        self.commands: queue.Queue[Command | Asked] = queue.Queue(MOST_WAITING)
        self._say, self._end = say, end
        self.noted: Callable[[int, Command], None] = lambda now_ns, command: None
        self._reread = Reread(settings_file) if settings_file is not None else None
        self._changes = Changes(say)
        self._backdrops = Backdrops(clock or SystemClock(), say)
        self._control = make_control(settings.keys, self.offer)
        self.self_starting: tuple[Watched, ...] = speech.watched if speech is not None else ()
        self.obs = ObsLink(lambda: self.settings, self.offer, say, is_missed)
        keys = acting.keys if acting is not None else ()
        self.hotkeys = Hotkeys(settings.hotkeys, self.offer, say, keys)
        hotkeys = Worker("hotkeys", self.hotkeys.run)
        keyboard = Worker("keyboard", self._control.run, restarts=False)
        self.watched: tuple[Watched, ...] = (
            Watched(keyboard, "the keyboard", lambda: 0),
            Watched(hotkeys, "hotkeys", lambda: self.hotkeys.heard),
            self._changes.watched,
            self._backdrops.watched,
            self.obs.watched,
            *((self._reread.watched,) if self._reread is not None else ()),
            *((listening.watched,) if listening is not None else ()),
        )

    def open(self, stage: Stage) -> None:
        """Put up the background of the settings, before the first beat. Raises UserError."""
        if self._listening is not None:
            self._listening.check()
        self._backdrops.open(self.settings.background, stage.size_px)

    def offer(self, command: Command) -> bool:
        """Take a command from any thread, at once; False when too many wait already."""
        self._foresee(command)
        try:
            self.commands.put_nowait(command)
        except queue.Full:
            return False
        return True

    def ask(self, line: str, answered: Answered) -> None:
        """Take a line from any thread; `answered` gets what came of it, from the beat or at once.

        What loads (an avatar, an item) is answered before it is there; that it can be found is
        looked at first.
        """
        try:
            command = parse_command(line)
            check_found(command)
            self._foresee(command)
            self.commands.put_nowait(Asked(command, answered))
        except UserError as error:
            answered(Answer(False, str(error)))
        except queue.Full:
            answered(Answer(False, "too many commands wait already; try again in a moment"))

    def _foresee(self, command: Command) -> None:
        """Do what the beat would wait for, in the thread of who asks: conduct reads a long text."""
        if isinstance(command, Say) and self._speech is not None:
            self._speech.gate.foresee(command.text)

    def press(self, key: str) -> None:
        """Take a key that was pressed elsewhere, as if it were the terminal's; in any thread."""
        self._control.press(key)

    def listens(self, key: str) -> bool:
        """Tell whether a script waits for a key that no hotkey brings."""
        if self.acting is None or self.hotkeys.is_listening:
            return False
        return same_key(key) in self.acting.keys

    @property
    def is_changing(self) -> bool:
        """Tell whether an avatar or an item is being loaded."""
        return self._changes.is_under_way

    def follow(self, stage: Stage, now_ns: int) -> None:
        """Carry out what was asked since the last beat."""
        for _ in range(min(self.commands.qsize(), MOST_A_BEAT)):
            asked = self.commands.get()
            if isinstance(asked, Asked):
                asked.answered(self._obey(stage, asked.command, now_ns))
            else:
                self._obey(stage, asked, now_ns)
        if self.acting is not None:
            for due_ns, command in self.acting.advance(now_ns):
                self._obey(stage, command, due_ns)
        self._changes.go_on(now_ns)
        self._backdrops.follow(stage, now_ns)
        if self._beats == 1 and self._speech is not None and self.settings.voice.engine:
            self._speech.begin()  # the first picture is there
        self._beats += 1

    def mouths(self, now_ns: int) -> Mapping[str, Mouth]:
        """Give the mouths that are heard at this beat, by performer."""
        speaks = self.acting or self._speech
        mouths = speaks.mouths(now_ns) if speaks is not None else {}
        return mouths if self._listening is None else self._listening.under(mouths, now_ns)

    def played(self, now_ns: int) -> tuple[Sound, ...]:
        """Give what was heard since the last beat."""
        return self._speech.played(now_ns) if self._speech is not None else ()

    def _obey(self, stage: Stage, command: Command, now_ns: int) -> Answer:
        said, faults = "", list[str]()
        try:
            match command:
                case Quit():
                    self._end()
                case SwapAvatar(name, over_s=over_s, performer=whom):
                    for performer in stage.named(whom):
                        faults.append(self._put_on(stage, performer, name, over_s, now_ns))
                case SetBackground(what, over_s=over_s):
                    self._backdrops.ask(what, stage.size_px, over_s)
                case _ if isinstance(command, AvatarCommand):
                    for performer in stage.named(command.performer):
                        told = Told(stage, replace(command, performer=performer), self._say)
                        faults.append(self._ask((performer, "avatar"), told, now_ns))
                case _ if isinstance(command, ItemCommand):
                    for performer in stage.named(command.performer):
                        wish = (replace(command, performer=performer),)
                        faults.append(self._show(stage, performer, wish, now_ns))
                case SwitchOutput(name, on):
                    said = self._switch(name, on)
                case _ if isinstance(command, TuningCommand):
                    said = self._tune(stage, command)
                case SteerScript() | Happen() | PressKey():
                    if self.acting is None:
                        raise UserError("no script is performed in this show")
                    said = self.acting.obey(command, now_ns)
                case Say() | Skip() | Hush():
                    faults.append(self._speak(command, stage.named(command.performer)))
                case _:
                    said = stage.obey(command, now_ns)
            if isinstance(command, Calibrate):  # only when somebody is seen
                for number, name in enumerate(stage.named(EVERYBODY), 1):
                    if name in stage.named(command.performer):
                        self._calibrate(command.what, number)
        except UserError as error:
            self._say(str(error))
            faults.append(str(error))
        if said:
            self._say(said)
        refused = "; ".join(fault for fault in faults if fault)
        if not refused:
            self.noted(now_ns, command)
        return Answer(not refused, refused or said)

    def _tune(self, stage: Stage, command: TuningCommand) -> str:
        """Filter and stretch what is measured otherwise, from the next face on."""
        everybody, said = stage.named(EVERYBODY), []
        for name in stage.named(command.performer):
            number = everybody.index(name) + 1
            said.append(self.tunings.obey(command, number))
            stage.configure(name, self.behaviour_of(name, number, len(everybody)))
        return "; ".join(dict.fromkeys(filter(None, said)))

    def behaviour_of(self, name: str, number: int, count: int) -> Behaviour:
        """Give how the nth of so many performers behaves, as settings, script and tuning say."""
        parts = {} if self.acting is None else {part.name: part for part in self.acting.parts}
        role = parts.get(name) or role_of(self.settings, name, count)
        return self.tunings.tuned(role.behaviour, number)

    def _speak(self, command: SpeechCommand, names: tuple[str, ...]) -> str:
        """Give why conduct lets a line not be said, which is said already; "" for nothing."""
        if self._speech is None:
            raise UserError("nobody speaks in this show")
        voice = self.settings.voice
        match command:
            case Say(text, performer=performer):
                line = Line(text, voice.style, voice.speed, performer=performer)
                return self._speech.say(line, names).refused
            case Skip():
                self._speech.skip(names)
            case Hush():
                self._speech.hush(names)
        return ""

    def _put_on(self, stage: Stage, performer: str, avatar: str, over_s: float, now_ns: int) -> str:
        swap = Swap(stage, performer, avatar, over_s, self._say)
        return self._ask((performer, "avatar"), swap, now_ns)

    def _show(self, stage: Stage, performer: str, wish: Wish, now_ns: int) -> str:
        lane = performer, "items"  # they need not wait for an avatar
        return self._ask(lane, ItemChange(stage, wish, self._changes.waiting(lane)), now_ns)

    def _ask(self, lane: tuple[str, str], change: Change, now_ns: int) -> str:
        """Give what was wrong with it, which is said already; "" for nothing."""
        try:
            self._changes.ask(lane, change, now_ns)
        except UserError as error:  # of one performer; the others obey all the same
            self._say(str(error))
            return str(error)
        return ""

    def reload(self, stage: Stage, now_ns: int) -> None:
        """Take over the settings file if it has changed; a broken one is said, the old stay."""
        from vtuber.settings import LIVE

        if self._reread is None:
            return
        try:
            new = self._reread.take()
        except UserError as error:
            self._say(f"the settings file has a fault, the old settings stay: {error}")
            return
        if new is None:
            return
        old, self.settings = self.settings, new
        differing = {n for n in type(old).model_fields if getattr(old, n) != getattr(new, n)}
        everybody = stage.named(EVERYBODY)
        self.tunings.rebase(new)
        for number, name in enumerate(everybody, 1):
            stage.configure(name, self.behaviour_of(name, number, len(everybody)))
        for name in everybody if self.acting is None else ():  # a script has cast them
            was, role = (role_of(each, name, len(everybody)) for each in (old, new))
            if role.avatar != was.avatar:
                self._put_on(stage, name, role.avatar, CHANGE_S, now_ns)
        self._control.rebind(new.keys)
        self.hotkeys.rebind(new.hotkeys)
        if "conduct" in differing and self._speech is not None:
            self._speech.gate.heed(wish_of(new.conduct))
        if "background" in differing:
            self._backdrops.ask(new.background, stage.size_px, CHANGE_S)
        on_their_way = bool(self._changes.waiting((PERFORMER, "items")))
        there = {n for n in old.item if on_their_way or stage.knows_item(ShowItem(n))}
        for wish in wishes_after(old.item, new.item, there):
            self._show(stage, PERFORMER, wish, now_ns)
        later = sorted(differing - LIVE)
        note = f"; at the next start: {', '.join(later)}" if later else ""
        now = ", ".join(sorted(differing & LIVE)) or "no change"
        self._say(f"settings read again: {now}{note}")

    def close(self) -> None:
        """Let its threads end; they have been asked to."""
        self._changes.close()
        self._backdrops.close()
        if self._speech is not None:
            self._speech.close()
