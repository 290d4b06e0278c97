"""A pose in, the 45 parameters of Talking Head Anime out: in closed form, in microseconds. Pure.

Names, order and ranges: `tha3/poser/modes/pose_parameters.py` of
https://github.com/pkhungurn/talking-head-anime-3-demo (Khungurn, 2021 to 2024); signs: those of its
converter from mediapipe, where + of `iris_rotation_y`, `head_y` and `body_y` is to the performer's
right, of `neck_z` and `body_z` towards the right shoulder, of `iris_rotation_x` and `head_x` up; 1
is 15 degrees, of `head_y` and `body_y` 10. Left and right are the performer's, as in our names.

Each that a face can show answers to what a webcam measures; `iris_small` is no face's to show, and
`breathing` comes from idle motion.
"""

from __future__ import annotations

from collections.abc import Callable

from vtuber.animate.vowels import vowels_of
from vtuber.core.pose import BASE, Pose

_PAIRED = (
    "eyebrow_troubled", "eyebrow_angry", "eyebrow_lowered", "eyebrow_raised", "eyebrow_happy",
    "eyebrow_serious", "eye_wink", "eye_happy_wink", "eye_surprised", "eye_relaxed",
    "eye_unimpressed", "eye_raised_lower_eyelid", "iris_small",
)  # fmt: skip
_CORNERS = ("mouth_lowered_corner", "mouth_raised_corner")
THA = (
    *(f"{name}_{side}" for name in _PAIRED for side in ("left", "right")),
    "mouth_aaa", "mouth_iii", "mouth_uuu", "mouth_eee", "mouth_ooo", "mouth_delta",
    *(f"{name}_{side}" for name in _CORNERS for side in ("left", "right")),
    "mouth_smirk", "iris_rotation_x", "iris_rotation_y", "head_x", "head_y", "neck_z", "body_y",
    "body_z", "breathing",
)  # fmt: skip
HALF_SHUT = 0.4  # of eyeBlink: a lid that hangs is `eye_relaxed`; from there on it closes

_NAMES = BASE.names
_SIDES = (("Left", "left"), ("Right", "right"))


def tha_pose(pose: Pose) -> list[float]:
    """Give the 45 values in the order of `THA`, each in its range (-1..1 for turns, else 0..1)."""
    named = tha_parameters(pose)
    return [named[name] for name in THA]


def tha_parameters(pose: Pose) -> dict[str, float]:
    """Give the 45 values by name: 30 microseconds of CPU."""
    of = dict(zip(_NAMES, pose.values.tolist(), strict=False)).__getitem__
    result: dict[str, float] = {}
    for ours, theirs in _SIDES:
        smile = of(f"mouthSmile{ours}")
        brows = _brows(of, ours, smile)
        lids = _lids(of, ours, smile)
        result |= {f"{name}_{theirs}": _clip(value) for name, value in (brows | lids).items()}
    return result | _mouth(of) | _turns(of)


def _brows(of: Callable[[str], float], side: str, smile: float) -> dict[str, float]:
    inner, outer, down = of("browInnerUp"), of(f"browOuterUp{side}"), of(f"browDown{side}")
    # What lowered brows mean, the rest of the face says: narrowed eyes or corners that hang are
    # anger, lips that press are earnest.
    anger = min(1.0, max(of(f"eyeSquint{side}"), of(f"mouthFrown{side}"), of(f"noseSneer{side}")))
    earnest = (1.0 - anger) * min(1.0, of(f"mouthPress{side}"))
    raised = max(outer, min(inner, 0.5 * (inner + outer)))
    return {
        "eyebrow_troubled": of(f"browTroubled{side}") + max(0.0, inner - outer),
        "eyebrow_angry": of(f"browAngry{side}") + anger * down,
        "eyebrow_lowered": down * (1.0 - anger - earnest),
        "eyebrow_raised": raised * (1.0 - 0.6 * smile),
        "eyebrow_happy": raised * smile,
        "eyebrow_serious": of(f"browSerious{side}") + earnest * down,
    }


def _lids(of: Callable[[str], float], side: str, smile: float) -> dict[str, float]:
    blink, squint = of(f"eyeBlink{side}"), of(f"eyeSquint{side}")
    shut = _clip((blink - HALF_SHUT) / (1.0 - HALF_SHUT))
    happy = _clip(2.0 * smile - 1.0)  # eyes that a broad smile closes are arcs
    return {
        "eye_wink": shut * (1.0 - happy),
        "eye_happy_wink": of(f"eyeHappy{side}") + shut * happy,
        "eye_surprised": of(f"eyeWide{side}"),
        "eye_relaxed": min(1.0, blink / HALF_SHUT) * (1.0 - shut),
        "eye_unimpressed": squint * (1.0 - smile),
        "eye_raised_lower_eyelid": of(f"cheekSquint{side}") + squint * smile,
        "iris_small": of(f"irisSmall{side}"),
    }


def _mouth(of: Callable[[str], float]) -> dict[str, float]:
    left, right = of("mouthSmileLeft"), of("mouthSmileRight")
    opened = max(0.0, of("jawOpen") - 0.9 * of("mouthClose"))
    stretched = (of("mouthStretchLeft") + of("mouthStretchRight")) / 2
    narrow = of("mouthPucker") + of("mouthFunnel")
    vowel = vowels_of(opened, stretched, (left + right) / 2, narrow)
    lifted = (of("mouthUpperUpLeft") + of("mouthUpperUpRight")) / 2
    delta = lifted * min(1.0, 2.0 * opened) * (1.0 - min(1.0, narrow))
    return {
        "mouth_aaa": _clip(vowel.a * (1.0 - delta)), "mouth_iii": vowel.i, "mouth_uuu": vowel.u,
        "mouth_eee": vowel.e, "mouth_ooo": vowel.o, "mouth_delta": _clip(delta),
        "mouth_lowered_corner_left": of("mouthFrownLeft"),
        "mouth_lowered_corner_right": of("mouthFrownRight"),
        "mouth_raised_corner_left": left, "mouth_raised_corner_right": right,
        "mouth_smirk": abs(left - right),
    }  # fmt: skip


def _turns(of: Callable[[str], float]) -> dict[str, float]:
    to_left = of("eyeLookOutLeft") + of("eyeLookInRight")
    to_right = of("eyeLookInLeft") + of("eyeLookOutRight")
    up = of("eyeLookUpLeft") + of("eyeLookUpRight")
    down = of("eyeLookDownLeft") + of("eyeLookDownRight")
    turns = {
        "iris_rotation_x": (up - down) / 2,
        "iris_rotation_y": (to_right - to_left) / 2,
        "head_x": of("headPitch") / 15,
        "head_y": -of("headYaw") / 10,
        "neck_z": -of("headRoll") / 15,
        "body_y": -of("bodyYaw") / 10,
        "body_z": -of("bodyRoll") / 15,
    }
    return {n: min(1.0, max(-1.0, value)) for n, value in turns.items()} | {
        "breathing": of("breath")
    }


def _clip(value: float) -> float:
    return min(1.0, max(0.0, value))
