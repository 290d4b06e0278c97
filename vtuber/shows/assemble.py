"""Wishes in (flags, a settings file), a live show out: everything checked, no device open yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vtuber import plugins
from vtuber.animate.smooth import Smoother, SmoothSettings
from vtuber.control.keys import Hands
from vtuber.core.errors import UserError
from vtuber.core.ports import Clock, FaceSource
from vtuber.runtime.clock import SystemClock
from vtuber.runtime.meter import Meter
from vtuber.runtime.worker import Worker
from vtuber.shows.intake import Intake, Performance, Replayed, Tracked
from vtuber.shows.live import FPS_LOW, LiveShow, Status, Voice
from vtuber.shows.sinks import Sinks, parse_outputs

if TYPE_CHECKING:
    from vtuber.settings import Settings

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a user asks of one live show."""

    flags: Mapping[str, Any]  # settings by name, tables by `camera.device`
    settings_path: Path | None = None
    video: str | None = None
    replay: str | None = None
    record: str | None = None
    record_faces: Path | None = None


def assemble(wishes: Wishes, say: Say, status: Callable[[Status], None]) -> LiveShow:
    """Check everything that was asked for and build the show. Raises UserError."""
    from vtuber.settings import SettingsFile, load

    settings = load(wishes.settings_path, wishes.flags)
    clock, meter = SystemClock(), Meter()
    record_fps = FPS_LOW if settings.fps == "auto" else settings.fps
    chosen = parse_outputs(settings.outputs, wishes.record, record_fps)
    intake = _intake(wishes, settings, clock, meter, say)
    sinks = Sinks(chosen, settings.size, clock, meter, say)
    watch = SettingsFile(wishes.settings_path, wishes.flags)
    show = LiveShow(settings, intake, sinks, meter, clock, Voice(say, status), watch)
    hands = Hands(settings.keys, show.commands.put, say)
    show.hands.append(Worker("keyboard", hands.run, restarts=False))
    return show


def _intake(wishes: Wishes, settings: Settings, clock: Clock, meter: Meter, say: Say) -> Intake:
    if wishes.replay is not None:
        from vtuber.track.replay import Replay

        if wishes.record_faces is not None:
            raise UserError("--record-faces has nothing to add to --replay; give one of them")
        return Replayed(Replay(wishes.replay, clock))
    if wishes.video is not None:
        source = _clip(wishes.video).make(clock)
    else:
        camera = settings.camera
        device = _first_camera(say) if camera.device == "auto" else camera.device
        if device is None:
            if wishes.record_faces is not None:
                raise UserError("--record-faces needs a camera or --video; there is no camera")
            return Performance()
        options = {"width": camera.width, "height": camera.height, "fps": camera.fps}
        plugin = plugins.with_options(
            "capture", "camera", device=device, fourcc=camera.fourcc, **options
        )
        source = plugin.make(clock)

    def make_tracker() -> FaceSource:
        from vtuber.track.mediapipe import Options, Tracker

        return Tracker(Options(field_of_view_deg=settings.camera.field_of_view_deg), clock)

    def make_smoother() -> Smoother:
        return Smoother(SmoothSettings(strength=settings.smoothing))

    return Tracked(source, make_tracker, make_smoother, meter, clock, wishes.record_faces)


def _clip(text: str) -> plugins.Plugin:
    """Read `FILE[:loop=1]`; a file whose name looks like options is still found as it is."""
    path, colon, options = text.rpartition(":")
    if not colon or "=" not in options or Path(text).exists():
        return plugins.with_options("capture", "video", path=text)
    return plugins.parse("capture", f"video:path={path},{options}")


def _first_camera(say: Say) -> str | None:
    """Choose the first camera that can be used, or None and say so."""
    from vtuber.capture.camera import cameras

    there = cameras()
    usable = [camera for camera in there if not camera.problem]
    if usable:
        say(f"camera {usable[0]}")
        return str(usable[0].index)
    trouble = f" ({there[0]})" if there else ""
    say(f"no camera{trouble}: a built-in performance plays; give --camera or --video for yourself")
    return None
