"""The expressions that every drawn avatar gets: names of `vtuber.core.pose` and values.

What an expression names, tracking no longer moves while it is held. A mood that one keeps while
talking (joy, anger, sadness, shy, smug) therefore names neither `jawOpen` nor `eyeBlink`: lips
part by `mouthLowerDown`, to which the tracked jaw adds, and lids narrow by squint and gaze.
"""

from __future__ import annotations


def _both(**values: float) -> dict[str, float]:
    """Name a value for both sides: browDown=1 is browDownLeft and browDownRight."""
    return {name + side: value for name, value in values.items() for side in ("Left", "Right")}


EXPRESSIONS: dict[str, dict[str, float]] = {
    "neutral": {},
    "joy": {
        **_both(mouthSmile=0.9, mouthLowerDown=1.0, mouthUpperUp=0.35, eyeSquint=0.3,
                cheekSquint=0.4, browOuterUp=0.6),
        "browInnerUp": 0.45, "blush": 0.45,
    },
    "laugh": {
        **_both(eyeHappy=1.0, mouthSmile=1.0, browOuterUp=0.6),
        "jawOpen": 0.95, "browInnerUp": 0.5, "blush": 0.5,
    },
    "anger": {
        **_both(browAngry=1.0, browDown=0.7, mouthFrown=1.0, eyeSquint=0.85, mouthStretch=0.5,
                noseSneer=0.5),
        "angerMark": 1.0,
    },
    "sadness": {
        **_both(browTroubled=1.0, mouthFrown=0.95, eyeLookDown=0.75, eyeSquint=0.35),
        "browInnerUp": 0.7, "mouthPucker": 0.35,
    },
    "tears": {
        **_both(browTroubled=1.0, mouthFrown=0.9, eyeSquint=0.7, mouthStretch=0.4),
        "jawOpen": 0.4, "tears": 1.0, "blush": 0.45,
    },
    "surprise": {
        **_both(eyeWide=1.0, irisSmall=0.5, browOuterUp=1.0),
        "browInnerUp": 1.0, "jawOpen": 0.6, "mouthFunnel": 0.45,
    },
    "shy": {
        **_both(browTroubled=0.8, eyeLookDown=0.5, mouthSmile=0.15),
        "eyeLookOutLeft": 0.8, "eyeLookInRight": 0.8, "mouthPucker": 0.55, "blush": 1.0,
    },
    "sleepy": {
        **_both(eyeBlink=0.48, eyeLookDown=0.5, browOuterUp=0.35, mouthFrown=0.15),
        "browInnerUp": 0.6, "jawOpen": 0.17, "mouthPucker": 0.5, "headPitch": -8.0,
        "headRoll": 7.0,
    },
    "smug": {
        **_both(cheekSquint=0.5, eyeLookDown=0.15),
        "eyeSquintLeft": 0.7, "eyeSquintRight": 1.0,
        "mouthSmileLeft": 1.0, "mouthSmileRight": 0.15, "mouthLeft": 0.35, "mouthCat": 0.55,
        "browDownRight": 0.6, "browSeriousRight": 0.7, "browOuterUpLeft": 1.0, "browInnerUp": 0.25,
        "eyeLookInLeft": 0.35, "eyeLookOutRight": 0.35,
    },
    "love": {
        **_both(mouthSmile=1.0, browOuterUp=0.6),
        "heartEyes": 1.0, "blush": 0.9, "jawOpen": 0.5, "browInnerUp": 0.6,
    },
    "panic": {
        **_both(eyeWide=0.9, irisSmall=1.0, browTroubled=1.0, mouthStretch=1.0, mouthFrown=0.55),
        "jawOpen": 0.45, "sweat": 1.0, "shade": 0.6,
    },
}  # fmt: skip
