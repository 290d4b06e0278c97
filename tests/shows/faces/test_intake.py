"""A replay moves as its recording did, on the beat's own clock; a performance never ends."""

from pathlib import Path

import pytest

from vtuber.core.face import Face
from vtuber.core.pose import PoseInput
from vtuber.shows.faces.facelog import FaceLog
from vtuber.shows.faces.intake import Performance, Replayed
from vtuber.track.replay import replay

STEP_NS = 33_333_333


def turned(number: int) -> Face:
    pose = PoseInput.of({"headYaw": float(number)})
    return Face(7_000_000_000 + number * STEP_NS, number, True, pose)


def yaw(face: Face | None) -> float:
    assert face is not None
    assert face.pose is not None
    return float(face.pose.values[52])


def test_the_first_beat_begins_the_replay_and_later_ones_see_what_is_due() -> None:
    replayed = Replayed(lambda: (turned(n) for n in range(6)))
    replayed.open()
    start_ns = 123_456_789_000
    assert yaw(replayed.face(start_ns)) == 0
    assert yaw(replayed.face(start_ns + STEP_NS - 1)) == 0
    assert yaw(replayed.face(start_ns + STEP_NS)) == 1
    third = replayed.face(start_ns + 3 * STEP_NS + 5)  # a late beat skips what it has missed
    assert yaw(third) == 3
    assert third is not None
    assert third.captured_ns == start_ns + 3 * STEP_NS
    assert (replayed.frames, replayed.found, replayed.has_ended) == (4, 4, False)
    assert yaw(replayed.face(start_ns + 99 * STEP_NS)) == 5
    assert replayed.has_ended


def test_faces_that_were_not_found_are_replayed_as_not_found() -> None:
    replayed = Replayed(lambda: (f for f in (turned(0), Face.lost(7_100_000_000, 1))))
    replayed.open()
    replayed.face(0)
    face = replayed.face(200_000_000)
    assert face is not None
    assert not face.found
    assert (replayed.frames, replayed.found) == (2, 1)


def test_what_was_recorded_comes_back_in_a_replay(tmp_path: Path) -> None:
    path = tmp_path / "faces.jsonl"
    log = FaceLog(path, pytest.fail)
    log.open()
    for number in range(30):
        log.write(turned(number))
    log.close()
    replayed = Replayed(lambda: replay(path, pytest.fail))
    replayed.open()
    seen = [yaw(replayed.face(9_000_000_000 + n * (STEP_NS + 1000))) for n in range(30)]
    assert seen == list(range(30))
    replayed.close()


def test_the_performance_moves_its_head_and_never_ends() -> None:
    performance = Performance("no camera")
    yaws = [yaw(performance.face(n * 100_000_000)) for n in range(320)]
    assert max(yaws) > 10
    assert min(yaws) < -10
    assert not performance.has_ended
