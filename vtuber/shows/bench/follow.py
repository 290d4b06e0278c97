"""What readers saw in, latencies by frame and by stage out. Pure: lists of times, no clock.

A frame's way: captured, taken by the tracker, tracked, the beat begins, decided, drawn, read back,
taken by the output's thread, encoded, and in the hands of the reader with all its pixels.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from vtuber.shows.bench.sources import Looked

# stage: is it waiting? In the order in which a frame meets them.
STAGES = {
    "capture_wait": True,  # until the tracker has time for the frame
    "track": False,
    "queue": True,  # until the next beat begins
    "tick": False,  # Stage.advance
    "draw": False,
    "read_back": False,
    "hand_over": True,  # until the output's thread has time for the picture
    "encode": False,
    "deliver": False,  # to the last byte of it at the reader
}
Sighting = tuple[int, int]  # when a picture was whole at the reader (ns), the number read in it


@dataclass(frozen=True, slots=True)
class Sent:
    """One picture on its way through one output."""

    captured_ns: int
    sequence: int  # of the beat
    rastered_ns: int
    drawn_ns: int
    begun_ns: int
    ended_ns: int


@dataclass(slots=True)
class Journal:
    """What the show itself noted, beside what readers saw."""

    looked: list[Looked] = field(default_factory=list)
    ticks: list[tuple[int, int]] = field(default_factory=list)  # of each beat: begun, ended
    sent: dict[str, list[Sent]] = field(default_factory=dict)  # by output


@dataclass(frozen=True, slots=True)
class Seen:
    """One frame that a reader saw, and how long it was in each stage."""

    captured_ns: int
    latency_ms: float
    stages_ms: tuple[float, ...]  # as STAGES; empty when a picture's own notes are missing


@dataclass(frozen=True, slots=True, eq=False)
class Followed:
    """Everything about one reader."""

    seen: tuple[Seen, ...]
    frames: int  # that entered while the reader read
    dropped: int  # of them never seen
    pictures: int
    gaps_ms: np.ndarray  # between two pictures


def follow(
    journal: Journal, name: str, sightings: Sequence[Sighting], period: int, begin_ns: int
) -> Followed:
    """Find each frame's first picture at a reader. Frames before `begin_ns` are not counted.

    A number stands for the newest frame that it can be: nothing is later than `period` frames.
    """
    looked = journal.looked
    ends_ns = [frame.ended_ns for frame in looked]
    first_of: list[tuple[int, int]] = []  # index of a frame, when it was seen first
    for seen_ns, number in sightings:
        newest = bisect_right(ends_ns, seen_ns) - 1
        oldest = max(newest - period + 1, first_of[-1][0] if first_of else 0)
        them = range(newest, oldest - 1, -1)
        found = next((i for i in them if looked[i].sequence % period == number), None)
        if found is not None and (not first_of or found > first_of[-1][0]):
            first_of.append((found, seen_ns))
    counted = [(i, ns) for i, ns in first_of if looked[i].captured_ns >= begin_ns]
    if not counted:
        return Followed((), 0, 0, len(sightings), np.zeros(0))
    frames = looked[counted[-1][0]].sequence - looked[counted[0][0]].sequence + 1
    sent = journal.sent.get(name, [])
    seen = tuple(_seen(journal, sent, looked[i], ns) for i, ns in counted)
    times_ns = np.array([ns for ns, _ in sightings if ns >= begin_ns])
    return Followed(seen, frames, frames - len(seen), len(times_ns), np.diff(times_ns) / 1e6)


def _seen(journal: Journal, sent: Sequence[Sent], frame: Looked, seen_ns: int) -> Seen:
    latency_ms = (seen_ns - frame.captured_ns) / 1e6
    way = next((s for s in sent if s.captured_ns >= frame.captured_ns), None)
    if way is None or way.captured_ns != frame.captured_ns or way.sequence >= len(journal.ticks):
        return Seen(frame.captured_ns, latency_ms, ())
    times_ns = (
        frame.captured_ns, frame.begun_ns, frame.ended_ns, *journal.ticks[way.sequence],
        way.rastered_ns, way.drawn_ns, way.begun_ns, way.ended_ns, seen_ns,
    )  # fmt: skip
    stages = tuple((b - a) / 1e6 for a, b in pairwise(times_ns))
    return Seen(frame.captured_ns, latency_ms, stages)


def spread(values: Sequence[float] | np.ndarray) -> dict[str, float]:
    """Give p50, p95 and p99, to 0.01.

    >>> spread([1.0, 2.0, 3.0])["p50"]
    2.0
    """
    if not len(values):
        return {}
    ranks = np.percentile(np.asarray(values, float), (50, 95, 99))
    return {f"p{rank}": round(float(v), 2) for rank, v in zip((50, 95, 99), ranks, strict=True)}


def figures(followed: Followed, interval_ms: float) -> dict[str, object]:
    """Sum one reader up, for people and programs.

    `jitter_ms` is the mean difference of one frame's latency to the next one's; `late` counts
    frames that came more than a beat after the median.
    """
    latencies = np.array([seen.latency_ms for seen in followed.seen])
    ways = np.array([seen.stages_ms for seen in followed.seen if seen.stages_ms])
    stages = {name: spread(ways[:, i]) for i, name in enumerate(STAGES)} if len(ways) else {}
    waits = np.array(list(STAGES.values()))
    waiting = float(ways[:, waits].sum() / ways.sum()) if len(ways) else 0.0
    jitter = float(np.abs(np.diff(latencies)).mean()) if len(latencies) > 1 else 0.0
    late = int((latencies > np.median(latencies) + interval_ms).sum()) if len(latencies) else 0
    gaps_ms = followed.gaps_ms
    return {
        "latency_ms": spread(latencies),
        "jitter_ms": round(jitter, 2),
        "frames": followed.frames,
        "late": late,
        "dropped": followed.dropped,
        "fps": round(1000 / float(gaps_ms.mean()), 2) if len(gaps_ms) else 0.0,
        "waiting": round(waiting, 3),
        "stages": stages,
    }
