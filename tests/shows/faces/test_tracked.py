"""Frames in, faces out, whatever fails on the way: two threads that a show starts and watches."""

import threading
from pathlib import Path

import numpy as np
import pytest

from tests.shows.waiting import until
from vtuber.animate.smooth import Smoother
from vtuber.core.command import CalibrationName
from vtuber.core.errors import DeviceLost, SourceEnded, UserError
from vtuber.core.face import Face
from vtuber.core.frame import Frame
from vtuber.core.pose import PoseInput
from vtuber.runtime.clock import SystemClock
from vtuber.runtime.meter import Meter
from vtuber.shows.faces.facelog import FaceLog
from vtuber.shows.faces.tracked import Tracked
from vtuber.shows.notes import STILL_FRAMES, STILL_S
from vtuber.shows.watch import Watch
from vtuber.track.facelog import read_faces

CLOCK = SystemClock()
RGB = np.zeros((16, 16, 3), np.uint8)


class Playing:
    """A source of frames: `frames` of them, then its end; `error` while it is set."""

    def __init__(self, name: str, *, is_live: bool, frames: int = 10**9) -> None:
        self.name, self.is_live = name, is_live
        self.error: Exception | None = None
        self.opened = 0
        self._frames, self._sequence = frames, 0
        self._nap = threading.Event()

    def open(self) -> None:
        if self.error is not None:
            raise UserError(f"no {self.name}")
        self.opened += 1

    def read(self) -> Frame:
        self._nap.wait(0.005)
        if self.error is not None:
            raise self.error
        if self._sequence >= self._frames:
            raise SourceEnded("over")
        self._sequence += 1
        return Frame(RGB, CLOCK.now_ns(), self._sequence - 1)

    def close(self) -> None: ...


class Looking:
    """A tracker that sees a face in every frame, but what is in `errors` first."""

    errors: list[Exception]
    refusal: UserError | None = None
    yaw_deg = 5.0

    def __init__(self) -> None:
        self.errors = []
        self.opens = 0
        self.calibrated: list[str] = []
        self.last = -1  # the frame that it looks at until `goes_on` is set
        self.goes_on = threading.Event()

    def open(self) -> None:
        self.opens += 1
        if self.refusal is not None:
            raise self.refusal

    def find(self, frame: Frame) -> Face:
        if self.errors and frame.sequence > 3:
            raise self.errors.pop()
        if frame.sequence == self.last:
            self.goes_on.wait(20.0)
        pose = PoseInput.of({"headYaw": self.yaw_deg})
        return Face(frame.captured_ns, frame.sequence, True, pose)

    def calibrate(self, what: CalibrationName) -> None:
        self.calibrated.append(what)

    def close(self) -> None: ...


def tracked(source: Playing, tracker: Looking, log: FaceLog | None = None) -> Tracked:
    return Tracked(source, lambda: [tracker], Smoother, Meter(), CLOCK, log)


def start(intake: Tracked) -> None:
    intake.open()
    for watched in intake.watched:
        watched.worker.start()


def end(intake: Tracked) -> None:
    for watched in intake.watched:
        watched.worker.ask_to_stop()
    for watched in intake.watched:
        assert watched.worker.join(5.0)
    intake.close()


def test_a_clip_waits_for_its_tracker_and_ends_with_its_last_face(tmp_path: Path) -> None:
    path = tmp_path / "faces.jsonl"
    tracker = Looking()
    tracker.last = 11
    intake = tracked(Playing("a.mp4", is_live=False, frames=12), tracker, FaceLog(path, print))
    start(intake)
    intake.wait_until_ready(threading.Event())
    assert intake.is_ready
    assert intake.face(0) is not None
    until(lambda: not intake.watched[0].worker.is_alive)
    assert not intake.has_ended
    tracker.goes_on.set()
    until(lambda: intake.has_ended)
    newest = intake.face(0)
    assert newest is not None
    assert newest.sequence == 11
    end(intake)
    assert [face.sequence for face in read_faces(path)][-1] == 11
    assert intake.frames == intake.found


def test_the_newest_frame_can_be_looked_at_with_its_face() -> None:
    intake = tracked(Playing("camera 0", is_live=True), Looking())
    assert intake.looked() is None
    start(intake)
    until(lambda: intake.frames > 2)
    looked = intake.looked()
    end(intake)
    assert looked is not None
    frame, (face,) = looked
    assert frame.sequence == face.sequence
    assert frame.rgb is RGB


def test_a_calibration_reaches_the_tracker_while_there_is_one() -> None:
    tracker = Looking()
    intake = tracked(Playing("camera 0", is_live=True), tracker)
    intake.calibrate("open")
    start(intake)
    until(lambda: intake.frames > 0)
    intake.calibrate("shut")
    end(intake)
    intake.calibrate("neutral")
    assert tracker.calibrated == ["shut"]


