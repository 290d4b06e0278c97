"""The live show on a clock that jumps: real OpenGL, real avatar, no waiting."""

import dataclasses
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from PIL import Image

from tests.contexts import lose
from vtuber.core.command import Command, parse_command
from vtuber.core.errors import UserError
from vtuber.core.face import Face
from vtuber.core.ports import StopEvent
from vtuber.runtime.clock import ManualClock
from vtuber.runtime.meter import Meter
from vtuber.settings import Settings
from vtuber.shows.faces.intake import Performance
from vtuber.shows.live.direction import Direction
from vtuber.shows.live.show import Announcer, LiveShow
from vtuber.shows.live.sinks import Sinks, parse_outputs
from vtuber.shows.live.status import Status
from vtuber.stage import Stage


class NoKeys:
    """A keyboard that nobody touches."""

    def __init__(self, keys: Mapping[str, str], emit: Callable[[Command], None]) -> None: ...

    def run(self, stop: StopEvent) -> None: ...

    def rebind(self, keys: Mapping[str, str]) -> None: ...

    def press(self, key: str) -> None: ...


class Staged:
    """A show of the built-in performance, and all that it said."""

    direct = Direction

    def __init__(self, bundle: Path, intake: Performance | None = None, **wishes: object) -> None:
        self.said: list[str] = []
        self.statuses: list[Status] = []
        self.intake = intake or Performance("no camera")
        self.background = str(wishes.get("background", "transparent"))
        settings = Settings.model_validate(
            {"avatar": str(bundle), "size": "64x64", "fps": 30, **wishes}
        )
        self.clock = clock = ManualClock(7)
        meter = Meter()
        self.sinks = Sinks(
            parse_outputs(("null",), None, 30.0), settings.size, clock, meter, self.said.append
        )
        self.show = LiveShow(
            settings, self.intake, self.sinks, meter, clock,
            Announcer(self.said.append, self.statuses.append), self._direct,
        )  # fmt: skip

    def _direct(self, end: Callable[[], None]) -> Direction:
        settings = Settings(background=self.background)
        self.direction = self.direct(settings, None, NoKeys, self.said.append, end)
        return self.direction


def test_a_show_of_two_seconds_has_sixty_beats_and_none_is_late(bundle: Path) -> None:
    staged = Staged(bundle)
    summary = staged.show.run(2.0)
    assert (summary["frames"], summary["seconds"], summary["fps"]) == (60, 2.0, 30.0)
    assert summary["late_beats"] == 0
    assert summary["track"] == {"frames": 0, "found": 0}
    assert staged.said[0] == "no camera"
    assert "is drawn by" in staged.said[1]
    assert [status.fps for status in staged.statuses] == pytest.approx([30.0] * 3, abs=1)
    assert all(status.is_found and status.track_hz is None for status in staged.statuses)


def test_a_tracker_that_is_slow_gives_no_face_between_two_looks_and_is_there(bundle: Path) -> None:
    class Slow(Performance):
        newest: Face | None = None

        def face(self, now_ns: int, performer: int = 1) -> Face:
            if self.newest is None or now_ns - self.newest.captured_ns >= 1_000_000_000:
                self.newest = super().face(now_ns)
                self.frames += 1
            return self.newest

    staged = Staged(bundle, Slow(""))
    staged.show.run(4.0)
    assert {status.is_found for status in staged.statuses} == {True}
    assert {0.0, 2.0} == {round(status.track_hz or 0.0) for status in staged.statuses}
    assert None not in {status.track_hz for status in staged.statuses}


def test_a_tracker_that_is_late_has_found_somebody_all_the_same(bundle: Path) -> None:
    class Late(Performance):
        def face(self, now_ns: int, performer: int = 1) -> Face:
            face = super().face(now_ns)
            return dataclasses.replace(face, captured_ns=now_ns - 800_000_000)

    staged = Staged(bundle, Late(""))
    summary = staged.show.run(2.0)
    assert staged.statuses
    assert all(status.is_found for status in staged.statuses)
    assert summary["stages"]["latency"]["p50_ms"] >= 800


