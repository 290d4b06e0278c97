"""Makes characters for training: a seed in; landmarks, meshes, curves and style out, no picture.

Proportions reach far beyond what the generator of avatars draws, so that every bundle lies well
inside (`tests/warp/test_characters.py` holds the six that ship to it). How a character moves goes
with how it looks, by the table `_LOOKS`, with as much left to chance as `_CHANCE` says: that is
what a network can read from a bundle without `[rig]`. 3 ms for 1,300 vertices.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Int32

from vtuber.avatar.roles import ROLES, SIDES
from vtuber.avatar.style import BOUNDS, KNOBS, Style
from vtuber.warp.measure import Curve, Curves, Measured, Part
from vtuber.warp.patch import Box, Inside, between, oval, patch

# What is drawn first, in W; v of what follows another landmark is counted from there.
_RANGES: dict[str, tuple[float, float]] = {
    "chin": (0.80, 1.55), "crown": (-1.95, -1.25),
    "eye_inner": (0.08, 0.26), "eye_width": (0.36, 0.80), "eye_level": (-0.14, 0.18),
    "eye_slant": (-0.34, 0.14), "eye_up": (0.06, 0.42), "eye_down": (0.05, 0.32),
    "eye_peak": (0.30, 0.75), "iris_size": (0.50, 1.15),
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
    "narrowing": {"chin": 0.8, "jaw": 0.6}, "body_depth": {"shoulder": 0.8, "neck": 0.6},
    "hair_hang": {"hair_length": -0.8, "hair": 0.6}, "eye_wide": {"eye_up": -1.0},
    "eye_squint": {"eye_up": 0.7, "eye_down": 0.7}, "lash_keep": {"lash": -1.0},
    "gaze": {"iris_size": -1.0}, "brow": {"brow_gap": 0.8, "brow_width": -0.6},
    "mouth_open": {"mouth_depth": -1.0}, "mouth_width": {"mouth_half": -1.0},
    "smile": {"mouth_half": -1.0}, "chin_drop": {"chin": 1.0},
}  # fmt: skip
_CHANCE = 0.30  # of a knob's range: what the looks do not say

# What the generator writes where it is not the role's own: (depth, turn).
_RIGGED = {"neck": (-0.25, 0.4), "lip_upper": (0.48, 1.0), "blush": (0.40, 1.0),
           "ear": (-0.15, 1.0), "front_locks": (0.08, 0.25), "side_hair": (0.10, 1.0),
           "lash_upper": (0.45, 1.0), "eye_white": (0.42, 1.0), "lid_closed": (0.45, 1.0),
           "nose": (0.56, 1.0), "front_hair": (0.38, 1.0)}  # fmt: skip
_ANYWHERE = ("headwear", "accessory", "back_accessory", "item")
_SPREAD = 0.02  # W, of the depths of all others

Mark = tuple[float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Character:
    """One made-up character, as the rig sees it; `height` is its canvas's, in W."""

    measured: Measured
    triangles: Int32[np.ndarray, "t 3"]  # indexes of the measured points
    height: float

    @property
    def px(self) -> float:
        """Give the size of a W in a picture 512 px high."""
        return 512.0 / self.height


def character(random: np.random.Generator, density: float = 0.6) -> Character:
    """Make one character; `density` is the fineness of its meshes against a bundle's."""
    return _Maker(random, density).made()


