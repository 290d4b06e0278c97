"""What readers saw becomes latencies: by hand-written journals, whose sums are known."""

import pytest

from vtuber.shows.bench.follow import STAGES, Journal, Sent, figures, follow
from vtuber.shows.bench.sources import Looked

MS = 1_000_000
FRAME = 33 * MS


def journal(frames: int) -> Journal:
    """Frames that wait 1 ms, are tracked in 5, and are drawn by the beat 3 ms after that."""
    made = Journal()
    for i in range(frames):
        at = i * FRAME
        made.looked.append(Looked(i, at, at + 1 * MS, at + 6 * MS))
        made.ticks.append((at + 9 * MS, at + 10 * MS))
        made.sent.setdefault("alpha", []).append(
            Sent(at, i, at + 19 * MS, at + 20 * MS, at + 21 * MS, at + 23 * MS)
        )
    return made


def seen(frames: int, late: dict[int, int] | None = None) -> list[tuple[int, int]]:
    """Give when each frame is with the reader: 25 ms after it was captured, or later."""
    late = late or {}
    return [(i * FRAME + (25 + late.get(i, 0)) * MS, i % 32) for i in range(frames)]


def test_each_stage_has_its_time_and_together_they_are_the_latency() -> None:
    followed = follow(journal(40), "alpha", seen(40), 32, 0)
    assert len(followed.seen) == followed.frames == 40
    for frame in followed.seen:
        assert frame.latency_ms == pytest.approx(25.0)
        assert frame.stages_ms == pytest.approx((1, 5, 3, 1, 9, 1, 1, 2, 2))
        assert sum(frame.stages_ms) == pytest.approx(frame.latency_ms)
    told = figures(followed, 1000 / 30)
    assert told["latency_ms"] == {"p50": 25.0, "p95": 25.0, "p99": 25.0}
    assert told["waiting"] == pytest.approx(5 / 25)
    assert list(told["stages"]) == list(STAGES)
    assert told["jitter_ms"] == 0.0


def test_a_frame_that_no_picture_showed_is_dropped_and_no_other_takes_its_place() -> None:
    sightings = [one for i, one in enumerate(seen(40)) if i not in (7, 8, 20)]
    followed = follow(journal(40), "alpha", sightings, 32, 0)
    assert (followed.frames, followed.dropped) == (40, 3)
    assert {round(frame.latency_ms) for frame in followed.seen} == {25}


def test_a_picture_that_shows_the_same_frame_again_counts_once() -> None:
    sightings = [(ns + again * 8 * MS, n) for ns, n in seen(40) for again in range(3)]
    followed = follow(journal(40), "alpha", sightings, 32, 0)
    assert len(followed.seen) == 40
    assert followed.pictures == 120
    assert figures(followed, 1000 / 60)["latency_ms"]["p99"] == 25.0


def test_numbers_that_come_round_are_told_apart_by_their_time() -> None:
    followed = follow(journal(200), "alpha", seen(200), 32, 0)
    assert {round(frame.latency_ms) for frame in followed.seen} == {25}
    assert followed.dropped == 0


def test_late_frames_are_more_than_a_beat_behind_the_median() -> None:
    told = figures(follow(journal(60), "alpha", seen(60, {9: 20, 30: 6}), 32, 0), 1000 / 60)
    assert told["late"] == 1
    assert told["jitter_ms"] == pytest.approx(2 * 26 / 59, abs=0.01)


def test_a_reader_that_comes_late_and_the_first_seconds_are_not_counted() -> None:
    followed = follow(journal(90), "alpha", seen(90)[50:], 32, 60 * FRAME)
    assert followed.frames == len(followed.seen) == 30
    assert followed.dropped == 0


def test_a_reader_that_saw_nothing_gives_empty_figures() -> None:
    told = figures(follow(journal(9), "alpha", [], 32, 0), 1000 / 60)
    assert told["latency_ms"] == told["stages"] == {}
    assert told["frames"] == told["dropped"] == 0
