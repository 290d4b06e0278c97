"""The live show: faces in, a beat, pictures out, commands in between. Owns the main thread.

Devices may come and go, outputs may fail: the show says so once and goes on.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vtuber.core.command import Command, Quit, SwapAvatar
from vtuber.core.errors import UserError
from vtuber.core.picture import Picture
from vtuber.core.ports import Clock, StopEvent
from vtuber.runtime.meter import Meter
from vtuber.runtime.ticker import Ticker
from vtuber.runtime.worker import Failure, Worker
from vtuber.shows.engine import PERFORMER, behaviour_of, load_avatar, open_stage
from vtuber.shows.intake import Intake
from vtuber.shows.sinks import Sinks
from vtuber.stage import Inputs, Stage

if TYPE_CHECKING:
    from vtuber.avatar.avatar import Avatar
    from vtuber.settings import Settings, SettingsFile

FPS_HIGH, FPS_LOW = 60.0, 30.0
SETTLE_S = 3.0  # how long `auto` tries the high rate
SETTLE_LATE = 0.05  # the share of late beats that it bears
LOOK_AFTER_S = 0.5  # between looks at the settings file and at the status line


@dataclass(frozen=True, slots=True)
class Status:
    """What the status line shows."""

    fps: float
    late_beats: int
    track_hz: float
    latency_ms: float
    is_found: bool
    draws_ms: float


@dataclass(frozen=True, slots=True)
class Voice:
    """How a show speaks to whoever started it. Only `cli/` prints."""

    say: Callable[[str], None]  # one sentence
    status: Callable[[Status], None]  # a few times a second


class LiveShow:
    """One live show, from open to summary."""

    def __init__(
        self,
        settings: Settings,
        intake: Intake,
        sinks: Sinks,
        meter: Meter,
        clock: Clock,
        voice: Voice,
        settings_file: SettingsFile | None = None,
    ) -> None:
        self._settings, self._settings_file = settings, settings_file
        self._intake, self._sinks, self._meter = intake, sinks, meter
        self._clock, self._voice = clock, voice
        self.commands: queue.Queue[Command] = queue.Queue()
        self.stop = threading.Event()
        self.hands: list[Worker] = []  # threads that put commands in
        self._loaded: queue.Queue[tuple[str, Avatar | UserError]] = queue.Queue()
        self._failing: set[str] = set()
        self._fps = FPS_HIGH if settings.fps == "auto" else settings.fps
        self._late_beats = 0
        self._beats = 0
        self._last_picture: Picture | None = None
        self._counted = (0, 0)  # beats and tracked frames at the last status

    def run(self, seconds: float | None) -> dict[str, Any]:
        """Play until the clip ends, `seconds` are over or somebody quits; give the summary.

        Raises UserError for what is wrong before the first beat.
        """
        avatar = load_avatar(self._settings.avatar)
        stage, renderer = open_stage(self._clock, self._settings.size)
        try:
            stage.cast(PERFORMER, avatar, behaviour_of(self._settings))
            self._intake.open()
            self._sinks.open()
            self._voice.say(f"{avatar.name} is drawn by {renderer}")
            for worker in (*self._intake.workers, *self.hands):
                worker.start()
            self._intake.wait_until_ready(self.stop)
            return self._play(stage, seconds)
        finally:
            self._end(stage)

    def _play(self, stage: Stage, seconds: float | None) -> dict[str, Any]:
        ticker = Ticker(self._clock, self._fps)
        start_ns = ticker.start_ns
        end_ns = None if seconds is None else start_ns + round(seconds * 1e9)
        look_ns = start_ns
        is_settled = self._settings.fps != "auto"
        while not self._is_over(seconds):
            beat = ticker.wait()
            if end_ns is not None and beat.deadline_ns >= end_ns:
                break
            self._beat(stage, beat.deadline_ns)
            self._late_beats = ticker.late_beats
            if beat.deadline_ns >= look_ns:
                self._look_after(stage, beat.deadline_ns, LOOK_AFTER_S)
                look_ns = beat.deadline_ns + round(LOOK_AFTER_S * 1e9)
            if not is_settled and beat.deadline_ns - start_ns > SETTLE_S * 1e9:
                is_settled = True
                ticker = self._settle(ticker)
        finish_ns = self._clock.now_ns() if end_ns is None or self._is_over(seconds) else end_ns
        self._sinks.close(self._last_picture, finish_ns)
        return self._summary((finish_ns - start_ns) / 1e9)

    def _beat(self, stage: Stage, now_ns: int) -> None:
        self._drain(stage, now_ns)
        face = self._intake.face(now_ns)
        with self._meter.time("advance"):
            scene = stage.advance(now_ns, Inputs({PERFORMER: face} if face else {}))
        with self._meter.time("draw"):
            picture = stage.draw(scene)
        if face is not None and face.found:
            self._meter.add("latency", picture.drawn_ns - picture.captured_ns)
        self._sinks.offer(picture, now_ns)
        self._last_picture = picture
        self._beats += 1

    def _is_over(self, seconds: float | None) -> bool:
        return self.stop.is_set() or (seconds is None and self._intake.has_ended)

    def _settle(self, ticker: Ticker) -> Ticker:
        """Keep 60 where the machine holds it, else go on with 30; say which."""
        if ticker.late_beats <= SETTLE_LATE * self._beats:
            return ticker
        self._fps = FPS_LOW
        self._voice.say(f"this machine does not hold {FPS_HIGH:g} pictures a second: {FPS_LOW:g}")
        self._late_beats = 0  # those of the trial say nothing about the show
        return Ticker(self._clock, self._fps)

    # Commands and settings

    def _drain(self, stage: Stage, now_ns: int) -> None:
        while not self.commands.empty():
            self._obey(stage, self.commands.get(), now_ns)
        while not self._loaded.empty():
            name, avatar = self._loaded.get()
            if isinstance(avatar, UserError):
                self._voice.say(f"{avatar} (the old avatar stays)")
            else:
                stage.cast(PERFORMER, avatar)
                self._voice.say(f"now: {avatar.name} ({name})")

    def _obey(self, stage: Stage, command: Command, now_ns: int) -> None:
        match command:
            case Quit():
                self.stop.set()
            case SwapAvatar(name):
                self._load(name)
            case _:
                try:
                    stage.obey(PERFORMER, command, now_ns)
                except UserError as error:
                    self._voice.say(str(error))

    def _load(self, name: str) -> None:
        """Load an avatar beside the beat: decoding takes longer than a beat."""

        def job(stop: StopEvent) -> None:
            try:
                self._loaded.put((name, load_avatar(name)))
            except UserError as error:
                self._loaded.put((name, error))

        Worker(f"avatar {name}", job, restarts=False).start()

    def _reload(self, stage: Stage) -> None:
        assert self._settings_file is not None
        try:
            changed = self._settings_file.changed()
        except UserError as error:
            self._voice.say(f"the settings file has a fault, the old settings stay: {error}")
            return
        if changed is None:
            return
        from vtuber.settings import LIVE

        old, self._settings = self._settings, changed
        differing = {n for n in type(old).model_fields if getattr(old, n) != getattr(changed, n)}
        stage.configure(PERFORMER, behaviour_of(changed))
        if "avatar" in differing:
            self._load(changed.avatar)
        later = sorted(differing - LIVE)
        note = f"; at the next start: {', '.join(later)}" if later else ""
        self._voice.say(f"settings read again: {', '.join(sorted(differing)) or 'no change'}{note}")

    # Workers and status

    def _look_after(self, stage: Stage, now_ns: int, elapsed_s: float) -> None:
        for worker in (*self._intake.workers, *self._sinks.workers, *self.hands):
            failure = worker.check(now_ns)
            if failure is not None:
                self._say_failure(failure)
            elif worker.name in self._failing and worker.has_recovered(now_ns):
                self._failing.discard(worker.name)
                self._voice.say(f"the {worker.name} works again")
        if self._settings_file is not None:
            self._reload(stage)
        beats, frames = self._counted
        self._counted = (self._beats, self._intake.frames)
        face = self._intake.face(now_ns)
        self._voice.status(
            Status(
                (self._beats - beats) / elapsed_s,
                self._late_beats,
                (self._intake.frames - frames) / elapsed_s,
                self._meter.recent_ms("latency"),
                face is not None and face.found,
                self._meter.recent_ms("draw"),
            )
        )

    def _say_failure(self, failure: Failure) -> None:
        """Say a failure once, however often it is tried again; keep the traceback for the log."""
        if failure.worker in self._failing:
            return
        self._failing.add(failure.worker)
        error = failure.error
        what = str(error) if isinstance(error, Exception) and str(error) else repr(error)
        again = "; it is tried again" if failure.restarts_in_s is not None else ""
        self._voice.say(f"the {failure.worker} failed: {what}{again}")

    # The end

    def _end(self, stage: Stage) -> None:
        self.stop.set()
        workers = (*self._intake.workers, *self.hands)
        for worker in workers:
            worker.ask_to_stop()
        self._sinks.close(self._last_picture, self._clock.now_ns())
        for worker in self._intake.workers:
            worker.join(2.0)
        self._intake.close()
        stage.close()

    def _summary(self, seconds: float) -> dict[str, Any]:
        return {
            "frames": self._beats,
            "seconds": round(seconds, 3),
            "fps": round(self._beats / seconds, 2) if seconds > 0 else 0.0,
            "late_beats": self._late_beats,
            "stages": self._meter.percentiles(),
            "sinks": self._sinks.report(),
            "track": {"frames": self._intake.frames, "found": self._intake.found},
        }