class _Maker:
    def __init__(self, random: np.random.Generator, density: float) -> None:
        self._random = random
        self._density = density
        place = random.uniform(-1.0, 1.0, len(_RANGES))
        self._place = dict(zip(_RANGES, place.tolist(), strict=True))
        self._is = {
            name: low + (high - low) * (self._place[name] + 1) / 2
            for name, (low, high) in _RANGES.items()
        }
        self._uneven = 0.02 * (random.random() < 0.5)  # W by which the sides differ
        self._parts: list[Part] = []
        self._points: list[np.ndarray] = []
        self._triangles: list[np.ndarray] = []
        self._count = 0
        self._curves: dict[str, dict[str, object]] = {"lids": {}, "closed": {}, "happy": {}}
        self._marks = self._landmarks()

    # -- proportions ---------------------------------------------------------------------------

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

    def _style(self) -> Style:
        """Draw the knobs: what the looks say, and chance."""
        knobs = {}
        median = Style()
        for knob, looks in _LOOKS.items():
            said = sum(gain * self._place[name] for name, gain in looks.items())
            at = 0.8 * said + _CHANCE * self._random.normal()
            low, high = BOUNDS[knob]
            middle = getattr(median, knob)
            reach = (high - middle) if at > 0 else (middle - low)
            knobs[knob] = float(np.clip(middle + at * reach, low, high))
        assert set(knobs) == set(KNOBS), "every knob has its looks"
        return Style(**knobs)

    # -- layers --------------------------------------------------------------------------------

    def _add(self, role: str, side: str, box: Box, inside: Inside, **more: object) -> None:
        columns, rows = ROLES[role].mesh
        fineness = self._density * self._random.uniform(0.75, 1.3)
        grid = (max(round(columns * fineness), 2), max(round(rows * fineness), 2))
        if side == "right":  # drawn as the left side's, and mirrored
            u0, v0, u1, v1 = box
            made = patch((-u1, v0, -u0, v1), grid, lambda u, v: inside(-u, v))
        else:
            made = patch(box, grid, inside)
        if made is None:
            return
        depth, turn = self._rigging(role, box)
        self._parts.append(Part(role, side, len(made.points), depth, turn, **more))  # type: ignore[arg-type]
        self._points.append(made.points)
        self._triangles.append(made.triangles + self._count)
        self._count += len(made.points)

    def _rigging(self, role: str, box: Box) -> tuple[float, float]:
        random = self._random
        depth, turn = _RIGGED.get(role, (ROLES[role].depth, ROLES[role].turn))
        if role in _ANYWHERE:
            return self._anywhere(role, box)
        if random.random() < 0.03:
            depth += 0.15 * random.normal()
        if role in ("neck", "front_locks"):
            turn = float(np.clip(turn + 0.1 * random.normal(), 0.0, 1.0))
        return float(depth + _SPREAD * random.normal()), turn

    def _anywhere(self, role: str, box: Box) -> tuple[float, float]:
        """Give depth and turn to what may be worn anywhere: mostly what its place suggests."""
        u, v = abs(box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        on_body = box[3] > self._marks["neck_left"][1]
        turn = 0.0 if role == "item" or (role == "back_accessory" and on_body) else 1.0
        if role == "back_accessory":
            depth = -0.35
        elif role == "item":
            depth = 0.25
        elif u > 0.8:  # beside the face
            depth = 0.0
        else:
            depth = 0.43 if v > -1.0 else 0.2
        if self._chance(0.05):
            depth = self._between(-0.5, 0.6)
        return float(depth + 0.07 * self._random.normal()), turn

    def _chance(self, probability: float) -> bool:
        return bool(self._random.random() < probability)

    def _between(self, low: float, high: float) -> float:
        return float(self._random.uniform(low, high))

    def made(self) -> Character:
        self._behind()
        self._skin()
        self._mouth()
        for side in SIDES:
            self._eye(side)
        self._before()
        bottom = self._marks["shoulder_left"][1] + self._is["bottom"]
        measured = Measured(
            points=np.concatenate(self._points),
            parts=tuple(self._parts),
            marks=self._marks,
            bottom=bottom,
            curves=Curves(**self._curves),  # type: ignore[arg-type]
            style=self._style(),
        )
        height = bottom - self._is["crown"] + self._between(0.2, 1.2)
        return Character(measured, np.concatenate(self._triangles), height)

    def _behind(self) -> None:
        p, wide, chance = self._is, self._is["hair"], self._chance
        low = max(p["hair_length"], 0.6)
        if chance(0.4):
            self._add("back_accessory", "", *self._some_oval(), toggle="band" * chance(0.4))
        for _ in range(1 + chance(0.2)):
            if chance(0.9):
                out = wide * self._between(0.9, 1.75)
                box = (-out, p["crown"] * self._between(1.0, 1.3), out, low)
                self._add("back_hair", "", box, oval(box, self._between(1.5, 4.0)))
        shoulder = self._marks["shoulder_left"]
        for _ in range(int(self._random.integers(0, 3))):
            box = (-shoulder[0] * self._between(0.9, 1.3), p["chin"] * self._between(0.9, 1.2),
                   shoulder[0] * self._between(0.9, 1.3), shoulder[1] + p["bottom"])  # fmt: skip
            self._add("body", "", box, oval(box, self._between(2.0, 6.0)))
        if chance(0.9):
            box = (-p["neck"] * self._between(1.0, 2.6), p["chin"] * self._between(0.35, 0.7),
                   p["neck"] * self._between(1.0, 2.6), shoulder[1] + self._between(0.0, 0.5))  # fmt: skip
            self._add("neck", "", box, oval(box, 6.0))
        for side in SIDES:
            if chance(0.8):
                up = self._between(0.0, 2.6) * chance(0.3)
                left = self._between(0.15, 0.95)
                box = (left, -0.35 - up, left + self._between(0.2, 1.0), 0.55 - 0.6 * up)
                self._add("ear", side, box, oval(box))

    def _skin(self) -> None:
        p, chance = self._is, self._chance
        top = p["crown"] * self._between(0.7, 1.0)
        face = oval((-1.05, top, 1.05, p["chin"] * 1.02), self._between(1.8, 2.8))
        self._add("face", "", (-1.05, top, 1.05, p["chin"] * 1.02), face)
        for _ in range(int(self._random.integers(0, 3))):  # freckles, scars, beards
            u, v = self._between(-0.8, 0.5), self._between(-0.3, p["chin"] * 0.8)
            box = (u, v, u + self._between(0.1, 0.8), v + self._between(0.1, 0.5))
            self._add("face", "", box, oval(box))
        if chance(0.8):
            wide = self._between(1.0, 1.45)
            box = (-wide, top * 1.15, wide, self._between(-0.3, 1.2))
            self._add("hair_shadow", "", box, oval(box, self._between(1.5, 4.0)))
        level = self._between(0.05, 0.35)
        for role, wide, high in (("blush", 0.95, 0.35), ("tears", 0.9, 0.45)):
            if chance(0.7):
                out = wide * self._between(0.8, 1.1)
                box = (-out, level, out, level + high * self._between(0.6, 1.2))
                self._add(role, "", box, oval(box, 4.0))
        if chance(0.9):
            tip, half = self._marks["nose_tip"], self._between(0.02, 0.26)
            box = (-half, tip[1] - self._between(0.04, 0.4), half, tip[1] + 0.05)
            self._add("nose", "", box, oval(box))
        for role, reach in (("sweat", 0.25), ("anger_mark", 0.5)):
            if chance(0.5):
                u, v = self._between(-0.9, 0.6), self._between(-1.3, 0.5)
                box = (u, v, u + reach, v + reach)
                self._add(role, "", box, oval(box))
        if chance(0.5):
            box = (-1.15, p["crown"] * 1.1, 1.15, self._between(0.2, 0.6))
            self._add("shade", "", box, oval(box, 4.0))

    def _mouth(self) -> None:
        p, chance = self._is, self._chance
        left, right = self._marks["mouth_left"], self._marks["mouth_right"]
        level = (left[1] + right[1]) / 2
        middle = self._marks["mouth_top"][1]
        half, centre = (left[0] - right[0]) / 2, (left[0] + right[0]) / 2
        cusp = self._between(0.0, 0.03) * chance(0.4)

        def line(u: np.ndarray) -> np.ndarray:
            t = (u - centre) / half
            bent = middle + (level - middle) * np.minimum(t**2, 1.6)
            return np.asarray(bent - cusp * np.maximum(1 - (2 * t) ** 2, 0.0))

        lips = p["lips"]
        reach = half * self._between(0.95, 1.25)
        if chance(0.92):
            power, deep = self._between(0.4, 1.2), p["mouth_depth"]
            ends = half * self._between(0.9, 1.3)

            def floor(u: np.ndarray) -> np.ndarray:
                t = np.clip((u - centre) / ends, -1, 1)
                return np.asarray(line(u) + deep * (1 - t**2) ** power)

            box = (centre - ends, middle - 0.05, centre + ends, middle + deep + 0.06)
            u = np.linspace(box[0], box[2], 33)
            self._curves["floor"] = Curve(u, floor(u))  # type: ignore[assignment]
            self._add("mouth_cavity", "", box, between(line, floor))
            if chance(0.85):
                out = half * self._between(0.4, 0.85)
                tongue = (centre - out, middle + deep * self._between(0.3, 0.7),
                          centre + out, middle + deep)  # fmt: skip
                self._add("tongue", "", tongue, oval(tongue))
            if chance(0.85):
                high = self._between(0.03, 0.12)
                teeth = (centre - half * 0.98, middle - 0.04, centre + half * 0.98,
                         middle + high + 0.05)  # fmt: skip
                self._add("teeth", "", teeth, between(line, lambda u: line(u) + high))
        box = (centre - reach, min(middle, level) - lips - 0.02,
               centre + reach, max(middle, level) + lips + 0.02)  # fmt: skip
        strip = between(lambda u: line(u) - lips, lambda u: line(u) + lips)
        if chance(0.95):
            self._add("lip_lower", "", box, strip)
        if chance(0.95):
            u = np.linspace(box[0], box[2], 33)
            self._curves["lips"] = Curve(u, line(u))  # type: ignore[assignment]
            self._add("lip_upper", "", box, strip)

    def _eye(self, side: str) -> None:
        p, chance = self._is, self._chance
        sign = 1.0 if side == "left" else -1.0
        inner, outer, top, bottom = (
            (sign * u, v) for u, v in (
                self._marks[f"eye_{side}_{end}"] for end in ("inner", "outer", "top", "bottom")
            )
        )  # fmt: skip
        width = max(outer[0] - inner[0], 0.1)
        peak = float(np.clip((top[0] - inner[0]) / width, 0.25, 0.8))
        skew = np.log(0.5) / np.log(peak)  # takes the peak to the middle of the arch
        up, down = self._between(1.6, 3.2), self._between(1.6, 3.6)

        def level(u: np.ndarray) -> np.ndarray:
            return np.asarray(inner[1] + (outer[1] - inner[1]) * along(u))

        def along(u: np.ndarray) -> np.ndarray:
            return np.clip((u - inner[0]) / width, 0.0, 1.0)

        def upper(u: np.ndarray) -> np.ndarray:
            t = 2 * along(u) ** skew - 1
            return np.asarray(level(u) + (top[1] - level(u)) * (1 - np.abs(t) ** up))

        def lower(u: np.ndarray) -> np.ndarray:
            t = 2 * along(u) - 1
            return np.asarray(level(u) + (bottom[1] - level(u)) * (1 - np.abs(t) ** down))

        share, happy_share, sag = (
            self._between(0.55, 1.05), self._between(-0.1, 0.5), self._between(0.0, 0.06)
        )  # fmt: skip

        def closed(u: np.ndarray) -> np.ndarray:
            t = 2 * along(u) - 1
            return np.asarray(level(u) + (share * (bottom[1] - level(u)) + sag) * (1 - t**2))

        def happy(u: np.ndarray) -> np.ndarray:
            t = 2 * along(u) - 1
            ends = level(u) + 0.5 * share * (bottom[1] - level(u))
            return np.asarray(ends - (happy_share * (bottom[1] - top[1]) + sag) * (1 - t**2))

        self._lids(side, (inner[0], outer[0]), upper, lower, closed, happy)
        self._iris(side, (inner[0], outer[0]), (top[1], bottom[1]))
        self._lashes(side, (inner[0], outer[0]), upper, lower)
        if chance(0.95):
            self._brow(side)
        _ = p

    def _lids(self, side, ends, upper, lower, closed, happy) -> None:  # type: ignore[no-untyped-def]
        sign = 1.0 if side == "left" else -1.0
        u = np.linspace(ends[0], ends[1], 41)
        order = slice(None) if side == "left" else slice(None, None, -1)
        shown = {"lids": (upper, lower), "closed": (closed,), "happy": (happy,)}
        high, low = float(upper(u).min()), float(lower(u).max())
        for kind, lines in shown.items():
            if self._chance(0.92):
                curves = tuple(Curve((sign * u)[order], line(u)[order]) for line in lines)
                self._curves[kind][side] = curves if kind == "lids" else curves[0]
        if self._chance(0.97):
            self._add("eye_white", side, (ends[0], high, ends[1], low), between(upper, lower))
        thick = self._between(0.02, 0.08)
        for role, line in (("lid_closed", closed), ("lid_happy", happy)):
            if self._chance(0.92):
                v = line(u)
                box = (ends[0] - 0.02, float(v.min()) - thick, ends[1] + self._between(0.0, 0.1),
                       float(v.max()) + thick)  # fmt: skip
                strip = between(
                    lambda u, line=line: line(u) - thick, lambda u, line=line: line(u) + thick
                )
                self._add(role, side, box, strip)

    def _iris(self, side: str, ends: Mark, heights: Mark) -> None:
        middle_u, middle_v = (ends[0] + ends[1]) / 2 - 0.01, (heights[0] + heights[1]) / 2
        half_v = self._is["iris_size"] * (heights[1] - heights[0]) / 2
        half_u = min(half_v, 0.45 * (ends[1] - ends[0])) * self._between(0.7, 1.0)
        clipped = self._chance(0.6)
        for role, size, chance in (
            ("iris", 1.0, 0.97), ("eye_light", 0.8, 0.8), ("eye_heart", 0.8, 0.5),
            ("eye_star", 0.8, 0.5),
        ):  # fmt: skip
            if self._chance(chance):
                u, v = (size * half * self._between(0.85, 1.1) for half in (half_u, half_v))
                box = (middle_u - u, middle_v - v, middle_u + u, middle_v + v)
                self._add(role, side, box, oval(box), is_clipped=clipped)

    def _lashes(self, side, ends, upper, lower) -> None:  # type: ignore[no-untyped-def]
        thick, wing = self._is["lash"], self._between(0.0, 0.14)
        width = ends[1] - ends[0]
        sign = 1.0 if side == "left" else -1.0
        u = np.linspace(ends[0], ends[1], 41)
        flick = self._between(-0.12, 0.12)  # of the wing, past the outer corner

        def lid(at: np.ndarray) -> np.ndarray:
            return np.asarray(upper(at) + flick * np.maximum(at - ends[1], 0.0) / 0.1)

        for kind in range(int(self._random.integers(1, 4))):
            is_crease = kind == 0 and self._chance(0.4)
            off = self._between(0.05, 0.12) if is_crease else self._between(-0.01, 0.015)
            high = thick * (0.3 if is_crease else self._between(0.5, 1.4))
            begin = ends[0] + width * self._between(-0.03, 0.35 if kind else 0.1)
            box = (begin, float(lid(u).min()) - off - high, ends[1] + wing * (not is_crease),
                   float(lid(u).max()) + 0.05 - off)  # fmt: skip
            shape = between(
                lambda at, off=off, high=high: lid(at) - off - high,
                lambda at, off=off: lid(at) - off + 0.012,
            )
            at = np.linspace(box[0], box[2], 33)
            edge = Curve(*_ordered(sign * at, lid(at) - off + 0.012))
            self._add("lash_upper", side, box, shape, lower_edge=edge)
        if self._chance(0.8):
            begin = ends[0] + width * self._between(0.2, 0.75)
            v = lower(u[u >= begin])
            box = (begin, float(v.min()) - 0.01, ends[1] + 0.02, float(v.max()) + 0.04)
            self._add("lash_lower", side, box,
                      between(lambda at: lower(at) - 0.01, lambda at: lower(at) + 0.03))  # fmt: skip

    def _brow(self, side: str) -> None:
        sign = 1.0 if side == "left" else -1.0
        at = [self._marks[f"brow_{side}_{end}"] for end in ("inner", "middle", "outer")]
        u, v = np.array([sign * a[0] for a in at]), np.array([a[1] for a in at])
        thick = self._between(0.015, 0.07)
        curve = np.poly1d(np.polyfit(u, v, 2))
        for _ in range(int(self._random.integers(1, 3))):
            box = (u[0] - 0.03, float(v.min()) - 0.04 - thick, u[2] + 0.03,
                   float(v.max()) + 0.04 + thick)  # fmt: skip
            self._add("brow", side, box,
                      between(lambda x: curve(x) - thick, lambda x: curve(x) + thick))  # fmt: skip

    def _before(self) -> None:
        p, wide, chance = self._is, self._is["hair"], self._chance
        for side in SIDES:
            for role, probability, low in (("front_locks", 0.5, 4.5), ("side_hair", 0.7, 2.8)):
                if chance(probability):
                    u, v = self._between(0.4, 0.9), self._between(-1.2, 1.15)
                    box = (u, v, u + self._between(0.3, 0.9),
                           max(self._between(0.0, low), v + 0.6))  # fmt: skip
                    self._add(role, side, box, oval(box, self._between(1.5, 4.0)))
        for _ in range(int(self._random.integers(0, 4))):
            out = wide * self._between(0.3, 1.25)
            box = (-out, p["crown"] * self._between(0.9, 1.3), out, self._between(-1.0, 1.25))
            self._add("front_hair", "", box, oval(box, self._between(1.5, 4.0)))
        if chance(0.3):
            out = self._between(0.8, 1.25)
            box = (-out, self._between(-0.45, -0.05), out, self._between(0.3, 0.9))
            self._add("glasses", "", box, oval(box, 4.0))
        for role in ("headwear", "headwear", "accessory", "accessory", "accessory", "item"):
            if chance(0.35):
                more = {"toggle": "band"} if role == "headwear" and chance(0.4) else {}
                self._add(role, "", *self._some_oval(), **more)

    def _some_oval(self) -> tuple[Box, Inside]:
        half_u, half_v = self._between(0.08, 1.9), self._between(0.1, 1.2)
        u, v = self._between(-1.9, 1.9), self._between(-2.4, 1.6)
        if half_u > 0.8:
            u = 0.0  # what is wide lies in the middle
        box = (u - half_u, v - half_v, u + half_u, v + half_v)
        return box, oval(box, self._between(1.5, 4.0))


def _ordered(u: np.ndarray, v: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return (u, v) if u[0] < u[-1] else (u[::-1], v[::-1])
