"""What a show tells its user once: what the camera gives, frames skipped, pictures lost."""

from collections.abc import Iterator

import pytest

from tests.shows.faces.test_tracked import Looking, Playing, end, start, tracked
from tests.shows.waiting import until
from vtuber.core.frame import Frame
from vtuber.runtime.worker import Worker
from vtuber.shows.notes import STILL_LOOKS, WINDOW_S, Skipped, StandsStill, TakesNothing, lost_by
from vtuber.shows.watch import Watch, Watched


class Counters:
    """A source and a tracker of so many frames a second, looked at twice a second."""

    def __init__(self) -> None:
        self.captured = self.tracked = 0.0
        self._now_ns = 0
        self.note = Skipped("clip.mp4", lambda: round(self.captured), lambda: round(self.tracked))

    def look(self, seconds: float, captured_hz: float, tracked_hz: float) -> list[str]:
        said = []
        for _ in range(round(seconds * 2)):
            said.append(self.note(self._now_ns))
            self._now_ns += 500_000_000
            self.captured += captured_hz / 2
            self.tracked += tracked_hz / 2
        return [sentence for sentence in said if sentence]


def test_frames_that_the_tracker_skips_are_said_with_the_rate_that_it_follows() -> None:
    said = Counters().look(WINDOW_S + 1.5, 60, 42)
    assert said == [
        "clip.mp4 gives 60 frames a second; the tracker follows 42 of them and skips the rest"
    ]


@pytest.mark.parametrize("tracked_hz", [30, 28])
def test_a_tracker_that_follows_says_nothing(tracked_hz: float) -> None:
    assert Counters().look(20.0, 30, tracked_hz) == []


def test_frames_before_the_tracker_is_there_and_after_the_last_do_not_count() -> None:
    counters = Counters()
    assert counters.look(10.0, 60, 0) == []
    assert counters.look(10.0, 60, 60) == []
    assert counters.look(10.0, 0, 0) == []


def test_a_machine_that_becomes_busy_later_is_told_of_too() -> None:
    counters = Counters()
    assert counters.look(20.0, 30, 30) == []
    assert len(counters.look(2 * WINDOW_S, 30, 10)) > 0


def test_a_film_that_loses_pictures_is_spoken_of_once() -> None:
    said: list[str] = []
    losses: Iterator[int] = iter([0, 0, 3, 4, 5])
    note = lost_by("output record", lambda: next(losses))
    worker = Worker("output", lambda stop: None)
    watch = Watch([Watched(worker, "output record", lambda: 0, (note,))], said.append)
    for look in range(5):
        watch.look(look)
    assert said == [
        "output record cannot follow and loses pictures; a smaller --size or a lower --fps helps"
    ]


class Webcam(Playing):
    """A camera that says what it gives, once it has given a picture."""

    given, stamps = "", "hand-over"

    def read(self) -> Frame:
        frame = super().read()
        self.given, self.stamps = "1280x720 MJPG at 30 fps", "driver"
        return frame


def test_what_a_camera_gives_is_said_once() -> None:
    said: list[str] = []
    intake = tracked(Webcam("camera 0", is_live=True), Looking())
    watch = Watch(intake.watched, said.append)
    watch.look(1)
    assert said == []
    start(intake)
    until(lambda: intake.frames > 3)
    watch.look(2)
    watch.look(3)
    assert said == ["camera 0 gives 1280x720 MJPG at 30 fps; frames are stamped by its driver"]
    end(intake)


def test_what_a_tracker_skips_is_said_of_its_source() -> None:
    said: list[str] = []
    tracker = Looking()
    tracker.last = 3
    intake = tracked(Playing("clip.mp4", is_live=False), tracker)
    watch = Watch(intake.watched, said.append)
    start(intake)
    until(lambda: intake.frames == 3)
    watch.look(0)
    mark = intake.watched[0].progress()
    until(lambda: intake.watched[0].progress() > mark + 5)
    watch.look(round(WINDOW_S * 1e9))
    tracker.goes_on.set()
    assert len(said) == 1
    assert said[0].startswith("clip.mp4 gives ")
    end(intake)


def test_a_tracker_that_stands_still_while_frames_come_is_told_of() -> None:
    captured = tracked = 0
    note = StandsStill(lambda: captured, lambda: tracked)
    captured = 500
    assert note(0) == note(9_000_000_000) == ""  # it is being imported
    tracked = 1
    assert note(10_000_000_000) == ""
    captured += 40
    assert note(11_900_000_000) == ""
    assert note(12_100_000_000).startswith("the tracker has given nothing for 2 s")
    captured += 400
    assert note(20_000_000_000) == "", "another one is opened"
    assert note(28_000_000_000).startswith("the tracker has given nothing for 16 s")
    tracked = 2
    assert note(28_200_000_000) == ""
    captured += 40
    assert note(31_000_000_000).startswith("the tracker has given nothing for 3 s")


def test_a_suspension_is_no_tracker_that_stands_still() -> None:
    captured, tracked = 10, 10
    note = StandsStill(lambda: captured, lambda: tracked)
    assert note(0) == ""
    captured = 12  # what the camera had
    assert note(3_600_000_000_000) == ""


def test_an_output_that_stands_still_is_told_of() -> None:
    waiting, taken = 0, 7
    note = TakesNothing("output virtualcam", lambda: waiting, lambda: taken)
    assert {note(look) for look in range(9)} == {""}, "nothing waits for it"
    waiting = 1
    assert {note(look) for look in range(STILL_LOOKS - 1)} == {""}
    taken = 8
    assert {note(look) for look in range(STILL_LOOKS)} == {""}
    assert note(0).startswith("output virtualcam takes no pictures any more")
