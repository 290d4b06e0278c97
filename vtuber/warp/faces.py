"""Draws eyes and mouth of a made-up character: lines by formulas, and the layers that follow them.

The left eye is drawn; the right one is its mirror image, about its own landmarks.
"""

from __future__ import annotations

import numpy as np

from vtuber.warp.measure import Curve
from vtuber.warp.patch import Inside, between, oval
from vtuber.warp.proportions import Mark
from vtuber.warp.sketch import Line, Sketch


def mouth(d: Sketch) -> None:
    p, chance = d.p, d.chance
    left, right = d.marks["mouth_left"], d.marks["mouth_right"]
    level = (left[1] + right[1]) / 2
    middle = d.marks["mouth_top"][1]
    half, centre = (left[0] - right[0]) / 2, (left[0] + right[0]) / 2
    cusp = d.between(0.0, 0.03) * chance(0.4)

    def line(u: np.ndarray) -> np.ndarray:
        t = (u - centre) / half
        bent = middle + (level - middle) * np.minimum(t**2, 1.6)
        return np.asarray(bent - cusp * np.maximum(1 - (2 * t) ** 2, 0.0))

    lips = p["lips"]
    reach = half * d.between(0.95, 1.25)
    if chance(0.92):
        power, deep = d.between(0.4, 1.2), p["mouth_depth"]
        ends = half * d.between(0.9, 1.3)

        def floor(u: np.ndarray) -> np.ndarray:
            t = np.clip((u - centre) / ends, -1, 1)
            return np.asarray(line(u) + deep * (1 - t**2) ** power)

        box = (centre - ends, middle - 0.05, centre + ends, middle + deep + 0.06)
        u = np.linspace(box[0], box[2], 33)
        d.floor = Curve(u, floor(u))
        d.add("mouth_cavity", "", box, between(line, floor))
        if chance(0.85):
            out = half * d.between(0.4, 0.85)
            tongue = (centre - out, middle + deep * d.between(0.3, 0.7),
                      centre + out, middle + deep)  # fmt: skip
            d.add("tongue", "", tongue, oval(tongue))
        if chance(0.85):
            high = d.between(0.03, 0.12)
            teeth = (centre - half * 0.98, middle - 0.04, centre + half * 0.98,
                     middle + high + 0.05)  # fmt: skip
            d.add("teeth", "", teeth, between(line, lambda u: line(u) + high))
    box = (centre - reach, min(middle, level) - lips - 0.02,
           centre + reach, max(middle, level) + lips + 0.02)  # fmt: skip
    strip = between(lambda u: line(u) - lips, lambda u: line(u) + lips)
    if chance(0.95):
        d.add("lip_lower", "", box, strip)
    if chance(0.95):
        u = np.linspace(box[0], box[2], 33)
        d.lips = Curve(u, line(u))
        d.add("lip_upper", "", box, strip)


def eye(d: Sketch, side: str) -> None:
    sign = 1.0 if side == "left" else -1.0
    inner, outer, top, bottom = (
        (sign * u, v) for u, v in (
            d.marks[f"eye_{side}_{end}"] for end in ("inner", "outer", "top", "bottom")
        )
    )  # fmt: skip
    width = max(outer[0] - inner[0], 0.1)
    peak = float(np.clip((top[0] - inner[0]) / width, 0.25, 0.8))
    skew = np.log(0.5) / np.log(peak)  # takes the peak to the middle of the arch
    up, down = d.between(1.6, 3.2), d.between(1.6, 3.6)

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
        d.between(0.55, 1.05), d.between(-0.1, 0.5), d.between(0.0, 0.06)
    )  # fmt: skip

    def closed(u: np.ndarray) -> np.ndarray:
        t = 2 * along(u) - 1
        return np.asarray(level(u) + (share * (bottom[1] - level(u)) + sag) * (1 - t**2))

    def happy(u: np.ndarray) -> np.ndarray:
        t = 2 * along(u) - 1
        ends = level(u) + 0.5 * share * (bottom[1] - level(u))
        return np.asarray(ends - (happy_share * (bottom[1] - top[1]) + sag) * (1 - t**2))

    ends = (inner[0], outer[0])
    _lids(d, side, ends, {"upper": upper, "lower": lower, "closed": closed, "happy": happy})
    _iris(d, side, ends, (top[1], bottom[1]))
    _lashes(d, side, ends, upper, lower)
    if d.chance(0.95):
        _brow(d, side)