def test_each_performer_has_a_tracker_a_face_and_a_calibration_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "faces.jsonl"
    pair = Looking(), Looking()
    pair[1].yaw_deg = -5.0
    source = Playing("camera 0", is_live=True)
    intake = Tracked(source, lambda: pair, Smoother, Meter(), CLOCK, FaceLog(path, print))
    assert intake.face(0, 2) is None
    start(intake)
    until(lambda: intake.frames > 2)
    first, second = intake.face(0, 1), intake.face(0, 2)
    assert first is not None
    assert second is not None
    assert (first.performer, first.as_dict()["headYaw"]) == (1, 5.0)
    assert (second.performer, second.as_dict()["headYaw"]) == (2, -5.0)
    intake.calibrate("open", 2)
    end(intake)
    assert (pair[0].calibrated, pair[1].calibrated) == ([], ["open"])
    faces = list(read_faces(path))
    assert [face.performer for face in faces[:4]] == [1, 2, 1, 2]
    assert intake.frames == intake.found == len(faces) / 2


def test_a_camera_that_vanishes_and_comes_back_is_taken_up_again() -> None:
    said: list[str] = []
    source = Playing("camera 0", is_live=True)
    intake = tracked(source, Looking())
    watch = Watch(intake.watched, said.append)
    start(intake)
    until(lambda: intake.frames > 3)
    assert not intake.has_ended
    source.error = DeviceLost("camera 0 is gone")
    now_ns = [0]

    def look() -> bool:
        now_ns[0] += 100_000_000
        watch.look(now_ns[0])
        return bool(said)

    until(look)
    source.error = None
    until(lambda: look() and source.opened > 1)
    mark = intake.frames
    until(lambda: intake.frames > mark + 3)
    until(lambda: look() and len(said) > 1)
    assert said == ["camera 0 is gone (trying again)", "camera 0 works again"]
    end(intake)


def test_a_tracker_that_raises_is_opened_anew_and_the_clip_goes_on() -> None:
    said: list[str] = []
    tracker = Looking()
    tracker.errors = [ValueError("a bug")]
    intake = tracked(Playing("a.mp4", is_live=False), tracker)
    watch = Watch(intake.watched, said.append)
    start(intake)
    until(lambda: not tracker.errors)
    for beat in range(1, 3):
        until(lambda: not intake.watched[1].worker.is_alive)
        watch.look(beat * 1_000_000_000)
    mark = intake.frames
    until(lambda: intake.frames > mark + 3)
    assert tracker.opens == 2
    assert said == ["the tracker failed: ValueError: a bug (trying again)"]
    end(intake)


def test_a_tracker_that_hangs_is_replaced_and_says_so_once_and_nobody_hears_the_old_one() -> None:
    said: list[str] = []
    hangs, fresh = Looking(), Looking()
    hangs.last, fresh.yaw_deg = 5, -9.0
    made = iter([hangs, fresh])
    source = Playing("camera 0", is_live=True)
    intake = Tracked(source, lambda: [next(made)], Smoother, Meter(), CLOCK)
    watch = Watch(intake.watched[1:], said.append)
    start(intake)
    until(lambda: intake.frames == 5)
    watch.look(0)
    captured = intake.watched[0].progress
    mark = captured()
    until(lambda: captured() > mark + STILL_FRAMES)
    watch.look(round(STILL_S * 1e9))
    until(lambda: intake.frames > 8)
    hangs.goes_on.set()
    now_ns = [round(STILL_S * 1e9)]

    def look() -> bool:
        now_ns[0] += 100_000_000
        mark = intake.frames
        until(lambda: intake.frames > mark)
        watch.look(now_ns[0])
        return len(said) > 1

    until(look)
    face = intake.face(0)
    assert face is not None
    assert face.as_dict()["headYaw"] < 0
    assert said == [
        "the tracker has given nothing for 2 s; the face counts as lost (another one is started)",
        "the tracker works again",
    ]
    end(intake)


@pytest.mark.parametrize("fault", [UserError("no models; install them"), ImportError("a bug")])
def test_a_clip_without_a_tracker_is_an_error_before_the_first_beat(fault: Exception) -> None:
    tracker = Looking()
    tracker.refusal = fault  # type: ignore[assignment]
    intake = tracked(Playing("a.mp4", is_live=False), tracker)
    start(intake)
    with pytest.raises(type(fault), match=str(fault)):
        intake.wait_until_ready(threading.Event())
    end(intake)


def test_a_camera_without_a_tracker_is_a_show_all_the_same() -> None:
    said: list[str] = []
    tracker = Looking()
    tracker.refusal = UserError("no models; install them")
    intake = tracked(Playing("camera 0", is_live=True), tracker)
    watch = Watch(intake.watched, said.append)
    start(intake)
    intake.wait_until_ready(threading.Event())
    until(lambda: not intake.watched[1].worker.is_alive)
    watch.look(1)
    assert said == ["no models; install them (trying again)"]
    assert intake.face(0) is None
    end(intake)


def test_a_source_that_cannot_be_opened_leaves_no_recording(tmp_path: Path) -> None:
    source = Playing("camera 3", is_live=True)
    source.error = DeviceLost("")
    intake = tracked(source, Looking(), FaceLog(tmp_path / "faces.jsonl", print))
    with pytest.raises(UserError, match="no camera 3"):
        intake.open()
    intake.close()
    assert list(tmp_path.iterdir()) == []
