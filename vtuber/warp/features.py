"""What the network is told of a character: measures in, one table of numbers per region out.

A region is a set of roles that move together: each eye, each brow, the mouth, the skin around it.
The right side is mirrored, so that one set of weights serves both. All that is read stands in
every bundle: landmarks, roles, meshes and the lines that the pictures of lids and lips show;
`[rig]` is read where `style` is given, and its place is 0 where it is not. What the rig would do by
median knobs is told, too: the network departs from there. NumPy alone.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Float32, Int64

from vtuber.avatar.roles import ROLES, SIDES
from vtuber.avatar.style import BOUNDS, KNOBS, Style
from vtuber.warp.eyes import Eye
from vtuber.warp.guess import median_of
from vtuber.warp.laws import LAWS, named
from vtuber.warp.measure import Fields, Measured, rise
from vtuber.warp.mouth import Mouth
from vtuber.warp.turn import (
    ball,
    depths_of,
    head_shares_of,
    muzzle,
    slanted,
    towards_the_rim,
)

# of (measured, the rig of this place, rows, side)
Columns = Callable[[Measured, Any, np.ndarray, str], list[np.ndarray]]

# region: its kinds of parts. A kind has weights of its own, beside those that all share.
KINDS: dict[str, tuple[str, ...]] = {
    "eye": ("eye_white", "iris", "eye_light", "eye_heart", "eye_star", "lash_lower", "lash_upper",
            "lid_closed", "lid_happy"),
    "brow": ("brow",),
    "mouth": ("lip_upper", "lip_lower", "mouth_cavity", "tongue", "teeth"),
    "skin": ("face", "hair_shadow", "blush", "shade"),
}  # fmt: skip
LAYERS = tuple(ROLES)  # the kinds of layers, for their depths
SIDED = ("eye", "brow")
# of these parts' boxes the network is told, as of the whole face
_BOXES = ("iris", "lash_upper", "mouth_cavity", "lip_upper", "brow", "back_hair", "front_hair",
          "side_hair", "front_locks")  # fmt: skip
_ONE_SIDED = ("eye_SIDE_inner", "eye_SIDE_outer", "eye_SIDE_top", "eye_SIDE_bottom", "iris_SIDE",
              "brow_SIDE_inner", "brow_SIDE_middle", "brow_SIDE_outer", "mouth_SIDE", "jaw_SIDE",
              "neck_SIDE", "shoulder_SIDE")  # fmt: skip
_MIDDLE = ("nose_tip", "mouth_top", "mouth_bottom", "chin", "crown", "neck_pivot")


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """One region of one character, row by row."""

    region: str  # a key of KINDS
    side: str  # "left", "right", or ""
    rows: Int64[np.ndarray, " n"]  # of the character's vertices
    kind: Int64[np.ndarray, " n"]  # indexes of KINDS[region]
    local: Float32[np.ndarray, "n f"]  # of each vertex


@dataclass(frozen=True, slots=True, eq=False)
class Depths:
    """What is told of one character's depths: of every layer, and of every vertex."""

    kind: Int64[np.ndarray, " l"]  # indexes of LAYERS
    layers: Float32[np.ndarray, "l p"]
    layer: Int64[np.ndarray, " v"]  # of each vertex
    local: Float32[np.ndarray, "v f"]


@dataclass(frozen=True, slots=True, eq=False)
class Described:
    """All that the network is told of one character."""

    looks: Mapping[str, Float32[np.ndarray, " g"]]  # as each side sees it, and "": their mean
    regions: tuple[Table, ...]
    depths: Depths


def describe(measured: Measured, style: Style | None) -> Described:
    """Describe a character: both eyes, both brows, mouth, skin, and depth for every vertex.

    `style` is what `[rig]` says, None where there is none; `measured.style` is not looked at.
    """
    plain = dataclasses.replace(measured, style=Style())
    made = [
        table
        for side in SIDES
        for table in _region_tables(
            plain, side, {"eye": _eye, "brow": _brow}, lambda m, side=side: Eye(m, side)
        )
    ]
    made += _region_tables(plain, "", {"mouth": _mouth, "skin": _skin}, Mouth)
    return _seen(plain, style, tuple(made))


def glanced(measured: Measured, style: Style | None) -> Described:
    """Describe what a character looks like, and depth for every vertex, but no region."""
    return _seen(dataclasses.replace(measured, style=Style()), style, ())


