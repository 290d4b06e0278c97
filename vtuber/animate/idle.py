"""What a living being does when nobody moves it: time and a seed in, a pose out. Holds no state.

Breath at 16 a minute, blinks every 2 to 6 s, the gaze that wanders and comes back, a slow sway.
Everything happens in numbered slots, each with its own seeded random numbers, so that any moment
can be computed without the moments before it.
"""

from __future__ import annotations

import math
import random
from functools import lru_cache

from vtuber.core.pose import PoseInput

BREATHS_HZ = 16 / 60
BLINK_SLOT_S, BLINK_S = 4.0, 0.18
GAZE_SLOT_S, SACCADE_S = 2.6, 0.06
# name: amplitude in degrees, and two frequencies in Hz that share no period
SWAY = {
    "headYaw": (4.0, 0.061, 0.173),
    "headPitch": (2.0, 0.083, 0.197),
    "headRoll": (2.5, 0.047, 0.131),
    "bodyYaw": (1.5, 0.053, 0.149),
    "bodyRoll": (1.2, 0.041, 0.113),
}


class Idle:
    """The idle motion of one avatar."""

    def __init__(self, seed: int = 0) -> None:
        self._seed = seed
        self._phases = {name: _random(seed, name).uniform(0, math.tau) for name in SWAY}

    def at(self, t_s: float) -> PoseInput:
        """Give the pose at a time: head, body, breath, lids and gaze."""
        blink = self._blink(t_s)
        lids = {"eyeBlinkLeft": blink, "eyeBlinkRight": blink}
        return PoseInput.of({"breath": breath(t_s), **self._sway(t_s), **self._gaze(t_s), **lids})

    def _sway(self, t_s: float) -> dict[str, float]:
        values = {}
        for name, (amplitude_deg, slow_hz, fast_hz) in SWAY.items():
            phase = self._phases[name]
            slow = math.sin(math.tau * slow_hz * t_s + phase)
            fast = math.sin(math.tau * fast_hz * t_s + 2 * phase)
            values[name] = amplitude_deg * (0.7 * slow + 0.3 * fast)
        return values

    def _blink(self, t_s: float) -> float:
        slot = math.floor(t_s / BLINK_SLOT_S)
        since_s = t_s - slot * BLINK_SLOT_S
        return max(_lid((since_s - begin_s) / BLINK_S) for begin_s in _blinks(self._seed, slot))

    def _gaze(self, t_s: float) -> dict[str, float]:
        slot = math.floor(t_s / GAZE_SLOT_S)
        (x0, y0), (x1, y1) = _glance(self._seed, slot - 1), _glance(self._seed, slot)
        t = min((t_s - slot * GAZE_SLOT_S) / SACCADE_S, 1.0)
        x, y = x0 + (x1 - x0) * t, y0 + (y1 - y0) * t  # + = performer's left, up
        return {
            "eyeLookOutLeft": max(x, 0.0), "eyeLookInRight": max(x, 0.0),
            "eyeLookInLeft": max(-x, 0.0), "eyeLookOutRight": max(-x, 0.0),
            "eyeLookUpLeft": max(y, 0.0), "eyeLookUpRight": max(y, 0.0),
            "eyeLookDownLeft": max(-y, 0.0), "eyeLookDownRight": max(-y, 0.0),
        }  # fmt: skip


def _random(seed: int, what: str, slot: int = 0) -> random.Random:
    return random.Random(f"{seed}:{what}:{slot}")


@lru_cache(maxsize=256)  # making a generator takes 15 us, and a slot lasts a hundred beats
def _blinks(seed: int, slot: int) -> tuple[float, ...]:
    """Give when the blinks of a slot begin, in seconds from its beginning; now and then two."""
    chance = _random(seed, "blink", slot)
    begin_s = chance.uniform(BLINK_SLOT_S / 4, BLINK_SLOT_S * 3 / 4)
    return (begin_s, begin_s + 1.6 * BLINK_S) if chance.random() < 0.15 else (begin_s,)


@lru_cache(maxsize=256)
def _glance(seed: int, slot: int) -> tuple[float, float]:
    chance = _random(seed, "gaze", slot)
    if chance.random() < 0.6:  # mostly at the audience
        return chance.uniform(-0.05, 0.05), chance.uniform(-0.03, 0.03)
    return chance.uniform(-0.45, 0.45), chance.uniform(-0.2, 0.15)


def breath(t_s: float) -> float:
    """Give how full the chest is, 0..1: in a little faster than out."""
    phase = (t_s * BREATHS_HZ) % 1.0
    t = phase / 0.42 if phase < 0.42 else (1.0 - phase) / 0.58
    return t * t * (3 - 2 * t)


def _lid(t: float) -> float:
    """Give how closed a lid is at a share of its blink, 0..1: it closes faster than it opens."""
    if not 0.0 < t < 1.0:
        return 0.0
    return t / 0.33 if t < 0.33 else 1.0 - (t - 0.33) / 0.67
