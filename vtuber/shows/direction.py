"""Commands and changed settings in; what the stage is told, between two beats, out."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Protocol

from vtuber.core.command import Calibrate, CalibrationName, Command, Quit, SwapAvatar
from vtuber.core.errors import UserError
from vtuber.core.item import ItemCommand
from vtuber.core.look import SetBackground
from vtuber.core.ports import Clock, StopEvent
from vtuber.runtime.clock import SystemClock
from vtuber.runtime.worker import Worker
from vtuber.shows.backdrop import Backdrops
from vtuber.shows.engine import PERFORMER, behaviour_of
from vtuber.shows.items import Shelf, wishes_after
from vtuber.shows.reread import Reread
from vtuber.shows.wardrobe import Wardrobe
from vtuber.shows.watch import Watched
from vtuber.stage import Stage

if TYPE_CHECKING:
    from vtuber.settings import Settings, SettingsFile

MOST_WAITING = 256  # commands; the beat waits for none, and nobody waits for room
MOST_A_BEAT = 32
CHANGE_S = 0.3  # of the cross-fade into the avatar of new settings


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
        calibrate: Callable[[CalibrationName], None] = lambda what: None,
    ) -> None:
        """`calibrate` tells the tracker what the face of this moment is."""
        self.settings = settings
        self._calibrate = calibrate
        self.commands: queue.Queue[Command] = queue.Queue(MOST_WAITING)
        self._say, self._end = say, end
        self._reread = Reread(settings_file) if settings_file is not None else None
        self._wardrobe = Wardrobe(say)
        self._shelf = Shelf(say)
        self._backdrops = Backdrops(clock or SystemClock(), say)
        self._change: Iterator[None] | None = None  # into another avatar, a step a beat
        self._changed = ""  # what is said when it is worn
        self._control = make_control(settings.keys, self.offer)
        keyboard = Worker("keyboard", self._control.run, restarts=False)
        self.watched: tuple[Watched, ...] = (
            Watched(keyboard, "the keyboard", lambda: 0),
            self._wardrobe.watched,
            self._shelf.watched,
            self._backdrops.watched,
            *((self._reread.watched,) if self._reread is not None else ()),
        )

    def open(self, stage: Stage) -> None:
        """Put up the background of the settings, before the first beat. Raises UserError."""
        self._backdrops.open(self.settings.background, stage.size_px)

    def offer(self, command: Command) -> bool:
        """Take a command from any thread, at once; False when too many wait already."""
        try:
            self.commands.put_nowait(command)
        except queue.Full:
            return False
        return True

    def press(self, key: str) -> None:
        """Take a key that was pressed elsewhere, as if it were the terminal's; in any thread."""
        self._control.press(key)

    def follow(self, stage: Stage, now_ns: int) -> None:
        """Carry out what was asked since the last beat."""
        for _ in range(min(self.commands.qsize(), MOST_A_BEAT)):
            self._obey(stage, self.commands.get(), now_ns)
        self._go_on_changing(stage, now_ns)
        self._backdrops.follow(stage)

    def _go_on_changing(self, stage: Stage, now_ns: int) -> None:
        """Take one step into another avatar; a later wish, or an item, waits until it is worn."""
        if self._change is None:
            ready = self._wardrobe.take()
            if ready is None:
                self._shelf.go_on(stage, now_ns)
                return
            name, over_s, costume = ready
            self._change = stage.change(PERFORMER, costume, over_s=over_s)
            self._changed = f"now: {costume.avatar.name} ({name})"
        if next(self._change, self) is self:
            self._change = None
            self._say(self._changed)

    def _obey(self, stage: Stage, command: Command, now_ns: int) -> None:
        said = ""
        try:
            match command:
                case Quit():
                    self._end()
                case SwapAvatar(name, over_s=over_s, performer=performer):
                    stage.named(performer)  # refuses who is not there; a show has one performer
                    self._wardrobe.ask(name, over_s, stage.prepare)
                case SetBackground(what):
                    self._backdrops.ask(what, stage.size_px)
                case _ if isinstance(command, ItemCommand):
                    self._shelf.ask(stage, (command,), now_ns)
                case _:
                    said = stage.obey(command, now_ns)
            if isinstance(command, Calibrate):  # only when somebody is seen
                self._calibrate(command.what)
        except UserError as error:
            said = str(error)
        if said:
            self._say(said)

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
        stage.configure(PERFORMER, behaviour_of(new))
        self._control.rebind(new.keys)
        if "avatar" in differing:
            self._wardrobe.ask(new.avatar, CHANGE_S, stage.prepare)
        if "background" in differing:
            self._backdrops.ask(new.background, stage.size_px)
        for wish in wishes_after(old.item, new.item):
            try:
                self._shelf.ask(stage, wish, now_ns)
            except UserError as error:
                self._say(str(error))
        later = sorted(differing - LIVE)
        note = f"; at the next start: {', '.join(later)}" if later else ""
        now = ", ".join(sorted(differing & LIVE)) or "no change"
        self._say(f"settings read again: {now}{note}")

    def close(self) -> None:
        """Let its threads end; they have been asked to."""
        self._wardrobe.close()
        self._backdrops.close()
        self._shelf.close()
