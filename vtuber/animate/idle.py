"""What a living being does when nobody moves it: time and a seed in, a pose out. Holds no state.

Breath at 16 a minute, blinks every 2 to 6 s, the gaze that wanders and comes back, a slow sway.
Everything happens in numbered slots, each with its own seeded random numbers, so that any moment
can be computed without the moments before it.
"""

from __future__ import annotations

import math
import random

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

    def at(self, t_s: float) -> PoseInput:
        """Give the pose at a time: head, body, breath, lids and gaze."""
        values = {"breath": breath(t_s), **self._sway(t_s), **self._gaze(t_s)}
        blink = self._blink(t_s)
        values |= {"eyeBlinkLeft": blink, "eyeBlinkRight": blink}
        return PoseInput.of(values)

    def _random(self, what: str, slot: int) -> random.Random:
        return random.Random(f"{self._seed}:{what}:{slot}")

    def _sway(self, t_s: float) -> dict[str, float]:
        values = {}
        for name, (amplitude, slow_hz, fast_hz) in SWAY.items():
            phase = self._random(name, 0).uniform(0, math.tau)
            slow = math.sin(math.tau * slow_hz * t_s + phase)
            fast = math.sin(math.tau * fast_hz * t_s + 2 * phase)
            values[name] = amplitude * (0.7 * slow + 0.3 * fast)
        return values

    def _blink(self, t_s: float) -> float:
        """Close in a third of the time and open in the rest; now and then twice."""
        slot = math.floor(t_s / BLINK_SLOT_S)
        chance = self._random("blink", slot)
        begin_s = slot * BLINK_SLOT_S + chance.uniform(0.2, BLINK_SLOT_S - 3 * BLINK_S)
        begins_s = [begin_s] + ([begin_s + 1.6 * BLINK_S] if chance.random() < 0.15 else [])
        return max(_lid((t_s - begin_s) / BLINK_S) for begin_s in begins_s)

    def _gaze(self, t_s: float) -> dict[str, float]:
        slot = math.floor(t_s / GAZE_SLOT_S)
        (x0, y0), (x1, y1) = self._glance(slot - 1), self._glance(slot)
        t = min((t_s - slot * GAZE_SLOT_S) / SACCADE_S, 1.0)
        x, y = x0 + (x1 - x0) * t, y0 + (y1 - y0) * t  # + = performer's left, up
        return {
            "eyeLookOutLeft": max(x, 0.0), "eyeLookInRight": max(x, 0.0),
            "eyeLookInLeft": max(-x, 0.0), "eyeLookOutRight": max(-x, 0.0),
            "eyeLookUpLeft": max(y, 0.0), "eyeLookUpRight": max(y, 0.0),
            "eyeLookDownLeft": max(-y, 0.0), "eyeLookDownRight": max(-y, 0.0),
        }  # fmt: skip

    def _glance(self, slot: int) -> tuple[float, float]:
        chance = self._random("gaze", slot)
        if chance.random() < 0.6:  # mostly at the audience
            return chance.uniform(-0.05, 0.05), chance.uniform(-0.03, 0.03)
        return chance.uniform(-0.45, 0.45), chance.uniform(-0.2, 0.15)


def breath(t_s: float) -> float:
    """Give how full the chest is, 0..1: in a little faster than out."""
    phase = (t_s * BREATHS_HZ) % 1.0
    t = phase / 0.42 if phase < 0.42 else (1.0 - phase) / 0.58
    return t * t * (3 - 2 * t)


def _lid(t: float) -> float:
    """Give how closed a lid is at a share of its blink, 0..1."""
    if not 0.0 < t < 1.0:
        return 0.0
    return t / 0.33 if t < 0.33 else 1.0 - (t - 0.33) / 0.67
