"""Wishes in (flags, a settings file), a live show out: everything checked, no device open yet."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vtuber import plugins
from vtuber.control.keys import Hands
from vtuber.core.errors import UserError
from vtuber.core.ports import Clock, FaceSource
from vtuber.resources import avatar_path
from vtuber.runtime.clock import ManualClock, SystemClock
from vtuber.runtime.meter import Meter, Note
from vtuber.runtime.pactl import pactl
from vtuber.script.deeds import Cued
from vtuber.shows.engine import PERFORMER
from vtuber.shows.faces.anycamera import AnyCamera
from vtuber.shows.faces.facelog import FaceLog
from vtuber.shows.faces.intake import Intake, Nobody, Replayed
from vtuber.shows.faces.preview import Preview
from vtuber.shows.faces.tracked import Tracked
from vtuber.shows.faces.trackers import check_tracker, make_trackers
from vtuber.shows.files import file_of, is_same_file, part_of
from vtuber.shows.live.controls import ControlWishes
from vtuber.shows.live.direction import Direction
from vtuber.shows.live.scriptlog import ScriptLog, faces_of, script_log
from vtuber.shows.live.show import Announcer, LiveShow
from vtuber.shows.live.sinks import OPTIONAL, Sinks, parse_outputs
from vtuber.shows.live.status import Status
from vtuber.shows.live.tunings import TunedSmoother, Tunings
from vtuber.shows.pace import FPS_LOW
from vtuber.shows.plays.acting import Acting, LiveVoices
from vtuber.shows.scenery.backdrop import check_background
from vtuber.shows.scenery.items import check_items
from vtuber.shows.sources import camera, footage
from vtuber.shows.talk.conduct import check_conduct, wish_of
from vtuber.shows.talk.listening import Listening
from vtuber.shows.talk.speech import Speech
from vtuber.shows.talk.voices import chain_of
from vtuber.sound.microphone import Microphone
from vtuber.voice.conduct.gate import Gate

if TYPE_CHECKING:
    from vtuber.settings import Checks, Settings
    from vtuber.shows.plays.casting import Play

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
    preview: bool = False
    record_script: Path | None = None


def assemble(
    wishes: Wishes,
    say: Say,
    status: Callable[[Status], None],
    note: Note | None = None,
    play: Play | None = None,
) -> LiveShow:
    """Check everything that was asked for and build the show. Raises UserError with every fault."""
    from vtuber.settings import SettingsFile

    faults: list[str] = []
    file = SettingsFile(wishes.settings_path, wishes.flags, CHECKS)
    with _told(faults):
        settings = file.read()
    with _told(faults):
        parse_outputs((), wishes.record, FPS_LOW)
    with _told(faults):
        _check_wishes(wishes, play)
    if faults:
        raise UserError("; ".join(faults))
    clock, meter = SystemClock(), Meter(note)
    record_fps = FPS_LOW if settings.fps == "auto" else settings.fps
    chosen = parse_outputs(settings.outputs, wishes.record, record_fps)
    optional = OPTIONAL if settings.outputs is None else frozenset()
    sinks = Sinks(chosen, settings.size, clock, meter, say, optional, has_sound=True)
    is_alone = play is not None and "camera.device" not in wishes.flags
    is_alone = is_alone and wishes.video is None and wishes.replay is None
    tunings = _tunings(settings, say)
    intake = Nobody() if is_alone else _intake(wishes, settings, tunings, clock, meter, say)
    parts = play.parts if play is not None else ()
    own = {part.name: chain_of(part.voice or settings.voice.engine) for part in parts}
    gate = Gate(wish_of(settings.conduct), say)
    speech = Speech(settings.voice, clock, say, meter=meter, others=own, gate=gate)
    name = settings.microphone
    listening = Listening(Microphone(name, clock, pactl), PERFORMER) if name else None

    log = None
    if wishes.record_script is not None:
        log = script_log(wishes.record_script, settings, play, say, speech.look)
        speech.noted = log.line

    def direct(end: Callable[[], None]) -> Direction:
        direction = Direction(
            settings,
            file,
            lambda keys, emit: Hands(keys, emit, say, lambda key: direction.listens(key)),
            say,
            end,
            clock,
            intake.calibrate,
            speech,
            listening,
            _acting(play, speech, log) if play is not None else None,
            sinks.switch,
            sinks.is_missed,
            tunings,
        )
        return direction

    preview = Preview(intake.looked) if wishes.preview else None
    announcer = Announcer(say, status)
    control = settings.control
    controls = ControlWishes(control.page, control.socket, control.host)
    return LiveShow(
        settings, intake, sinks, meter, clock, announcer, direct, preview, controls, log
    )


def _acting(play: Play, speech: Speech, log: ScriptLog | None) -> Acting:
    def note(cued: Cued) -> None:
        if log is not None and cued.kind == "gesture":
            log.gesture(cued.at_ns, cued.who, cued.what)

    return Acting(play, LiveVoices(speech), note=note)


@contextlib.contextmanager
def _told(faults: list[str]) -> Iterator[None]:
    """Keep what the user did wrong, so that all of it is told at once."""
    try:
        yield
    except UserError as error:
        faults.append(str(error))


def _check_wishes(wishes: Wishes, play: Play | None) -> None:
    """Refuse what goes beside the settings and cannot be. Raises UserError."""
    if wishes.replay is not None and wishes.record_faces is not None:
        raise UserError("--record-faces has nothing to add to --replay; give one of them")
    if wishes.replay is not None:
        path = Path(wishes.replay)
        if not path.exists() and part_of(path).is_file():
            raise UserError(
                f"no recording of faces at {path}, but {part_of(path)} is there: "
                "its show was killed; --replay that one"
            )
    if wishes.record is not None and wishes.record_faces is not None:
        film = Path(wishes.record).expanduser()
        if film.resolve() == wishes.record_faces.resolve():
            raise UserError(f"--record and --record-faces both name {film}; give each its own file")
    if wishes.video is not None:
        source = footage(wishes.video)
        source.make(ManualClock())
        path = Path(getattr(source.options, "path", ""))  # the card has none
        if wishes.record_faces is not None and is_same_file(path, wishes.record_faces):
            raise UserError(f"{path} is the video; name another file for --record-faces")
    if wishes.record_script is not None:
        _check_script(wishes.record_script, wishes, play)


def _check_script(script: Path, wishes: Wishes, play: Play | None) -> None:
    """Refuse to write a script over what its own show reads or writes. Raises UserError."""
    faces = faces_of(file_of(script))
    if wishes.record_faces is not None and wishes.record_faces.resolve() == faces.resolve():
        raise UserError(
            f"--record-script writes {faces}, too; name another file for --record-faces"
        )
    played = set() if wishes.replay is None else {wishes.replay}
    if play is not None:  # what it includes is known by its statements alone
        included = (statement.at.file for statement in play.script.walk())
        played |= {play.name, *included, *(name for name, _, _ in play.files)}
    for path in (script, faces):
        if any(is_same_file(path, Path(name)) for name in played):
            raise UserError(f"{path} is what the show plays; name another file for --record-script")


def _unsaid(sentence: str) -> None:
    """Take what another has said."""


def _check_camera(**options: str) -> None:
    """Refuse options that no camera has; `auto` is one that is looked for later."""
    if options.get("device") != "auto":
        plugins.with_options("capture", "camera", **options).make(ManualClock())


# What a start refuses, a running show refuses too when its settings file changes.
CHECKS: Checks = {
    "avatar": avatar_path,
    "background": check_background,
    "outputs": lambda texts: parse_outputs(texts, None, FPS_LOW),
    "item": check_items,
    "tracker": check_tracker,
    "conduct": check_conduct,
    "camera.device": lambda device: _check_camera(device=device),
    "voice.engine": chain_of,
    "camera.fourcc": lambda fourcc: _check_camera(fourcc=fourcc),
}


def _tunings(settings: Settings, say: Say) -> Tunings:
    """Take what hands have adjusted and kept for the faces of this show."""
    from vtuber.settings import profile_path
    from vtuber.settings.tuning import tuning_path

    tunings = Tunings(settings)
    names = (settings.profile, settings.second.profile)[: settings.faces]
    for number, name in enumerate(names, 1):
        if path := profile_path(name):
            tunings.read(number, name, tuning_path(path), say)
    return tunings


def _intake(
    wishes: Wishes, settings: Settings, tunings: Tunings, clock: Clock, meter: Meter, say: Say
) -> Intake:
    if wishes.replay is not None:
        from vtuber.track.replay import replay

        path = Path(wishes.replay)
        said = [say, *[_unsaid] * (settings.faces - 1)]  # a fault is said once
        return Replayed(
            *(functools.partial(replay, path, told, n) for n, told in enumerate(said, 1))
        )

    def trackers() -> list[FaceSource]:
        from vtuber.settings import profile_path

        names = (settings.profile, settings.second.profile)[: settings.faces]
        # a clip is played alike every time
        profiles = [profile_path(name) if wishes.video is None else None for name in names]
        view_deg = settings.camera.field_of_view_deg
        # whom the mirror shows on the left is the first
        return make_trackers(
            settings.tracker, view_deg, clock, profiles, from_right=settings.mirror
        )

    def track(source: plugins.Plugin) -> Intake:
        log = FaceLog(wishes.record_faces, say) if wishes.record_faces else None
        make_smoother = functools.partial(TunedSmoother, tunings)
        return Tracked(source.make(clock), trackers, make_smoother, meter, clock, log)

    if wishes.video is not None:
        return track(footage(wishes.video))
    if settings.camera.device != "auto":
        return track(camera(settings.camera, settings.camera.device))
    from vtuber.capture.camera import cameras

    return AnyCamera(
        cameras,
        lambda found: track(camera(settings.camera, str(found.index))),
        must_be_there=wishes.record_faces is not None,
    )
