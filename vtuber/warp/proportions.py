"""Draws the proportions of a made-up character: a random generator in; landmarks and knobs out.

They reach far beyond what the generator of avatars draws, so that every bundle lies well inside.
How a character moves goes with how it looks, by the table `_LOOKS`, and `_CHANCE` says how much is
left to chance: the rest is what a network can read from a bundle without `[rig]`.
"""

from __future__ import annotations

import numpy as np

from vtuber.avatar.roles import SIDES
from vtuber.avatar.style import BOUNDS, KNOBS, Style
from vtuber.warp.usual import FACTORS, MANNERS, PLACES

# What is drawn first, in W; v of what follows another landmark is counted from there.
_RANGES: dict[str, tuple[float, float]] = {
    "chin": (0.80, 1.55), "crown": (-1.95, -1.25),
    "eye_inner": (0.08, 0.26), "eye_width": (0.36, 0.80), "eye_level": (-0.14, 0.18),
    "eye_slant": (-0.34, 0.14), "eye_up": (0.06, 0.42), "eye_down": (0.05, 0.32),
    "eye_peak": (0.30, 0.75), "iris_size": (0.55, 2.00),
    "brow_gap": (0.08, 0.42), "brow_inner": (0.10, 0.32), "brow_width": (0.36, 0.68),
    "brow_tilt": (-0.16, 0.16), "brow_arch": (0.00, 0.12), "lash": (0.02, 0.12),
    "nose": (0.32, 0.52), "mouth": (0.58, 0.82), "mouth_half": (0.06, 0.36),
    "mouth_curve": (-0.06, 0.06), "mouth_depth": (0.10, 0.46), "lips": (0.015, 0.06),
    "jaw": (0.32, 0.80), "jaw_level": (0.60, 0.92), "neck": (0.18, 0.58), "neck_base": (0.06, 0.36),
    "pivot": (0.03, 0.24), "shoulder": (0.75, 2.10), "shoulder_drop": (0.35, 1.35),
    "bottom": (0.60, 1.80), "hair": (1.00, 1.50), "hair_length": (0.00, 4.60),
}  # fmt: skip

# knob: what of the looks goes with it, and which way. A small iris has room to wander, thick lashes
# are squashed, a long face shows its side.
_LOOKS: dict[str, dict[str, float]] = {
    "face_radius": {"jaw": 0.9, "chin": -0.4}, "muzzle": {"chin": 0.8, "nose": 0.6},
    "narrowing": {"chin": 1.0}, "body_depth": {"shoulder": 0.8, "neck": 0.6},
    "hair_hang": {"hair_length": -0.4, "hair": 0.2}, "eye_wide": {"eye_up": -1.0},
    "eye_squint": {"eye_up": 0.7, "eye_down": 0.7}, "lash_keep": {"lash": -1.0},
    "gaze": {"iris_size": -0.6, "eye_up": -0.6}, "brow": {"brow_gap": 0.8, "brow_width": -0.6},
    "mouth_open": {"mouth_depth": -0.5}, "mouth_width": {"mouth_half": -1.0},
    "smile": {"mouth_half": -1.0}, "chin_drop": {"chin": 1.0},
}  # fmt: skip
# Where bundles lie, whose knobs are medians: medians of 36 designs, as places in the ranges.
_TYPICAL = {"chin": -0.2, "eye_up": -0.4, "brow_gap": -0.4, "lash": -0.4, "shoulder": -0.1,
            "neck": -0.3, "hair_length": -0.1, "iris_size": 0.2, "jaw": -0.1}  # fmt: skip
_SAID, _CHANCE = 0.50, 0.15  # of a knob's range: what the looks say of it, and what they do not

Mark = tuple[float, float]


