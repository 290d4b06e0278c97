"""A short built-in performance, for a newcomer without a camera: time in, a pose out, in a loop.

Unmirrored, as a tracker would give it. Lids and gaze between the marks are idle motion's.
"""

from __future__ import annotations

import bisect
import math

from vtuber.core.pose import PoseInput

# seconds: what is so at that moment; a name that is absent is on its way to 0
MARKS: tuple[tuple[float, dict[str, float]], ...] = (
    (0.0, {}),
    (1.1, {"headYaw": 24, "headPitch": 3, "headRoll": 4}),
    (2.3, {"headYaw": 20, "headPitch": -6, "headRoll": 8, "mouthSmileLeft": 0.4,
           "mouthSmileRight": 0.4}),
    (3.5, {"headYaw": -24, "headPitch": 5, "headRoll": -4}),
    (4.7, {"headYaw": -18, "headPitch": -6, "headRoll": -9, "mouthSmileLeft": 0.5,
           "mouthSmileRight": 0.5}),
    (5.7, {"headPitch": 4, "mouthSmileLeft": 0.8, "mouthSmileRight": 0.8}),
    (6.1, {"headPitch": -9, "browDownLeft": 0.4, "browDownRight": 0.4}),
    (6.45, {"headPitch": 9, "eyeWideLeft": 0.9, "eyeWideRight": 0.9, "browInnerUp": 0.8,
            "browOuterUpLeft": 0.8, "browOuterUpRight": 0.8, "jawOpen": 0.5, "mouthFunnel": 0.6}),
    (6.95, {"headPitch": 7, "eyeWideLeft": 0.7, "eyeWideRight": 0.7, "browInnerUp": 0.7,
            "browOuterUpLeft": 0.7, "browOuterUpRight": 0.7, "jawOpen": 0.4, "mouthFunnel": 0.6}),
    (7.35, {"headYaw": 8, "headRoll": 10, "eyeHappyLeft": 1, "mouthSmileLeft": 1,
            "mouthSmileRight": 0.6, "blush": 0.3}),
    (7.75, {"headYaw": 8, "headRoll": 9, "eyeHappyLeft": 1, "mouthSmileLeft": 1,
            "mouthSmileRight": 0.6, "blush": 0.3}),
    (8.2, {"headYaw": 5, "headRoll": 5, "mouthSmileLeft": 0.5, "mouthSmileRight": 0.5}),
    (9.4, {"headYaw": -12, "headPitch": 4, "headRoll": -3, "browInnerUp": 0.5,
           "mouthSmileLeft": 0.4, "mouthSmileRight": 0.4}),
    (10.8, {"headYaw": 13, "headPitch": -4, "headRoll": 6, "mouthSmileLeft": 0.5,
            "mouthSmileRight": 0.5}),
    (12.4, {"headYaw": -6, "headRoll": -5, "mouthSmileLeft": 0.4, "mouthSmileRight": 0.4}),
    (13.1, {"headRoll": -10, "eyeHappyLeft": 1, "eyeHappyRight": 1, "blush": 0.7,
            "mouthSmileLeft": 1, "mouthSmileRight": 1}),
    (14.0, {"headRoll": -4, "headPitch": 5, "eyeHappyLeft": 1, "eyeHappyRight": 1, "blush": 0.7,
            "mouthSmileLeft": 1, "mouthSmileRight": 1, "jawOpen": 0.6}),
    (14.9, {"headRoll": -8, "headPitch": -3, "eyeHappyLeft": 1, "eyeHappyRight": 1, "blush": 0.7,
            "mouthSmileLeft": 1, "mouthSmileRight": 1, "jawOpen": 0.3}),
    (16.0, {}),
)  # fmt: skip
LOOP_S = MARKS[-1][0]
TALKS_S = (7.8, 12.2)
_TIMES_S = [t_s for t_s, _ in MARKS]
_NAMES = sorted({name for _, values in MARKS for name in values} | {"jawOpen"})


def perform(t_s: float) -> PoseInput:
    """Give the pose at a time since the beginning: every name that the marks use."""
    t_s %= LOOP_S
    at = min(bisect.bisect_right(_TIMES_S, t_s), len(MARKS) - 1)
    (begin_s, before), (end_s, after) = MARKS[at - 1], MARKS[at]
    t = (t_s - begin_s) / (end_s - begin_s)
    t = t * t * (3 - 2 * t)
    values = {name: before.get(name, 0.0) * (1 - t) + after.get(name, 0.0) * t for name in _NAMES}
    values["jawOpen"] = max(values["jawOpen"], _talk(t_s))
    return PoseInput.of(values)


def _talk(t_s: float) -> float:
    """Give a mouth that babbles at four syllables a second, with pauses for breath."""
    begin_s, end_s = TALKS_S
    if not begin_s < t_s < end_s:
        return 0.0
    syllable = max(0.0, math.sin(math.tau * 4.1 * t_s))
    phrase = max(0.0, math.sin(math.tau * 0.55 * (t_s - begin_s) + 0.4))
    return 0.75 * syllable * math.sqrt(phrase) * (0.7 + 0.3 * math.sin(9.7 * t_s))
