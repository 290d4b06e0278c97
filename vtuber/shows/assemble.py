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
from vtuber.shows.direction import Direction
from vtuber.shows.facelog import FaceLog
from vtuber.shows.intake import Intake, Performance, Replayed
from vtuber.shows.live import LiveShow, Status, Voice
from vtuber.shows.pace import FPS_LOW
from vtuber.shows.sinks import Sinks, parse_outputs
from vtuber.shows.tracked import Tracked

if TYPE_CHECKING:
    from vtuber.capture.camera import Camera
    from vtuber.core.ports import Source
    from vtuber.settings import CameraSettings, Settings

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
    # Nobody asked for the virtual camera that is there by default: it may be busy.
    optional = frozenset({"virtualcam"}) if settings.outputs is None else frozenset()
    sinks = Sinks(chosen, settings.size, clock, meter, say, optional)
    intake = _intake(wishes, settings, clock, meter, say)
    watch = SettingsFile(wishes.settings_path, wishes.flags)

    def direct(end: Callable[[], None]) -> Direction:
        return Direction(settings, watch, lambda keys, emit: Hands(keys, emit, say), say, end)

    return LiveShow(settings, intake, sinks, meter, clock, Voice(say, status), direct)


def _intake(wishes: Wishes, settings: Settings, clock: Clock, meter: Meter, say: Say) -> Intake:
    if wishes.replay is not None:
        from vtuber.track.replay import Replay

        if wishes.record_faces is not None:
            raise UserError("--record-faces has nothing to add to --replay; give one of them")
        return Replayed(Replay(wishes.replay, clock, paced=False))
    greeting = ""
    if wishes.video is not None:
        source = _clip(wishes.video).make(clock)
    elif settings.camera.device != "auto":
        source = _camera(settings.camera, settings.camera.device, clock)
    else:
        camera, greeting = _first_camera()
        if camera is None:
            if wishes.record_faces is not None:
                raise UserError("--record-faces needs a camera or --video; there is no camera")
            return Performance(greeting)
        source = _camera(settings.camera, str(camera.index), clock)
    log = FaceLog(wishes.record_faces, say) if wishes.record_faces else None

    def make_tracker() -> FaceSource:
        from vtuber.track.mediapipe import Options, Tracker

        return Tracker(Options(field_of_view_deg=settings.camera.field_of_view_deg), clock)

    def make_smoother() -> Smoother:
        return Smoother(SmoothSettings(strength=settings.smoothing))

    return Tracked(source, make_tracker, make_smoother, meter, clock, log, greeting)


def _clip(text: str) -> plugins.Plugin:
    """Read `FILE[:loop=1]`; a file whose name looks like options is still found as it is."""
    path, colon, options = text.rpartition(":")
    if not colon or "=" not in options or Path(text).exists():
        return plugins.with_options("capture", "video", path=text)
    return plugins.parse("capture", f"video:path={path},{options}")


def _camera(settings: CameraSettings, device: str, clock: Clock) -> Source:
    asked = {name: getattr(settings, name) for name in ("width", "height", "fps", "fourcc")}
    source: Source = plugins.with_options("capture", "camera", device=device, **asked).make(clock)
    return source


def _first_camera() -> tuple[Camera | None, str]:
    """Choose the first camera that can be used, if there is one, and say what was chosen."""
    from vtuber.capture.camera import cameras

    there = cameras()
    usable = [camera for camera in there if not camera.problem]
    if usable:
        return usable[0], f"camera {usable[0]}"
    trouble = f" ({there[0]})" if there else ""
    return None, (
        f"no camera{trouble}: a built-in performance plays; give --camera or --video for yourself"
    )