def _seen(plain: Measured, style: Style | None, regions: tuple[Table, ...]) -> Described:
    looks = {side: _looks(plain, side, style) for side in SIDES}
    looks[""] = (looks["left"] + looks["right"]) / 2
    return Described(looks, regions, _depths(plain, style is not None))


def _region_tables(
    m: Measured, side: str, regions: dict[str, Columns], rig_of: Callable
) -> list[Table]:
    """Describe the regions that one piece of the rig moves, if they have any vertex.

    They are measured by themselves: its fields over all vertices would take 4 times as long.
    """
    found = sorted({i for r in regions for role in KINDS[r] for i in m.where(role, side or None)})
    if not found:
        return []
    back = np.concatenate([np.arange(m.slices[i].start, m.slices[i].stop) for i in found])
    part = dataclasses.replace(m, points=m.points[back], parts=tuple(m.parts[i] for i in found))
    rig = rig_of(part)
    fields: Fields = rig.fields()
    made = []
    for region, columns in regions.items():
        rows, kind = _rows(part, region, side)
        if len(rows):
            local = np.column_stack(
                [_base(fields, region, side)[rows], *columns(part, rig, rows, side)]
            ).astype(np.float32)
            made.append(Table(region, side, back[rows], kind, local))
    return made


def _base(fields: Fields, region: str, side: str) -> Float32[np.ndarray, "v k2"]:
    """Give what the rig would do by median knobs, as one side sees it: u and v of every law."""
    names, signs = named(LAWS[region], side)  # a coefficient that changes sign is not mirrored, too
    mirror = np.outer(signs, [_sign(side), 1.0]).astype(np.float32)
    base = np.stack([fields[name] for name in names], 1) * mirror
    return np.asarray(base.reshape(len(base), -1))


def knobs(style: Style | None) -> Float32[np.ndarray, " k"]:
    """Give every knob as -1..1 of its range about its median, and whether they are given at all."""
    out = np.zeros(len(KNOBS) + 1, np.float32)
    if style is not None:
        median = Style()
        for i, knob in enumerate(KNOBS):
            (low, high), middle = BOUNDS[knob], getattr(median, knob)
            off = getattr(style, knob) - middle
            out[i] = off / (high - middle if off > 0 else middle - low)
        out[-1] = 1.0
    return out


def _looks(m: Measured, side: str, style: Style | None) -> Float32[np.ndarray, " g"]:
    """Describe the face as one side sees it; that side's outwards is +."""
    sign = _sign(side)
    numbers = [m.bottom]
    for name in _ONE_SIDED:
        u, v = m.marks[name.replace("SIDE", side)]
        numbers += [sign * u, v]
    numbers += [m.marks[name][1] for name in _MIDDLE]
    for role in _BOXES:
        numbers += _box(m, role, side)
    return np.concatenate([np.array(numbers, np.float32), knobs(style)])


def _box(m: Measured, role: str, side: str) -> list[float]:
    """Give left, top, right, bottom of a role on one side, and whether it is there."""
    found = m.where(role, side) if ROLES[role].sided else m.where(role)
    if not found:
        return [0.0] * 5
    at = np.concatenate([m.points[m.slices[i]] for i in found])
    u = _sign(side) * at[:, 0]
    return [u.min(), at[:, 1].min(), u.max(), at[:, 1].max(), 1.0]


def _sign(side: str) -> float:
    return -1.0 if side == "right" else 1.0


def _rows(m: Measured, region: str, side: str = "") -> tuple[np.ndarray, np.ndarray]:
    """Give the vertices of a region and their kinds, part by part."""
    rows, kinds = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for number, role in enumerate(KINDS[region]):
        for i in m.where(role, side if region in SIDED else None):
            part = m.slices[i]
            rows.append(np.arange(part.start, part.stop))
            kinds.append(np.full(part.stop - part.start, number))
    return np.concatenate(rows), np.concatenate(kinds)


def _eye(m: Measured, eye: Eye, rows: np.ndarray, side: str) -> list[np.ndarray]:
    """Say where a vertex is in its eye, and for lashes how they lie to the lids."""
    sign = _sign(side)
    u, v = m.u[rows], m.v[rows]
    inner, outer = (sign * m.marks[f"eye_{side}_{end}"][0] for end in ("inner", "outer"))
    upper, lower = eye.upper(u), eye.lower(u)
    down = np.clip((v - upper) / np.maximum(lower - upper, 1e-3), 0.0, 1.0)
    on_lid, ride = _ride(eye, len(m.u), sign)
    return [sign * u, v, (sign * u - (inner + outer) / 2) / eye.width, v / eye.height, upper - v,
            lower - v, down, np.full(len(u), eye.width), np.full(len(u), eye.height), on_lid[rows],
            *ride[rows].T]  # fmt: skip


