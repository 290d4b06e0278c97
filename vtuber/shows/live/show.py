"""The live show: faces in, a beat, pictures out, commands in between. Owns the main thread.

Devices may come and go, outputs may fail: the show says so once and goes on.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vtuber.core.face import Face
from vtuber.core.picture import Picture
from vtuber.core.ports import Clock
from vtuber.runtime.arenas import keep_blocks, spare_memory
from vtuber.runtime.garbage import Garbage
from vtuber.runtime.meter import Meter
from vtuber.runtime.priority import quick_turns
from vtuber.shows.engine import PERFORMERS, load_avatar, open_stage, role_of
from vtuber.shows.faces.intake import Intake
from vtuber.shows.faces.preview import Preview
from vtuber.shows.live.controls import NO_CONTROLS, Controls, ControlWishes
from vtuber.shows.live.crash import Evidence
from vtuber.shows.live.direction import Direction
from vtuber.shows.live.foresight import Foresight
from vtuber.shows.live.scriptlog import ScriptLog
from vtuber.shows.live.sinks import Sinks
from vtuber.shows.live.status import Status
from vtuber.shows.pace import Pace
from vtuber.shows.scenery.items import ItemChange, wish_of
from vtuber.shows.watch import Watch, Watched
from vtuber.stage import Inputs, Stage

if TYPE_CHECKING:
    from vtuber.animate.performer import Behaviour
    from vtuber.avatar.avatar import Avatar
    from vtuber.settings import Settings

LOOK_AFTER_S = 0.5  # between looks at workers, at the settings file and at the status line
JOIN_S = 2.0  # a tracker may be within a frame, a camera within a read


@dataclass(frozen=True, slots=True)
class Announcer:
    """How a show speaks to whoever started it. Only `cli/` prints."""

    say: Callable[[str], None]  # one sentence, from any thread
    status: Callable[[Status], None]  # a few times a second


class LiveShow:
    """One live show, from open to summary. `stop` ends it, from anywhere."""

    def __init__(
        self,
        settings: Settings,
        intake: Intake,
        sinks: Sinks,
        meter: Meter,
        clock: Clock,
        announcer: Announcer,
        make_direction: Callable[[Callable[[], None]], Direction],
        preview: Preview | None = None,
        controls: ControlWishes = NO_CONTROLS,
        log: ScriptLog | None = None,
    ) -> None:
        self._preview, self._renderer, self._log = preview, "", log
        self.stop = threading.Event()
        self._settings, self._announcer = settings, announcer
        self._intake, self._sinks, self._meter, self._clock = intake, sinks, meter, clock
        self._direction = make_direction(self.stop.set)
        self._controls = Controls(
            controls,
            settings.avatar,
            self._direction.ask,
            lambda: self._last_picture,
            announcer.say,
            Preview(intake.looked),
        )
        sinks.listen(self._direction.offer, self._direction.press)
        self._faces: tuple[str, ...] = PERFORMERS[
            : settings.faces
        ]  # whom the trackers move, in their order
        self._pace: Pace | None = None  # none before the first beat
        self._finish_ns = 0
        self._last_picture: Picture | None = None
        self._newest: Face | None = None
        self._losses = 0  # of OpenGL's context, that were said
        self._counted = (0, 0, 0)  # when the status was last shown: ns, beats, faces
        self._keeps_blocks = False  # of memory; not in the first beat, which makes textures
        self._foresight = Foresight()  # what mouths and heads make up for

    def run(self, seconds: float | None) -> dict[str, Any]:
        """Play until the clip ends, `seconds` are over or somebody quits; give the summary.

        Raises UserError for what is wrong before the first beat.
        """
        spare_memory()
        cast = self._cast()
        stage, renderer = open_stage(self._clock, self._settings.size, self._settings.warper)
        self._renderer = renderer
        try:
            for name, (avatar, behaviour) in cast.items():
                stage.cast(name, avatar, behaviour)
            items = [ItemChange(stage, wish_of(*each)) for each in self._settings.item.items()]
            for change in items:
                change.prepare()
            self._direction.open(stage)
            if self._log is not None:
                self._log.open()
                self._direction.noted = self._log.command
            self._intake.open()
            self._sinks.open()
            if self._preview is not None:
                self._announcer.say(f"the camera: {self._preview.open(self._sinks.server())}")
            self._controls.open(self._sinks.server)
            if self._intake.greeting:
                self._announcer.say(self._intake.greeting)
            names = " and ".join(avatar.name for avatar, _ in cast.values())
            self._announcer.say(f"{names} {'is' if len(cast) == 1 else 'are'} drawn by {renderer}")
            for watched in (*self._intake.watched, *self._hands):
                watched.worker.start()
            self._intake.wait_until_ready(self.stop)
            for change in items:  # not before: an animated one begins to play
                change.carry_out_at(self._clock.now_ns())
            with Garbage(self._clock) as garbage, quick_turns():
                self._play(stage, seconds, garbage)
        finally:
            self._end(stage)
        return self._summary()

    def _cast(self) -> dict[str, tuple[Avatar, Behaviour]]:
        """Give who plays: the script's cast, or the performers of the settings."""
        acting, faces = self._direction.acting, self._settings.faces
        tuned = self._direction.tunings.tuned
        if acting is not None:
            parts = enumerate(acting.parts, 1)
            cast = {p.name: (p.avatar, tuned(p.behaviour, number)) for number, p in parts}
            self._faces = tuple(cast)[:faces]
            return cast
        roles = {name: role_of(self._settings, name, faces) for name in self._faces}
        return {
            name: (load_avatar(role.avatar), tuned(role.behaviour, number))
            for number, (name, role) in enumerate(roles.items(), 1)
        }

    def evidence(self) -> Evidence:
        """Give what a crash report says of this show."""
        return Evidence(self._settings, self._renderer, self._meter)

    def _play(self, stage: Stage, seconds: float | None, garbage: Garbage) -> None:
        watch = Watch(
            (
                *self._intake.watched,
                *self._sinks.watched,
                *self._hands,
                *self._direction.self_starting,
            ),
            self._announcer.say,
        )
        self._pace = pace = Pace(self._clock, self._settings.fps, self._announcer.say)
        end_ns = None if seconds is None else pace.start_ns + round(seconds * 1e9)
        look_ns = pace.start_ns
        while not self._is_over(seconds):
            beat = pace.wait(end_ns)
            if beat is None:
                assert end_ns is not None, "only an end ends the beat"
                self._finish_ns = end_ns
                return
            now_ns = beat.deadline_ns
            begin_ns = self._clock.now_ns()
            self._beat(stage, now_ns)
            self._settle_memory()
            self._meter.mark("beat", begin_ns, self._clock.now_ns())
            pace.settle(now_ns, self._intake.is_ready)
            if now_ns >= look_ns:
                watch.look(now_ns)
                self._say_losses(stage)
                self._direction.reload(stage, now_ns)
                self._show_status(stage, pace, now_ns)
                look_ns = now_ns + round(LOOK_AFTER_S * 1e9)
                if self._intake.is_ready:
                    garbage.settle()
            garbage.collect(pace.next_ns)

    def _settle_memory(self) -> None:
        """Let beats find their memory again, unless something is being loaded that stays."""
        keeps = not self._direction.is_changing
        if keeps != self._keeps_blocks:
            self._keeps_blocks = keeps
            keep_blocks(keeps)

    @property
    def _hands(self) -> tuple[Watched, ...]:
        return (*self._direction.watched, *self._controls.watched)

    def _is_over(self, seconds: float | None) -> bool:
        acting = self._direction.acting
        if acting is not None and acting.is_over:
            return True
        return self.stop.is_set() or (seconds is None and self._intake.has_ended)

    def _beat(self, stage: Stage, now_ns: int) -> None:
        self._direction.follow(stage, now_ns)
        given = {
            name: self._intake.face(now_ns, number) for number, name in enumerate(self._faces, 1)
        }
        face = given[self._faces[0]]
        with self._meter.time("advance"):
            looked_ns, ahead_ns = self._clock.now_ns(), self._foresight.ns
            faces, mouths = (
                {name: one for name, one in given.items() if one},
                self._direction.mouths(looked_ns + ahead_ns),
            )
            lead_ns = ahead_ns if face is not None and face.ready_ns else 0
            acting = self._direction.acting
            poses = acting.poses if acting is not None else {}
            faces |= acting.faces if acting is not None else {}
            if self._log is not None:
                self._log.beat(now_ns, faces)
            scene = stage.advance(now_ns, Inputs(faces, poses, mouths, lead_ns))
        with self._meter.time("draw"):
            picture = stage.draw(scene)
        if picture.rastered_ns:
            self._meter.mark("read_back", picture.rastered_ns, picture.drawn_ns)
        if face is not self._newest and face is not None and face.found:
            self._meter.add("latency", picture.drawn_ns - picture.captured_ns)
            if face.ready_ns and self._pace is not None:
                self._pace.lean(face.ready_ns)
        self._newest = face
        self._sinks.hear(self._direction.played(now_ns))
        self._sinks.offer(picture, now_ns)
        self._foresight.learn(looked_ns, self._clock.now_ns())
        self._last_picture = picture

    def _say_losses(self, stage: Stage) -> None:
        if stage.losses > self._losses:
            self._losses = stage.losses
            self._announcer.say(
                "OpenGL was reset and had lost the avatar; it is there again"
                + (f" (for the {self._losses}. time)" if self._losses > 1 else "")
            )

    def _show_status(self, stage: Stage, pace: Pace, now_ns: int) -> None:
        last_ns, beats, faces = self._counted
        elapsed_s = max(1e-3, (now_ns - (last_ns or pace.start_ns)) / 1e9)
        tracked = self._intake.frames
        self._counted = (now_ns, pace.beats, tracked)
        if last_ns:
            status = Status(
                (pace.beats - beats) / elapsed_s,
                pace.late_beats,
                (tracked - faces) / elapsed_s if tracked else None,
                self._meter.recent_ms("latency"),
                stage.is_seen(self._faces[0], now_ns),
                self._meter.recent_ms("draw"),
                self._sinks.report(),
                self._sinks.states(),
            )
            self._announcer.status(status)
            self._controls.tell(stage, status, self._direction, now_ns)

    def _end(self, stage: Stage) -> None:
        self.stop.set()
        self._finish_ns = self._finish_ns or self._clock.now_ns()
        workers = [w.worker for w in (*self._intake.watched, *self._hands)]
        for worker in workers:
            worker.ask_to_stop()
        self._direction.close()
        if self._log is not None:
            self._log.close()
        self._sinks.close(self._last_picture, self._finish_ns)
        for worker in workers:  # the keyboard puts the terminal back
            worker.join(JOIN_S)
        self._controls.close()
        self._intake.close()
        stage.close()

    def _summary(self) -> dict[str, Any]:
        pace = self._pace
        seconds = (self._finish_ns - pace.start_ns) / 1e9 if pace is not None else 0.0
        beats = pace.beats if pace is not None else 0
        return {
            "frames": beats,
            "seconds": round(seconds, 3),
            "fps": round(beats / seconds, 2) if seconds > 0 else 0.0,
            "late_beats": pace.late_beats if pace is not None else 0,
            "stages": self._meter.percentiles(),
            "sinks": self._sinks.report(),
            "failed": self._sinks.failed,
            "track": {"frames": self._intake.frames, "found": self._intake.found},
            **({"obs": obs} if (obs := self._direction.obs.report()) else {}),
        }
