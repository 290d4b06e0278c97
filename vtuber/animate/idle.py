"""What a living being does when nobody moves it: time and a seed in, a pose out. Holds no state.

Breath, blinks, eyes that jump and rest, a head that goes with them and sways a little, a body that
follows the head. What happens is drawn in numbered slots, each with its own seeded random numbers,
so that any moment can be computed without the moments before it, in a film as in a show.
"""

from __future__ import annotations

import math
import random
from functools import lru_cache

from vtuber.animate import gaze
from vtuber.animate.retarget import BODY_FOLLOWS
from vtuber.core.pose import PoseInput

BREATHS_HZ = 15 / 60  # adults at rest: 12 to 18 a minute
_UNEVEN = ((0.05, 0.031), (0.04, 0.073))  # breaths by which it runs ahead or late, and how often
_IN, _OUT = 0.4, 0.85  # shares of a breath by which the chest is full, and empty again
_SHALLOW = 0.75  # of the deepest
# 17 a minute at rest (Bentivoglio and others 1997); a lid opens half as fast as it closes
# (VanderWerf and others 2003).
BLINK_SLOT_S, BLINK_S = 4.0, 0.26
_CLOSES = 0.34  # share of a blink
_TWICE = 0.12  # of all blinks are followed by another
# name: amplitude in degrees, and two frequencies in Hz that share no period
SWAY = {
    "headYaw": (2.6, 0.061, 0.173),
    "headPitch": (1.6, 0.083, 0.197),
    "headRoll": (2.3, 0.047, 0.131),
    "bodyYaw": (0.8, 0.053, 0.149),
    "bodyRoll": (1.0, 0.041, 0.113),
}
BODY_LATE_S = 0.25  # behind the head
# Full blendshapes of the gaze, in degrees, as the tracker has them.
_FULL_X_DEG, _FULL_Y_DEG = 30.0, 20.0


class Idle:
    """The idle motion of one avatar."""

    def __init__(self, seed: int = 0) -> None:
        self._seed = seed
        chance = random.Random(f"{seed}:phases")
        self._phases = {name: chance.uniform(0, math.tau) for name in SWAY}
        self._breaths = [chance.uniform(0, math.tau) for _ in _UNEVEN]

    def at(self, t_s: float) -> PoseInput:
        """Give the pose at a time: head, body, breath, lids and gaze."""
        head, blink = self._head(t_s), self._blink(t_s)
        return PoseInput.of(
            {
                **head,
                **self._body(t_s),
                **self._gaze(t_s, head),
                "breath": self.breath(t_s),
                "eyeBlinkLeft": blink,
                "eyeBlinkRight": blink,
            }
        )

    def breath(self, t_s: float) -> float:
        """Give how full the chest is, 0..1: in, out a little slower, a pause; no two are alike."""
        whole = BREATHS_HZ * t_s
        for (most, hz), phase in zip(_UNEVEN, self._breaths, strict=True):
            whole += most * (math.sin(math.tau * hz * t_s + phase) - math.sin(phase))
        number = math.floor(whole)
        t = whole - number
        depth = _depth(self._seed, number)
        return depth * (_soft(t / _IN) if t < _IN else _soft((_OUT - t) / (_OUT - _IN)))

    def _sway(self, name: str, t_s: float) -> float:
        amplitude_deg, slow_hz, fast_hz = SWAY[name]
        phase = self._phases[name]
        slow = math.sin(math.tau * slow_hz * t_s + phase)
        fast = math.sin(math.tau * fast_hz * t_s + 2 * phase)
        return amplitude_deg * (0.7 * slow + 0.3 * fast)

    def _head(self, t_s: float) -> dict[str, float]:
        _, _, x, y = gaze.at(self._seed, t_s)
        along = {"headYaw": x, "headPitch": y, "headRoll": -0.25 * x}
        return {name: self._sway(name, t_s) + part for name, part in along.items()}

    def _body(self, t_s: float) -> dict[str, float]:
        head = self._head(t_s - BODY_LATE_S)
        values = {body: share * head[name] for body, (name, share) in BODY_FOLLOWS.items()}
        for name in ("bodyYaw", "bodyRoll"):
            values[name] += self._sway(name, t_s)
        return values

    def _blink(self, t_s: float) -> float:
        slot = math.floor(t_s / BLINK_SLOT_S)
        return max(_lid((t_s - begin_s) / BLINK_S) for begin_s in _blinks(self._seed, slot))

    def _gaze(self, t_s: float, head: dict[str, float]) -> dict[str, float]:
        """Look where the gaze is, whatever the head does: it turns away under the eyes."""
        x_deg, y_deg, _, _ = gaze.at(self._seed, t_s)
        x = (x_deg - head["headYaw"]) / _FULL_X_DEG  # + = performer's left
        y = (y_deg - head["headPitch"]) / _FULL_Y_DEG
        return {
            "eyeLookOutLeft": max(x, 0.0), "eyeLookInRight": max(x, 0.0),
            "eyeLookInLeft": max(-x, 0.0), "eyeLookOutRight": max(-x, 0.0),
            "eyeLookUpLeft": max(y, 0.0), "eyeLookUpRight": max(y, 0.0),
            "eyeLookDownLeft": max(-y, 0.0), "eyeLookDownRight": max(-y, 0.0),
        }  # fmt: skip


@lru_cache(maxsize=64)  # making a generator takes 15 us, and a breath lasts hundreds of beats
def _depth(seed: int, number: int) -> float:
    return random.Random(f"{seed}:breath:{number}").uniform(_SHALLOW, 1.0)


@lru_cache(maxsize=256)
def _blinks(seed: int, slot: int) -> tuple[float, ...]:
    """Give when the blinks of a slot begin: with a long jump of the eyes if there is one.

    Large shifts of gaze come with a blink (Evinger and others 1994). Now and then there are two.
    """
    chance = random.Random(f"{seed}:blink:{slot}")
    first_s, last_s = ((slot + share) * BLINK_SLOT_S for share in (0.25, 0.75))
    jumps_s = gaze.long_jumps_s(seed, first_s, last_s)
    begin_s = chance.choice(jumps_s) if jumps_s else chance.uniform(first_s, last_s)
    is_double = chance.random() < _TWICE
    return (begin_s, begin_s + 1.3 * BLINK_S) if is_double else (begin_s,)


def _lid(t: float) -> float:
    """Give how closed a lid is at a share of its blink, 0..1: it closes faster than it opens."""
    return _soft(t / _CLOSES) if t < _CLOSES else _soft((1.0 - t) / (1.0 - _CLOSES))


def _soft(t: float) -> float:
    t = min(max(t, 0.0), 1.0)
    return t * t * (3 - 2 * t)