def _ride(eye: Eye, count: int, sign: float) -> tuple[np.ndarray, np.ndarray]:
    """Mark the lashes that ride on the lid, and say how: how far off it, and where they go."""
    lashes = eye.lashes
    mine, rows = ~lashes.is_crease, lashes.rows[~lashes.is_crease]
    on_lid, out = np.zeros(count, bool), np.zeros((count, 8))
    on_lid[rows] = True
    ways = (lashes.closed, lashes.happy, lashes.half)
    out[rows] = np.hstack([lashes.ride.off, *(lashes.ride.follow(way) for way in ways)])[mine]
    out[:, ::2] *= sign
    return on_lid, out


def _brow(m: Measured, eye: Eye, rows: np.ndarray, side: str) -> list[np.ndarray]:
    return [_sign(side) * m.u[rows], m.v[rows]]


def _mouth(m: Measured, mouth: Mouth, rows: np.ndarray, side: str) -> list[np.ndarray]:
    """Say where a vertex is in the mouth: along it, and how far down its opening."""
    u, v = m.u[rows], m.v[rows]
    t = np.clip((u - mouth.centre) / mouth.half, -1.5, 1.5)
    line = mouth.line(u)
    return [u, v, t, t**2, v - line, mouth.floor(u) - line, np.full(len(u), mouth.half)]


def _skin(m: Measured, mouth: Mouth, rows: np.ndarray, side: str) -> list[np.ndarray]:
    return [m.u[rows], m.v[rows], np.abs(m.u[rows])]


def _depths(m: Measured, is_rigged: bool) -> Depths:
    """Describe layers and vertices for their depth and their share of the head's turn.

    What the rig makes of median knobs is the beginning, from which the network departs. A depth
    that is no median was said by somebody; where `[rig]` is given, every one was.
    """
    reach, v, rim = np.abs(m.u), m.v, towards_the_rim(m.u, m.v)
    chin, neck = m.marks["chin"][1], (m.marks["neck_left"][1] + m.marks["neck_right"][1]) / 2
    places, starts = np.column_stack([reach, v, rim]), [run.start for run in m.slices]
    least, most = (f.reduceat(places, starts) for f in (np.minimum, np.maximum))
    mean = np.add.reduceat(places, starts) / [[part.count] for part in m.parts]
    said = [is_rigged or (part.depth, part.turn) != median_of(part.role) for part in m.parts]
    low = most[:, 1] - neck
    layers = np.column_stack([
        said, [part.depth for part in m.parts], [part.turn for part in m.parts],
        least[:, :2], most[:, :2], mean, least[:, 1] - neck, low, most[:, 1] - chin,
        # beside the face, over it, on the body: each has depths of its own
        rise(mean[:, 0], 0.7, 0.9), rise(mean[:, 1], -1.1, -0.9), rise(low, -0.1, 0.1),
    ])  # fmt: skip
    slant = slanted(v)
    off = np.hypot(reach, slant)
    flat, round_ = (ball(off, radius) for radius in BOUNDS["face_radius"])
    local = np.column_stack([
        depths_of(m), head_shares_of(m), reach, v, reach**2, slant**2, off, rim, flat, round_,
        muzzle(reach, v), v - neck,
    ])  # fmt: skip
    kind = np.array([LAYERS.index(part.role) for part in m.parts])
    return Depths(kind, layers.astype(np.float32), m.per_vertex(np.arange(len(m.parts))),
                  local.astype(np.float32))  # fmt: skip


MARKS = 1 + 2 * len(_ONE_SIDED) + len(_MIDDLE)  # so many numbers of the looks, the first, are so


def looks_size() -> int:
    """Count what is told of a character as a whole."""
    return MARKS + 5 * len(_BOXES) + len(KNOBS) + 1


def without_knobs(looks: Float32[np.ndarray, " g"]) -> Float32[np.ndarray, " g"]:
    """Forget what `[rig]` said."""
    out = looks.copy()
    out[-(len(KNOBS) + 1) :] = 0.0
    return out