def _lids(d: Sketch, side: str, ends: Mark, lines: dict[str, Line]) -> None:
    upper, lower, closed, happy = (lines[n] for n in ("upper", "lower", "closed", "happy"))
    u = np.linspace(ends[0], ends[1], 41)
    sign = 1.0 if side == "left" else -1.0

    def traced(line: Line) -> Curve:
        return Curve(*_ordered(sign * u, line(u)))

    if d.chance(0.92):
        d.lids[side] = traced(upper), traced(lower)
    for kept, line in ((d.closed, closed), (d.happy, happy)):
        if d.chance(0.92):
            kept[side] = traced(line)
    if d.chance(0.97):
        box = (ends[0], float(upper(u).min()), ends[1], float(lower(u).max()))
        d.add("eye_white", side, box, between(upper, lower))
    thick = d.between(0.02, 0.08)
    for role, line in (("lid_closed", closed), ("lid_happy", happy)):
        if d.chance(0.92):
            v = line(u)
            box = (ends[0] - 0.02, float(v.min()) - thick, ends[1] + d.between(0.0, 0.1),
                   float(v.max()) + thick)  # fmt: skip
            d.add(role, side, box, _strip(line, thick, thick))


def _strip(line: Line, above: float, below: float) -> Inside:
    return between(lambda u: line(u) - above, lambda u: line(u) + below)


def _iris(d: Sketch, side: str, ends: Mark, heights: Mark) -> None:
    middle_u, middle_v = (ends[0] + ends[1]) / 2 - 0.01, (heights[0] + heights[1]) / 2
    half_v = d.p["iris_size"] * (heights[1] - heights[0]) / 2
    half_u = min(half_v, 0.45 * (ends[1] - ends[0])) * d.between(0.7, 1.0)
    clipped = d.chance(0.6)
    for role, size, chance in (
        ("iris", 1.0, 0.97), ("eye_light", 0.8, 0.8), ("eye_heart", 0.8, 0.5),
        ("eye_star", 0.8, 0.5),
    ):  # fmt: skip
        if d.chance(chance):
            u, v = (size * half * d.between(0.85, 1.1) for half in (half_u, half_v))
            box = (middle_u - u, middle_v - v, middle_u + u, middle_v + v)
            d.add(role, side, box, oval(box), is_clipped=clipped)


def _lashes(d: Sketch, side: str, ends: Mark, upper: Line, lower: Line) -> None:
    thick, wing = d.p["lash"], d.between(0.0, 0.14)
    width = ends[1] - ends[0]
    sign = 1.0 if side == "left" else -1.0
    u = np.linspace(ends[0], ends[1], 41)
    flick = d.between(-0.12, 0.12)  # of the wing, past the outer corner

    def lid(at: np.ndarray) -> np.ndarray:
        return np.asarray(upper(at) + flick * np.maximum(at - ends[1], 0.0) / 0.1)

    for kind in range(int(d.random.integers(1, 4))):
        is_crease = kind == 0 and d.chance(0.4)
        off = d.between(0.05, 0.12) if is_crease else d.between(-0.01, 0.015)
        high = thick * (0.3 if is_crease else d.between(0.5, 1.4))
        begin = ends[0] + width * d.between(-0.03, 0.35 if kind else 0.1)
        box = (begin, float(lid(u).min()) - off - high, ends[1] + wing * (not is_crease),
               float(lid(u).max()) + 0.05 - off)  # fmt: skip
        at = np.linspace(box[0], box[2], 33)
        edge = Curve(*_ordered(sign * at, lid(at) - off + 0.012))
        d.add("lash_upper", side, box, _strip(lid, off + high, 0.012 - off), lower_edge=edge)
    if d.chance(0.8):
        begin = ends[0] + width * d.between(0.2, 0.75)
        v = lower(u[u >= begin])
        box = (begin, float(v.min()) - 0.01, ends[1] + 0.02, float(v.max()) + 0.04)
        d.add("lash_lower", side, box, _strip(lower, 0.01, 0.03))


def _brow(d: Sketch, side: str) -> None:
    sign = 1.0 if side == "left" else -1.0
    at = [d.marks[f"brow_{side}_{end}"] for end in ("inner", "middle", "outer")]
    u, v = np.array([sign * a[0] for a in at]), np.array([a[1] for a in at])
    thick = d.between(0.015, 0.07)
    curve = np.poly1d(np.polyfit(u, v, 2))
    for _ in range(int(d.random.integers(1, 3))):
        box = (u[0] - 0.03, float(v.min()) - 0.04 - thick, u[2] + 0.03,
               float(v.max()) + 0.04 + thick)  # fmt: skip
        d.add("brow", side, box, _strip(curve, thick, thick))


def _ordered(u: np.ndarray, v: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return (u, v) if u[0] < u[-1] else (u[::-1], v[::-1])
