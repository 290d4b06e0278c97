"""Plays a show whose frames are marked, with a reader at the far end of an output: a report out."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from vtuber.core.command import Command
from vtuber.core.errors import UserError
from vtuber.core.face import Face
from vtuber.core.ports import Clock, FaceSource, Source, StopEvent
from vtuber.runtime.clock import ManualClock, SystemClock
from vtuber.runtime.meter import Meter
from vtuber.runtime.process import Service
from vtuber.settings import Settings
from vtuber.shows.bench import ends, machine
from vtuber.shows.bench.follow import STAGES, Followed, Journal, figures, follow
from vtuber.shows.bench.marks import SIGNALS, Marks, learn, pose_of
from vtuber.shows.bench.readers import tick
from vtuber.shows.bench.sources import DrawnCamera, Marking, PacedClip
from vtuber.shows.engine import PERFORMER, behaviour_of, load_avatar, open_stage, smoothing_of
from vtuber.shows.faces.tracked import Tracked
from vtuber.shows.live.direction import Direction
from vtuber.shows.live.show import Announcer, LiveShow
from vtuber.shows.live.sinks import Sinks
from vtuber.shows.sources import camera, footage
from vtuber.stage import Inputs

WARM_S = 2.5  # of each run, not counted: fades from idle motion, readers come
STILL_S = 2.0  # until a face that does not move is all there is
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """What to measure."""

    sinks: tuple[str, ...] = ("alpha",)
    size_px: tuple[int, int] = (1280, 720)
    fps: float = 60.0
    seconds: float = 10.0
    avatar: str = "default"
    video: str | None = None  # a clip with a face, before the real tracker
    camera: str | None = None  # a device, before the real tracker
    camera_fps: float = 30.0


def measure(asked: Asked, say: Say) -> dict[str, Any]:
    """Measure each output in a run of its own. Raises UserError when none can be measured."""
    settings = Settings.model_validate(
        {"avatar": asked.avatar, "size": asked.size_px, "fps": asked.fps}
    )
    missing = [why for name in asked.sinks if (why := ends.why_not(name))]
    names = [name for name in dict.fromkeys(asked.sinks) if not ends.why_not(name)]
    if not names:
        raise UserError("; ".join(missing))
    for sentence in missing:
        say(sentence)
    marks = learn_marks(settings, asked.fps)
    if not marks.marks:
        raise UserError(f"nothing of {asked.avatar} moves enough to be told in its picture")
    runs = {name: _Run(asked, settings, marks, name, say).play() for name in names}
    first = runs[names[0]]
    return {
        "asked": {
            "size": "{}x{}".format(*asked.size_px),
            "fps": asked.fps,
            "seconds": asked.seconds,
            "avatar": asked.avatar,
            "source": first.source,
            "tracker": "mediapipe" if asked.video or asked.camera else "none (marks are read)",
            "marks": [mark.signal for mark in marks.marks],
        },
        "machine": machine.describe(),
        "renderer": first.renderer,
        "fps": first.told["fps"],
        "late_beats": first.told["late_beats"],
        "bare_ticker": first.told["bare_ticker"],
        "cpu_percent": first.told["cpu_percent"],
        "peak_rss_mb": machine.peak_rss_mb(),
        "stages": first.told["stages"],
        "sinks": {name: run.told for name, run in runs.items()},
        "missing": missing,
        "frames": {name: run.frames() for name, run in runs.items()},
    }


def learn_marks(settings: Settings, fps: float) -> Marks:
    """Draw the avatar once still and once with each signal, and find what tells them apart."""
    clock = ManualClock(1)
    stage, _ = open_stage(clock, settings.size, settings.warper)
    try:
        stage.cast(PERFORMER, load_avatar(settings.avatar), behaviour_of(settings))
        beats = 0

        def drawn(*signals: str) -> Any:
            nonlocal beats
            pose = pose_of(signals)
            for _ in range(round(STILL_S * fps)):
                beats += 1
                now_ns = round(beats * 1e9 / fps)
                face = Face(now_ns, beats, True, pose)
                scene = stage.advance(now_ns, Inputs({PERFORMER: face}))
            return stage.draw(scene).rgba

        return learn(drawn(), [drawn(signal) for signal in SIGNALS])
    finally:
        stage.close()


class _Noting(Meter):
    """A meter that also keeps when each beat decided what it shows."""

    def __init__(self, ticks: list[tuple[int, int]], clock: Clock) -> None:
        super().__init__()
        self._ticks, self._clock = ticks, clock
        self._spent: tuple[tuple[float, float], ...] = ()  # CPU and wall, first and last beat

    def cpu_percent(self) -> float:
        """Give what the beats cost, with all that goes on beside them; 100 is one core."""
        if len(self._spent) < 2:
            return 0.0
        (began_cpu_s, began_s), (cpu_s, now_s) = self._spent
        return round(100 * (cpu_s - began_cpu_s) / (now_s - began_s), 1)

    def add(self, stage: str, duration_ns: int) -> None:
        if stage == "advance":
            now_ns = self._clock.now_ns()
            self._ticks.append((now_ns - duration_ns, now_ns))
            self._spent = (*self._spent[:1], (time.process_time(), now_ns / 1e9))
        super().add(stage, duration_ns)


class _NoKeys:
    """A keyboard that nobody touches."""

    def run(self, stop: StopEvent) -> None:
        stop.wait()

    def rebind(self, keys: Mapping[str, str]) -> None: ...

    def press(self, key: str) -> None: ...


class _Run:
    """One output, measured."""

    def __init__(self, asked: Asked, settings: Settings, marks: Marks, name: str, say: Say) -> None:
        self._asked, self._settings, self._marks, self._name = asked, settings, marks, name
        self._say = say
        self._clock = SystemClock()
        self._journal = Journal()
        self._followed: Followed | None = None
        self.source = self.renderer = ""
        self.told: dict[str, Any] = {}

    def play(self) -> _Run:
        asked, journal, clock = self._asked, self._journal, self._clock
        source = self._source()
        self.source = source.name
        self._say(f"{self._name}: {asked.seconds:g} s of {source.name}")
        inner = _tracker(clock) if asked.video or asked.camera else None
        marking = Marking(self._marks, inner, clock)
        journal.looked = marking.looked
        setting = ends.Setting(self._marks, asked.fps, journal, clock)
        ticker: Service[float, dict[str, float]] = Service("bare ticker", tick, asked.fps)
        with ends.opened(self._name, setting) as end:
            noting = _Noting(journal.ticks, clock)
            show = self._show(source, marking, end, noting)
            ticker.ask(asked.seconds + WARM_S)
            ticker.worker.start()
            summary = show.run(asked.seconds + WARM_S)
            sightings = end.sightings()
        bare = ticker.take(asked.seconds + WARM_S)
        ticker.worker.ask_to_stop()
        ticker.worker.join(2.0)
        if not journal.looked:
            raise UserError(f"{source.name} gave no frame that could be measured")
        if 2 * marking.found < len(journal.looked):
            found = f"{marking.found} of {len(journal.looked)} frames"
            self._say(f"the tracker found a face in {found} only: its work is not what it would be")
        begin_ns = journal.looked[0].captured_ns + round(WARM_S * 1e9)
        self._followed = follow(journal, self._name, sightings, self._marks.period, begin_ns)
        if not self._followed.seen:
            self._say(f"{self._name}: its reader has seen no mark")
        beats = summary["frames"] + summary["late_beats"]
        self.told = {
            **figures(self._followed, 1000 / asked.fps),
            "show_fps": summary["fps"],
            "late_beats": round(summary["late_beats"] / max(beats, 1), 4),
            "bare_ticker": bare.result if bare is not None else None,
            "cpu_percent": noting.cpu_percent(),
            "dropped_by_output": summary["sinks"][self._name]["dropped"],
            "faces_found": marking.found,
        }
        self.told["reader_fps"], self.told["fps"] = self.told["fps"], summary["fps"]
        return self

    def frames(self) -> list[dict[str, Any]]:
        """Give every frame that was seen: when it was captured, from the first on, and its way."""
        if self._followed is None or not self._followed.seen:
            return []
        zero_ns = self._followed.seen[0].captured_ns
        return [
            {
                "at_s": round((seen.captured_ns - zero_ns) / 1e9, 4),
                "latency_ms": round(seen.latency_ms, 2),
                "stages_ms": dict(
                    zip(STAGES, (round(ms, 2) for ms in seen.stages_ms), strict=False)
                ),
            }
            for seen in self._followed.seen
        ]

    def _source(self) -> Source:
        asked, clock = self._asked, self._clock
        if asked.camera is not None:
            found: Source = camera(self._settings.camera, asked.camera).make(clock)
            return found
        if asked.video is None:
            return DrawnCamera(asked.camera_fps, clock)
        plugin = footage(asked.video)
        endless = {"paced": False, "loop": True}  # as far as a clip, a still or the card has them
        fields = {field.name for field in dataclasses.fields(plugin.options)}
        options = {name: value for name, value in endless.items() if name in fields}
        plugin = dataclasses.replace(plugin, options=dataclasses.replace(plugin.options, **options))
        return PacedClip(plugin.make(clock), asked.camera_fps, clock)

    def _show(self, source: Source, marking: Marking, end: ends.End, meter: Meter) -> LiveShow:
        settings, clock = self._settings, self._clock

        def quiet(words: object) -> None:
            if "drawn by" in str(words):
                self.renderer = str(words).partition("drawn by ")[2]

        def smoother() -> Any:
            from vtuber.animate.smooth import Smoother

            return Smoother(smoothing_of(settings))

        intake = Tracked(source, lambda: [marking], smoother, meter, clock)
        sinks = Sinks([end.plugin], settings.size, clock, meter, quiet)

        def direct(stop: Callable[[], None]) -> Direction:
            def control(keys: Mapping[str, str], emit: Callable[[Command], bool]) -> _NoKeys:
                return _NoKeys()

            return Direction(settings, None, control, quiet, stop, clock)

        return LiveShow(
            settings, intake, sinks, meter, clock, Announcer(quiet, lambda status: None), direct
        )


def _tracker(clock: Clock) -> FaceSource:
    from vtuber.track.trackers.mediapipe import Options, Tracker

    return Tracker(Options(), clock)