def test_an_item_of_the_settings_begins_when_the_show_does_however_long_the_camera_takes(
    bundle: Path, tmp_path: Path
) -> None:
    class Sleepy(Performance):
        def wait_until_ready(self, stop: StopEvent) -> None:
            staged.clock.advance(5.05)

    class Seeing(Direction):
        def follow(self, stage: Stage, now_ns: int) -> None:
            super().follow(stage, now_ns)
            begun_ns.append(now_ns - stage._performers["performer"].items._held["lamp"].begin_ns)

    class Watched(Staged):
        direct = Seeing

    frames = [Image.new("RGBA", (8, 8), colour) for colour in ("red", "blue")]
    lamp = tmp_path / "lamp.gif"
    frames[0].save(lamp, save_all=True, append_images=frames[1:], duration=100, loop=0)
    begun_ns: list[int] = []
    staged = Watched(bundle, Sleepy(""), item={"lamp": {"file": str(lamp)}})
    staged.show.run(0.1)
    assert begun_ns[0] < 10_000_000


def test_somebody_who_quits_ends_a_show_without_end(bundle: Path) -> None:
    staged = Staged(bundle)
    staged.direction.commands.put(parse_command("quit"))
    summary = staged.show.run(None)
    assert summary["frames"] == 1
    assert summary["seconds"] < 0.1


def test_a_fault_of_the_program_is_raised_as_it_is_and_everything_is_closed(bundle: Path) -> None:
    class Faulty(Performance):
        is_closed = False

        def face(self, now_ns: int, performer: int = 1) -> Face:
            if now_ns > 1_000_000_000:
                raise ZeroDivisionError("a bug")
            return super().face(now_ns)

        def close(self) -> None:
            self.is_closed = True

    intake = Faulty("")
    staged = Staged(bundle, intake)
    with pytest.raises(ZeroDivisionError, match="a bug"):
        staged.show.run(5.0)
    assert intake.is_closed
    assert not any(w.worker.is_alive for w in staged.sinks.watched)
    assert not any(w.worker.is_alive for w in staged.direction.watched)


def test_an_avatar_that_is_not_there_is_an_error_before_anything_opens(tmp_path: Path) -> None:
    staged = Staged(tmp_path / "none")
    with pytest.raises(UserError, match="no avatar called"):
        staged.show.run(1.0)
    assert staged.said == []


def test_the_background_of_the_settings_is_there_from_the_first_picture_on(bundle: Path) -> None:
    staged = Staged(bundle, background="#20c060")
    staged.show.run(0.01)
    assert staged.show._last_picture is not None
    assert staged.show._last_picture.rgba[0, 0].tolist() == [32, 192, 96, 255]


def test_a_background_that_cannot_be_read_is_an_error_before_anything_opens(
    bundle: Path, tmp_path: Path
) -> None:
    (tmp_path / "room.mp4").write_bytes(b"no video")
    staged = Staged(bundle, background=str(tmp_path / "room.mp4"))
    with pytest.raises(UserError, match="cannot read the video"):
        staged.show.run(1.0)
    assert staged.said == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the context of EGL is destroyed")
def test_a_show_whose_context_is_lost_goes_on_and_says_so_once(bundle: Path) -> None:
    class Reset(Direction):
        is_done = False

        def follow(self, stage: Stage, now_ns: int) -> None:
            super().follow(stage, now_ns)
            if now_ns > 1_000_000_000 and not self.is_done:
                self.is_done = True
                lose(stage._renderer._context)  # type: ignore[attr-defined]

    class Lost(Staged):
        direct = Reset

    staged = Lost(bundle)
    summary = staged.show.run(3.0)
    assert summary["frames"] == 90
    assert staged.show._last_picture is not None
    assert staged.show._last_picture.rgba.any()
    assert [words for words in staged.said if "OpenGL" in words] == [
        "OpenGL was reset and had lost the avatar; it is there again"
    ]


def test_large_blocks_of_memory_are_kept_for_beats_unless_something_is_loaded(
    bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Loading(Direction):
        beats = 0

        def follow(self, stage: Stage, now_ns: int) -> None:
            super().follow(stage, now_ns)
            self.beats += 1

        @property
        def is_changing(self) -> bool:
            return self.beats in range(10, 20)

    class Busy(Staged):
        direct = Loading

    kept: list[bool] = []
    monkeypatch.setattr("vtuber.shows.live.show.keep_blocks", kept.append)
    Busy(bundle).show.run(1.0)
    assert kept == [True, False, True]
