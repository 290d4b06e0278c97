"""How a design moves: what it says of the rig's knobs (`[rig]` of its bundle). Pure.

A chibi's face is a flat disc with large eyes and a small mouth; age slackens brows and lengthens
the chin's way; a small drawn mouth needs more width to be read. Knobs not named stay at the median.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from vtuber.avatar.style import BOUNDS, Style
from vtuber.design.genome import Design

# part of a design: style: knob: factor on the median
_BY_PART: Mapping[str, Mapping[str, Mapping[str, float]]] = {
    "face_shape": {
        "round": {"face_radius": 0.94, "narrowing": 0.93},
        "long": {"face_radius": 1.06, "muzzle": 1.2},
        "square": {"face_radius": 1.08},
        "pointed": {"muzzle": 1.15},
    },
    "nose": {"bridge": {"muzzle": 1.2}, "sharp": {"muzzle": 1.2}},
    "eye_shape": {
        "narrow": {"eye_wide": 1.35, "eye_squint": 0.8},
        "sleepy": {"eye_wide": 1.3, "eye_squint": 0.8},
        "round": {"gaze": 0.95},
        "doe": {"gaze": 0.95},
    },
    "brows": {"thick": {"brow": 0.9}, "thin": {"brow": 1.1}, "dots": {"brow": 1.25}},
    "mouth": {
        "neutral": {"smile": 1.2},
        "small": {"mouth_width": 1.2, "smile": 1.15},
        "grin": {"smile": 0.85, "mouth_width": 0.9},
    },
}
_CHIBI = {
    "face_radius": 1.12, "muzzle": 0.5, "narrowing": 0.9, "eye_wide": 0.8, "gaze": 0.85,
    "brow": 1.1, "chin_drop": 0.6, "smile": 1.15,
}  # fmt: skip


def manner(design: Design) -> dict[str, float]:
    """Give the knobs that this design turns away from their medians, within `BOUNDS`."""
    body = design.body
    old, man, broad = body.age - 0.35, 1.0 - body.presentation, body.build - 0.4
    knobs = asdict(Style())
    knobs["brow"] *= 1.0 - 0.25 * old
    knobs["chin_drop"] *= 1.0 + 0.3 * old
    knobs["muzzle"] *= 1.0 + 0.35 * man
    knobs["lash_keep"] += 0.12 * man  # short lashes have little to squash
    knobs["body_depth"] += 0.25 * broad
    for part, style in (
        ("face_shape", design.face.shape),
        ("nose", design.face.nose),
        ("eye_shape", design.eyes.shape),
        ("brows", design.eyes.brows),
        ("mouth", design.face.mouth),
    ):
        _scale(knobs, _BY_PART[part].get(style, {}))
    if body.proportions == "chibi":
        _scale(knobs, _CHIBI)
    medians = asdict(Style())
    turned = {knob: _within(knob, value) for knob, value in knobs.items()}
    return {knob: value for knob, value in turned.items() if value != medians[knob]}


def _scale(knobs: dict[str, float], factors: Mapping[str, float]) -> None:
    for knob, factor in factors.items():
        knobs[knob] *= factor


def _within(knob: str, value: float) -> float:
    low, high = BOUNDS[knob]
    return round(min(max(value, low), high), 3)
