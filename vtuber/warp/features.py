"""What the network is told of a character: measures in, one table of numbers per region out.

A region is a set of roles that move together: each eye, each brow, the mouth, the skin around it.
The right side is mirrored, so that one set of weights serves both. All that is read stands in
every bundle: landmarks, roles, meshes and the lines that the pictures of lids and lips show;
`[rig]` is read where `style` is given, and its place is 0 where it is not. NumPy alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float32, Int64

from vtuber.avatar.roles import ROLES, SIDES
from vtuber.avatar.style import BOUNDS, KNOBS, Style
from vtuber.warp.eyes import Eye
from vtuber.warp.lids import Ride, half_closed
from vtuber.warp.measure import Measured
from vtuber.warp.mouth import Mouth
from vtuber.warp.turn import TOGETHER

# region: its kinds of parts. A kind has weights of its own, beside those that all share.
KINDS: dict[str, tuple[str, ...]] = {
    "eye": ("eye_white", "iris", "eye_light", "eye_heart", "eye_star", "lash_lower", "lash_upper",
            "crease", "lid_closed", "lid_happy"),
    "brow": ("brow",),
    "mouth": ("lip_upper", "lip_lower", "mouth_cavity", "tongue", "teeth"),
    "skin": ("face", "hair_shadow", "blush", "shade"),
    "depth": tuple(ROLES),
}  # fmt: skip
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
    looks: Float32[np.ndarray, " g"]  # of the character, and its knobs


def tables(measured: Measured, style: Style | None) -> tuple[Table, ...]:
    """Describe a character: both eyes, both brows, mouth, skin, and depth for every vertex.

    `style` is what `[rig]` says, None where there is none; `measured.style` is not looked at.
    """
    eyes = {side: Eye(measured, side) for side in SIDES}
    looks = {side: _looks(measured, side, style) for side in SIDES}
    whole = (looks["left"] + looks["right"]) / 2
    made = []
    for side in SIDES:
        made += [
            _eye(measured, eyes[side], looks[side]),
            _brow(measured, side, looks[side]),
        ]
    return (*made, _mouth(measured, whole), _skin(measured, whole), _depth(measured, whole))


def knobs(style: Style | None) -> Float32[np.ndarray, " k"]:
    """Give every knob as -1..1 of its range about its median, and whether they are given at all."""
    out = np.zeros(len(KNOBS) + 1, np.float32)
    if style is not None:
        median = Style()
        for i, knob in enumerate(KNOBS):
            low, high = BOUNDS[knob]
            off = getattr(style, knob) - getattr(median, knob)
            out[i] = off / ((high if off > 0 else 2 * getattr(median, knob) - low)
                            - getattr(median, knob))  # fmt: skip
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
        for i in m.where(role, side if region in SIDED else None) if role in ROLES else ():
            part = m.slices[i]
            rows.append(np.arange(part.start, part.stop))
            kinds.append(np.full(part.stop - part.start, number))
    return np.concatenate(rows), np.concatenate(kinds)


def _table(
    region: str, side: str, at: tuple[np.ndarray, np.ndarray], columns: list, looks: np.ndarray
) -> Table:
    local = np.empty((len(at[0]), len(columns)), np.float32)
    for i, column in enumerate(columns):
        local[:, i] = column
    order = np.argsort(at[1], kind="stable")  # kind by kind: the network takes them so
    return Table(region, side, at[0][order], at[1][order], local[order], looks)


def _eye(m: Measured, eye: Eye, looks: np.ndarray) -> Table:
    rows, kind = _rows(m, "eye", eye.side)
    sign = _sign(eye.side)
    lash, crease = (KINDS["eye"].index(name) for name in ("lash_upper", "crease"))
    for i in m.where("lash_upper", eye.side):
        if eye.is_crease(i):
            kind[(rows >= m.slices[i].start) & (rows < m.slices[i].stop)] = crease
    u, v = m.u[rows], m.v[rows]
    half = half_closed(eye.upper, eye.closed)
    upper, lower, closed, happy = (
        line(u) for line in (eye.upper, eye.lower, eye.closed, eye.happy)
    )
    gap = np.maximum(lower - upper, 1e-3)
    white = kind == KINDS["eye"].index("eye_white")
    bulge = gap / gap[white].max(initial=1e-3)
    down = np.clip((v - upper) / gap, 0.0, 1.0)
    inner, outer = (sign * m.marks[f"eye_{eye.side}_{end}"][0] for end in ("inner", "outer"))
    iris = m.marks[f"iris_{eye.side}"]
    across = (sign * u - (inner + outer) / 2) / eye.width
    ride = np.zeros((len(rows), 14))
    rides = (kind == lash) | (kind == crease)
    ride[rides] = _ride(eye, half, m.points[rows[rides]], sign)
    slopes = [sign * (line(u + 0.02) - line(u - 0.02)) / 0.04
              for line in (eye.upper, eye.closed, eye.happy)]  # fmt: skip
    columns = [
        sign * u, v, across, v / eye.height, upper - v, lower - v, closed - v, happy - v,
        half(u) - v, gap, bulge, down, np.abs(2 * down - 1), bulge * down, sign * u - sign * iris[0],
        v - iris[1], upper - closed, upper - happy, half(u) - (upper + closed) / 2,
        np.full(len(u), eye.width), np.full(len(u), eye.height), *slopes, *ride.T,
    ]  # fmt: skip
    return _table("eye", eye.side, (rows, kind), columns, looks)


def _ride(eye: Eye, half, points: np.ndarray, sign: float) -> np.ndarray:  # type: ignore[no-untyped-def]
    """Say where lashes would go that rode the lid as they are, and as points of it."""
    ride = Ride(eye.upper, eye.lower, points)
    on_lid = [ride.offsets(goal, 0.0) for goal in (eye.closed, eye.happy, half)]
    stiff = [ride.offsets(goal, 1.0) for goal in (eye.closed, eye.happy, half)]
    out = np.hstack([ride.off, *on_lid, *stiff])
    out[:, ::2] *= sign
    return np.asarray(out)


def _brow(m: Measured, side: str, looks: np.ndarray) -> Table:
    rows, kind = _rows(m, "brow", side)
    u, v = _sign(side) * m.u[rows], m.v[rows]
    inner, outer = (_sign(side) * m.marks[f"brow_{side}_{end}"][0] for end in ("inner", "outer"))
    along = np.clip((u - inner) / (outer - inner or 1.0), -0.1, 1.1)
    columns = [u, v, along, along * (1 - along)]
    return _table("brow", side, (rows, kind), columns, looks)


def _mouth(m: Measured, looks: np.ndarray) -> Table:
    rows, kind = _rows(m, "mouth")
    mouth = Mouth(m)
    u, v = m.u[rows], m.v[rows]
    t = (u - mouth.centre) / mouth.half
    near = np.clip(np.abs(t), 0.0, 1.3)
    window = np.maximum(1 - near**2, 0.0)
    line, ends = mouth.line(u), mouth.floor.u
    deep = np.maximum(mouth.floor(u) - line, 0.0) * ((u > ends[0]) & (u < ends[-1]))
    deepest = max(float(deep.max(initial=0.0)), 1e-3)
    hang = v - line
    down = np.clip(hang / np.maximum(deep, 1e-3), 0.0, 1.0)
    columns = [
        u, v, t, near, near**2, np.clip(near, 0, 1.2) ** 3.5, np.sign(t) * near**2,
        np.sign(t) * np.clip(near, 0, 1.2) ** 3.5, window, np.sqrt(window),
        np.sin(np.pi * np.minimum(near, 1.0)), u - mouth.centre, hang, deep, down,
        hang / deepest, deep / deepest, np.full(len(u), mouth.half), np.full(len(u), deepest),
        np.sqrt(window) * (1 - down), window * (1 - down), window * down,
        np.sin(np.pi * np.minimum(near, 1.0)) * (1 - down),
        (u - mouth.centre) * np.clip(hang / deepest, 0, 1),
        (u - mouth.centre) * np.clip(deep / deepest, 0, 1),
    ]  # fmt: skip
    return _table("mouth", "", (rows, kind), columns, looks)


def _skin(m: Measured, looks: np.ndarray) -> Table:
    rows, kind = _rows(m, "skin")
    mouth = Mouth(m)
    u, v = m.u[rows], m.v[rows]
    level, chin = float(mouth.line(np.array(mouth.centre))), m.marks["chin"][1]
    below = np.clip(np.maximum(v - (level - 0.12), 0.0) / max(chin - level + 0.12, 0.1), 0, 1.2)
    cheek = np.exp(-(((np.abs(u) - 0.75) / 0.35) ** 2)), np.exp(-(((v - 0.60) / 0.32) ** 2))
    columns = [u, v, np.abs(u), below, below**1.5, np.sign(u) * cheek[0] * cheek[1], *cheek,
               np.clip((1.25 - np.abs(u)) / 0.5, 0, 1)]  # fmt: skip
    return _table("skin", "", (rows, kind), columns, looks)


def _depth(m: Measured, looks: np.ndarray) -> Table:
    """Describe every vertex for its depth and its share of the head's turn; u counts outwards."""
    number = {role: i for i, role in enumerate(KINDS["depth"])}
    per_part = np.empty((len(m.parts), 9))
    reach = np.abs(m.u)
    rim = np.clip((reach / 1.2) ** 2 + (np.minimum(m.v, 0.0) / 1.5) ** 2, 0.0, 1.0)
    for i, (part, run) in enumerate(zip(m.parts, m.slices, strict=True)):
        u, v = m.u[run], m.v[run]
        per_part[i] = (number[part.role], part.depth, part.turn, abs(u.mean()), v.mean(),
                       np.ptp(u), np.ptp(v), rim[run].mean(), reach[run].mean())  # fmt: skip
    for first, *rest in TOGETHER:  # what touches moves as one: it has the depth of the first
        for side in (*SIDES, ""):
            for i in m.where(first, side)[:1]:
                for j in (j for role in rest for j in m.where(role, side)):
                    per_part[j, 1] = per_part[i, 1]
    of = m.per_vertex(np.arange(len(m.parts)))
    kind, depth, turn, *more = per_part[of].T
    v, chin = m.v, m.marks["chin"][1]
    mouth = (m.marks["mouth_top"][1] + m.marks["mouth_bottom"][1]) / 2
    neck = (m.marks["neck_left"][1] + m.marks["neck_right"][1]) / 2
    slant = (v - 0.1) * np.where(v < 0.1, 0.85, 0.35)
    columns = [
        reach, v, reach**2, slant, slant**2, np.hypot(reach, slant), rim, depth, depth * rim, turn,
        v - chin, v - neck, v - mouth, *more, reach - more[-1],
    ]  # fmt: skip
    rows = np.arange(len(v))
    return _table("depth", "", (rows, kind.astype(np.int64)), columns, looks)


def looks_size() -> int:
    """Count what is told of a character as a whole."""
    return 1 + 2 * len(_ONE_SIDED) + len(_MIDDLE) + 5 * len(_BOXES) + len(KNOBS) + 1


def without_knobs(looks: Float32[np.ndarray, " g"]) -> Float32[np.ndarray, " g"]:
    """Forget what `[rig]` said."""
    out = looks.copy()
    out[-(len(KNOBS) + 1) :] = 0.0
    return out

