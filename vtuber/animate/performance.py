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
    (1.2, {"headYaw": 18, "headPitch": 2, "headRoll": 3}),
    (2.4, {"headYaw": 16, "headPitch": -3, "headRoll": 5}),
    (3.6, {"headYaw": -18, "headPitch": 3, "headRoll": -4}),
    (4.8, {"headYaw": -14, "headPitch": -4, "headRoll": -6}),
    (5.8, {"headPitch": 2, "mouthSmileLeft": 0.7, "mouthSmileRight": 0.7}),
    (6.4, {"headPitch": -8, "mouthSmileLeft": 0.6, "mouthSmileRight": 0.6}),
    (7.0, {"headPitch": 5, "browInnerUp": 0.6, "mouthSmileLeft": 0.6, "mouthSmileRight": 0.6}),
    (7.6, {"headYaw": 4, "headRoll": 8, "mouthSmileLeft": 0.5, "mouthSmileRight": 0.5}),
    (12.4, {"headYaw": -6, "headRoll": -5, "mouthSmileLeft": 0.4, "mouthSmileRight": 0.4}),
    (13.2, {"headRoll": -9, "eyeHappyLeft": 1, "eyeHappyRight": 1, "blush": 0.7,
            "mouthSmileLeft": 1, "mouthSmileRight": 1}),
    (14.8, {"headRoll": -6, "eyeHappyLeft": 1, "eyeHappyRight": 1, "blush": 0.7,
            "mouthSmileLeft": 1, "mouthSmileRight": 1, "jawOpen": 0.35}),
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
