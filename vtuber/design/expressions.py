"""The expressions that every drawn avatar gets: names of `vtuber.core.pose` and values."""

from __future__ import annotations

EXPRESSIONS: dict[str, dict[str, float]] = {
    "neutral": {},
    "joy": {
        "mouthSmileLeft": 1.0, "mouthSmileRight": 1.0, "eyeSquintLeft": 0.3, "eyeSquintRight": 0.3,
        "browOuterUpLeft": 0.3, "browOuterUpRight": 0.3, "blush": 0.35,
    },
    "laugh": {
        "eyeHappyLeft": 1.0, "eyeHappyRight": 1.0, "mouthSmileLeft": 1.0, "mouthSmileRight": 1.0,
        "jawOpen": 0.75, "browInnerUp": 0.3, "browOuterUpLeft": 0.4, "browOuterUpRight": 0.4,
        "blush": 0.4,
    },
    "anger": {
        "browAngryLeft": 1.0, "browAngryRight": 1.0, "browDownLeft": 0.6, "browDownRight": 0.6,
        "mouthFrownLeft": 0.7, "mouthFrownRight": 0.7, "eyeSquintLeft": 0.35,
        "eyeSquintRight": 0.35, "angerMark": 1.0,
    },
    "sadness": {
        "browTroubledLeft": 1.0, "browTroubledRight": 1.0, "browInnerUp": 0.6,
        "mouthFrownLeft": 0.8, "mouthFrownRight": 0.8, "eyeBlinkLeft": 0.25, "eyeBlinkRight": 0.25,
        "eyeLookDownLeft": 0.35, "eyeLookDownRight": 0.35,
    },
    "tears": {
        "browTroubledLeft": 1.0, "browTroubledRight": 1.0, "mouthFrownLeft": 1.0,
        "mouthFrownRight": 1.0, "jawOpen": 0.2, "eyeSquintLeft": 0.4, "eyeSquintRight": 0.4,
        "tears": 1.0, "blush": 0.3,
    },
    "surprise": {
        "eyeWideLeft": 1.0, "eyeWideRight": 1.0, "irisSmallLeft": 0.6, "irisSmallRight": 0.6,
        "browInnerUp": 0.9, "browOuterUpLeft": 0.9, "browOuterUpRight": 0.9, "jawOpen": 0.5,
        "mouthFunnel": 0.4,
    },
    "shy": {
        "blush": 1.0, "browTroubledLeft": 0.7, "browTroubledRight": 0.7, "eyeLookOutLeft": 0.5,
        "eyeLookInRight": 0.5, "eyeLookDownLeft": 0.35, "eyeLookDownRight": 0.35,
        "mouthSmileLeft": 0.35, "mouthSmileRight": 0.35, "mouthPucker": 0.25,
    },
    "sleepy": {
        "eyeBlinkLeft": 0.6, "eyeBlinkRight": 0.6, "browInnerUp": 0.35, "jawOpen": 0.12,
        "headPitch": -6.0, "headRoll": 5.0,
    },
    "smug": {
        "browDownLeft": 0.5, "browOuterUpRight": 0.8, "browSeriousLeft": 0.4, "mouthSmileLeft": 1.0,
        "mouthSmileRight": 0.3, "eyeSquintLeft": 0.55, "eyeSquintRight": 0.45, "mouthCat": 0.5,
    },
    "love": {
        "heartEyes": 1.0, "blush": 0.9, "mouthSmileLeft": 1.0, "mouthSmileRight": 1.0,
        "jawOpen": 0.35, "browInnerUp": 0.4,
    },
    "panic": {
        "eyeWideLeft": 0.9, "eyeWideRight": 0.9, "irisSmallLeft": 1.0, "irisSmallRight": 1.0,
        "browTroubledLeft": 1.0, "browTroubledRight": 1.0, "jawOpen": 0.35,
        "mouthStretchLeft": 0.7, "mouthStretchRight": 0.7, "sweat": 1.0, "shade": 0.6,
    },
}  # fmt: skip
