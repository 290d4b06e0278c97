"""Where idle eyes look, and how the head goes along: time and a seed in, degrees out. No state.

Eyes do not wander, they jump. A fixation lasts 0.3 to 3 s, most less than one (Rayner 1998; Lee,
Badler and Badler, "Eyes Alive", SIGGRAPH 2002), the jump between two 21 ms and 2.2 for each degree
(the main sequence: Bahill, Clark and Stark 1975; Carpenter 1988). Most are small, from eye to eye
and mouth of who looks at us; then one away, and back. A head follows a long one part of the way,
late and slowly, while the eyes turn back by as much, so that the gaze stays where it is.
"""

from __future__ import annotations

import bisect
import math
import random
from dataclasses import dataclass
from functools import lru_cache

SLOT_S = 12.0  # fixations are made for so long at once
SHORTEST_S, LONGEST_S = 0.3, 3.0
_MEDIAN_S, _SPREAD = 0.85, 0.6  # of a logarithmic normal distribution
_AT_FACE_X, _AT_FACE_Y = 2.2, 1.2  # degrees: standard deviation among the features of a face
_AWAY_X, _AWAY_Y = (6.0, 14.0), (-6.0, 4.0)  # degrees to either side, and up
_LOOKS_AWAY, _STAYS_AWAY = 0.22, 0.3
HEAD_SHARE, HEAD_S = 0.35, 0.55  # of a look away, and how long the head takes
_LATE_S = 0.05  # the head begins
LONG_DEG = 7.0  # a jump that is long enough to blink


@dataclass(frozen=True, slots=True)
class Fixation:
    """From when on the eyes look where: degrees, + = performer's left and up."""

    begin_s: float
    x_deg: float
    y_deg: float
    is_away: bool
    jump_deg: float  # from the one before it


def at(seed: int, t_s: float) -> tuple[float, float, float, float]:
    """Give the gaze (x, y) and the head's part of it (x, y) at a time, in degrees."""
    fixations, begins_s = _around(seed, math.floor(t_s / SLOT_S))
    last = bisect.bisect_right(begins_s, t_s) - 1
    first = max(last - 3, 0)  # none before them still moves the head
    before = fixations[first]
    gaze_x, gaze_y = before.x_deg, before.y_deg
    head_x, head_y = _of_head(before)
    for one in fixations[first + 1 : last + 1]:
        since_s = t_s - one.begin_s
        eyes, head = _soft(since_s / jump_s(one.jump_deg)), _soft((since_s - _LATE_S) / HEAD_S)
        gaze_x += (one.x_deg - before.x_deg) * eyes
        gaze_y += (one.y_deg - before.y_deg) * eyes
        (x, y), (old_x, old_y) = _of_head(one), _of_head(before)
        head_x += (x - old_x) * head
        head_y += (y - old_y) * head
        before = one
    return gaze_x, gaze_y, head_x, head_y


def jump_s(degrees: float) -> float:
    """Give how long a saccade takes.

    >>> round(jump_s(10.0), 4)
    0.043
    """
    return 0.021 + 0.0022 * degrees


def long_jumps_s(seed: int, begin_s: float, end_s: float) -> list[float]:
    """Give when the eyes jump far enough to blink, within a span."""
    slots = range(math.floor(begin_s / SLOT_S), math.floor(end_s / SLOT_S) + 1)
    return [
        one.begin_s
        for slot in slots
        for one in _fixations(seed, slot)
        if begin_s <= one.begin_s < end_s and one.jump_deg >= LONG_DEG
    ]


@lru_cache(maxsize=16)
def _around(seed: int, slot: int) -> tuple[tuple[Fixation, ...], tuple[float, ...]]:
    """Give the fixations of a slot and those before it, and when they begin."""
    both = _fixations(seed, slot - 1) + _fixations(seed, slot)
    return both, tuple(one.begin_s for one in both)


@lru_cache(maxsize=16)
def _fixations(seed: int, slot: int) -> tuple[Fixation, ...]:
    """Fill a slot. It begins and ends at the audience, so that it needs no slot before it."""
    chance = random.Random(f"{seed}:gaze:{slot}")
    found = [Fixation(slot * SLOT_S, 0.0, 0.0, False, 0.0)]
    end_s = (slot + 1) * SLOT_S
    while True:
        begin_s = found[-1].begin_s + _duration_s(chance)
        if begin_s > end_s - 2 * SHORTEST_S:
            break
        found.append(_next(chance, found[-1], begin_s))
    if found[-1].is_away or end_s - found[-1].begin_s > LONGEST_S:
        back_s = max(found[-1].begin_s + SHORTEST_S, end_s - chance.uniform(0.3, 0.9))
        found.append(_to(found[-1], back_s, 0.0, 0.0, False))
    return tuple(found)


def _duration_s(chance: random.Random) -> float:
    drawn_s = chance.lognormvariate(math.log(_MEDIAN_S), _SPREAD)
    return min(max(drawn_s, SHORTEST_S), LONGEST_S)


def _next(chance: random.Random, last: Fixation, begin_s: float) -> Fixation:
    if chance.random() >= (_STAYS_AWAY if last.is_away else _LOOKS_AWAY):
        x, y = chance.gauss(0.0, _AT_FACE_X), chance.gauss(0.0, _AT_FACE_Y)
        return _to(last, begin_s, x, y, False)
    side = math.copysign(1.0, last.x_deg) if last.is_away else chance.choice((-1.0, 1.0))
    return _to(last, begin_s, side * chance.uniform(*_AWAY_X), chance.uniform(*_AWAY_Y), True)


def _to(last: Fixation, begin_s: float, x: float, y: float, is_away: bool) -> Fixation:
    return Fixation(begin_s, x, y, is_away, math.hypot(x - last.x_deg, y - last.y_deg))


def _of_head(one: Fixation) -> tuple[float, float]:
    share = HEAD_SHARE if one.is_away else 0.0
    return share * one.x_deg, share * one.y_deg


def _soft(t: float) -> float:
    t = min(max(t, 0.0), 1.0)
    return t * t * (3 - 2 * t)