class Proportions:
    """One character's; `place` is where each number lies in its range, mostly -1..1.

    They are drawn from all of the range, or, where `is_usual`, as designs mostly look.
    """

    def __init__(self, random: np.random.Generator, is_usual: bool = False) -> None:
        self._random = random
        if is_usual:
            self.place, self._knobs = _usual(random)
        else:
            drawn = random.uniform(-1.0, 1.0, len(_RANGES))
            self.place, self._knobs = dict(zip(_RANGES, drawn.tolist(), strict=True)), {}
        self._is: dict[str, float] = {
            name: low + (high - low) * (self.place[name] + 1) / 2
            for name, (low, high) in _RANGES.items()
        }
        self._uneven = 0.02 * (random.random() < 0.5)  # W by which the sides differ
        self.marks = self._landmarks()

    def __getitem__(self, name: str) -> float:
        return self._is[name]

    def _landmarks(self) -> dict[str, Mark]:
        p = self._is
        chin = p["chin"]
        mouth = chin * p["mouth"]
        neck = chin + p["neck_base"]
        inner = (p["eye_inner"], p["eye_level"] - p["eye_slant"] / 2)
        outer = (min(inner[0] + p["eye_width"], 0.98), p["eye_level"] + p["eye_slant"] / 2)
        peak = inner[0] + p["eye_peak"] * (outer[0] - inner[0])
        top, bottom = p["eye_level"] - p["eye_up"], p["eye_level"] + p["eye_down"]
        brow = top - p["brow_gap"]
        brow_outer = min(p["brow_inner"] + p["brow_width"], 1.0)
        sided = {
            "eye_SIDE_inner": inner, "eye_SIDE_outer": outer, "eye_SIDE_top": (peak, top),
            "eye_SIDE_bottom": ((inner[0] + outer[0]) / 2, bottom),
            "iris_SIDE": ((inner[0] + outer[0]) / 2 - 0.01, (top + bottom) / 2),
            "brow_SIDE_inner": (p["brow_inner"], brow - p["brow_tilt"] / 2),
            "brow_SIDE_middle": ((p["brow_inner"] + brow_outer) / 2, brow - p["brow_arch"]),
            "brow_SIDE_outer": (brow_outer, brow + p["brow_tilt"] / 2),
            "mouth_SIDE": (p["mouth_half"], mouth + p["mouth_curve"]),
            "jaw_SIDE": (p["jaw"], chin * p["jaw_level"]), "cheek_SIDE": (1.0, 0.0),
            "neck_SIDE": (p["neck"], neck), "shoulder_SIDE": (p["shoulder"],
                                                              neck + p["shoulder_drop"]),
        }  # fmt: skip
        marks: dict[str, Mark] = {
            "nose_tip": (0.0, chin * p["nose"]), "chin": (0.0, chin), "crown": (0.0, p["crown"]),
            "mouth_top": (0.0, mouth), "mouth_bottom": (0.0, mouth),
            "neck_pivot": (0.0, chin + p["pivot"]),
        }  # fmt: skip
        for name, (u, v) in sided.items():
            for side, sign in zip(SIDES, (1.0, -1.0), strict=True):
                off = self._uneven * self._random.normal(size=2) * (name != "cheek_SIDE")
                marks[name.replace("SIDE", side)] = (sign * u + off[0], v + off[1])
        return marks

    def style(self) -> Style:
        """Draw the knobs: what the looks say, and chance."""
        median = Style()
        knobs = {}
        for knob in KNOBS:
            at = self._knobs[knob] if self._knobs else self._said(knob)
            low, high = BOUNDS[knob]
            middle = getattr(median, knob)
            reach = (high - middle) if at > 0 else (middle - low)
            knobs[knob] = float(np.clip(middle + at * reach, low, high))
        return Style(**knobs)

    def _said(self, knob: str) -> float:
        said = sum(
            gain * (self.place[name] - _TYPICAL.get(name, 0.0))
            for name, gain in _LOOKS[knob].items()
        )
        return float(_SAID * said + _CHANCE * self._random.normal())


def _usual(random: np.random.Generator) -> tuple[dict[str, float], dict[str, float]]:
    """Draw places and knobs as designs mostly have them: each in its range, -1..1."""
    drawn = (random.uniform(-1, 1), random.normal(), random.normal(-0.3), random.random() < 0.2)
    own = dict(zip(FACTORS, map(float, drawn), strict=True))
    own |= {name: float(random.normal()) for name in PLACES}

    def at(row: tuple[float, float, dict[str, float]], chance: float) -> float:
        middle, spread, gains = row
        return middle + spread * chance + sum(gain * own[name] for name, gain in gains.items())

    places = {name: float(np.clip(at(PLACES[name], own[name]), -1.4, 1.4)) for name in _RANGES}
    return places, {knob: at(row, float(random.normal())) for knob, row in MANNERS.items()}
