"""The turn of head and body: a 2.5-D rotation of every vertex, in displacements.

Each vertex has a depth: its layer's, less the curve of what it lies on. The face is a ball of
R = 1.55 W, or as its style says (x = R sin(phi), so the far side narrows); hair and hats are bowls
whose rim, being the outline of the head, lies in the plane of the axis and stays; what is pinned on
is flat. Only differences from rest are computed, so rest is exact to the bit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import cos, radians, sin

import numpy as np
from jaxtyping import Bool, Float32

from vtuber.avatar.roles import SIDES
from vtuber.warp.measure import Measured, rise

# Degrees to which a turn creeps, however far the performer goes: beyond, the art ends.
YAW_LIMIT, PITCH_LIMIT, ROLL_LIMIT = 32.0, 24.0, 32.0
BODY_LIMIT = 18.0
EYE_POINT = 7.0  # W from the head's axis: gives the near side its size
CM_IN_W = 1 / 7.5  # half the width of a face is about 7.5 cm
BODY_RADIUS = 2.40  # W
RIM_U, RIM_V = 1.20, 1.50  # W from the middle of the eyes: the outline of the hair
BESIDE = 0.95  # W from the middle: pinned to the side of the head, like the cup of a headphone

_BOWLS = ("back_hair", "front_hair", "side_hair", "front_locks", "headwear", "back_accessory")
_FLAT = ("item", "ear", "body")
_PINNED = ("accessory", "anger_mark")  # flat, where they sit on the bowl
# What touches must move as one, else a turn shows skin between lips and mouth: all take the depth
# of the first. Irises and their lights keep their own, which lets them slide a little.
_TOGETHER = (
    ("eye_white", "lash_upper", "lash_lower", "lid_closed", "lid_happy"),
    ("lip_upper", "lip_lower", "mouth_cavity", "teeth", "tongue"),
)
# role: v where it still follows the head, v where it does not any more; None: under the collar
_HANGING = {"neck": (0.85, None), "front_locks": (0.35, 1.9), "side_hair": (0.7, 2.3),
            "back_hair": (0.8, 3.1)}  # fmt: skip
_FREE_END = {
    "neck": 0.0,
    "front_locks": 0.15,
    "side_hair": 0.4,
    "back_hair": 0.3,
}  # share of the head at the end


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of head and body: radians, and placement in W."""

    yaw: float
    pitch: float
    roll: float
    body_yaw: float
    body_pitch: float
    body_roll: float
    breath: float
    lean: float  # + = picture's right
    rise: float  # + = up
    zoom: float  # 1 = as drawn

    @staticmethod
    def of(c: Mapping[str, float]) -> Turn:
        """Clamp a set of controls softly to what the art can show."""
        return Turn(
            yaw=radians(soft(c["head_yaw"], YAW_LIMIT)),
            pitch=radians(soft(c["head_pitch"], PITCH_LIMIT)),
            roll=radians(soft(c["head_roll"], ROLL_LIMIT)),
            body_yaw=radians(soft(c["body_yaw"], BODY_LIMIT)),
            body_pitch=radians(soft(c["body_pitch"], BODY_LIMIT)),
            body_roll=radians(soft(c["body_roll"], BODY_LIMIT)),
            breath=c["breath"],
            lean=soft(0.4 * c["headX"] * CM_IN_W, 0.5),
            rise=soft(0.3 * c["headY"] * CM_IN_W, 0.2),
            zoom=1.0 + soft(0.012 * c["headZ"], 0.25),
        )


def soft(value: float, limit: float) -> float:
    """Follow a value where it is small and creep towards a limit where it is large.

    >>> round(soft(10.0, 30.0), 2), round(soft(90.0, 30.0), 2)
    (9.97, 29.91)
    """
    return float(value / (1.0 + (value / limit) ** 4) ** 0.25)


class Turner:
    """Turns the vertices of one avatar."""

    def __init__(
        self,
        measured: Measured,
        round_the_head: Bool[np.ndarray, " v"],
        depth: Float32[np.ndarray, "v 2"] | None = None,
    ) -> None:
        """Prepare a turn; `depth` is each vertex's own (W) and its share of the head, if known."""
        self._m = m = measured
        # a band is a ring: its sides come in all the way
        self.narrowing = np.where(round_the_head, 1.0, m.style.narrowing).astype(np.float32)
        self.u: Float32[np.ndarray, " v"] = m.u.astype(np.float32)
        self.v: Float32[np.ndarray, " v"] = m.v.astype(np.float32)
        self.z: Float32[np.ndarray, " v"]
        self.head: Float32[np.ndarray, " v"]
        if depth is None:
            self.z = depths_of(m).astype(np.float32)
            self.head = head_shares_of(m).astype(np.float32)
        else:
            self.z, self.head = np.ascontiguousarray(depth.T)
        pivot, neck = m.marks["neck_pivot"], (m.marks["neck_left"][1] + m.marks["neck_right"][1])
        self.pivot = pivot
        self.centre_v = 0.35 * m.marks["chin"][1]  # ear height: a nod turns about it
        shoulder = (m.marks["shoulder_left"][1] + m.marks["shoulder_right"][1]) / 2
        base, hip = min(neck / 2, shoulder - 0.1), max(m.bottom, shoulder + 0.8)
        self.hip = hip
        # 1 at the head, 0 at the hip, where the picture is cut
        self.height = rise(m.v, hip, base).astype(np.float32)
        chest = np.exp(-(((m.v - shoulder - 0.15) / 0.75) ** 2))
        self.breath = np.where(m.v < shoulder, 1.0, chest).astype(np.float32)
        chest_z = (
            m.style.body_depth + np.sqrt(BODY_RADIUS**2 - np.clip(m.u, -2, 2) ** 2) - BODY_RADIUS
        )
        self.body_z = (chest_z * (1 - self.head)).astype(np.float32)

    def __call__(self, local: Float32[np.ndarray, "v 2"], turn: Turn) -> np.ndarray:
        """Turn vertices that were moved by `local` (W). Gives their whole displacement, in W."""
        du, dv = local[:, 0].copy(), local[:, 1].copy()
        if turn.yaw or turn.pitch:
            self._turn_head(du, dv, turn)
        if turn.roll:
            self._rotate(du, dv, self.pivot, self.head * np.float32(turn.roll))
        if turn.body_yaw:
            cosine, sine = cos(turn.body_yaw), sin(turn.body_yaw)
            du += self.u * (1 - self.head) * np.float32(cosine - 1) + self.body_z * np.float32(sine)
        if turn.breath or turn.body_pitch or turn.lean or turn.rise:
            # breath lifts shoulders and head; leaning back lifts the head a little too
            lift = 0.022 * turn.breath * self.breath + 0.25 * turn.body_pitch * self.height
            dv -= lift + np.float32(turn.rise)
            du += self.height * np.float32(turn.lean)
        if turn.body_roll:
            self._rotate(du, dv, (0.0, self.hip), np.float32(turn.body_roll) * 0.6)
        if turn.zoom != 1.0:
            du += (self.u + du) * np.float32(turn.zoom - 1)
            dv += (self.v + dv - np.float32(self.hip)) * np.float32(turn.zoom - 1)
        return np.stack([du, dv], axis=1)

    def _turn_head(self, du: np.ndarray, dv: np.ndarray, turn: Turn) -> None:
        """Add the head's yaw and pitch, with perspective."""
        yaw, pitch = turn.yaw, turn.pitch
        u, v = self.u + du, self.v + dv - np.float32(self.centre_v)
        turned_u = u * self.narrowing * np.float32(cos(yaw) - 1) + self.z * np.float32(sin(yaw))
        z = self.z * np.float32(cos(yaw)) - u * np.float32(0.5 * sin(yaw))
        turned_v = v * np.float32(self._m.style.narrowing * (cos(pitch) - 1)) - z * np.float32(
            sin(pitch)
        )
        z = z * np.float32(cos(pitch)) + v * np.float32(0.5 * sin(pitch))
        nearer = (z - self.z) / np.maximum(EYE_POINT - z, 1.0)  # nothing comes into the lens
        du += self.head * (turned_u + (u + turned_u) * nearer)
        dv += self.head * (turned_v + (v + turned_v) * nearer)

    def _rotate(
        self,
        du: np.ndarray,
        dv: np.ndarray,
        pivot: tuple[float, ...],
        angle: np.ndarray | np.float32,
    ) -> None:
        """Rotate about a point; + = clockwise in the picture (towards the performer's left)."""
        x, y = self.u + du - np.float32(pivot[0]), self.v + dv - np.float32(pivot[1])
        cosine, sine = np.cos(angle) - 1, np.sin(angle)
        du += x * cosine - y * sine
        dv += x * sine + y * cosine


def depths_of(m: Measured) -> np.ndarray:
    """Give each vertex its depth in W, + towards the viewer."""
    depth = m.per_vertex(np.array([part.depth for part in m.parts]))
    for first, *rest in _TOGETHER:
        for side in (*SIDES, ""):
            own = m.of(first, side=side)
            if own.any():
                depth[m.of(*rest, side=side)] = depth[own][0]
    # Eyes to chin is nearly upright, and the muzzle comes forward: else the chin stays behind
    # while the mouth turns.
    v = m.v.copy()
    mouth = m.of(*_TOGETHER[1])  # lips meet the opened mouth's edge: all as deep as the line
    v[mouth] = (m.marks["mouth_top"][1] + m.marks["mouth_bottom"][1]) / 2
    on_face = depth + ball(np.hypot(m.u, slanted(v)), m.style.face_radius)
    on_face += np.where(m.of("face"), m.style.muzzle * muzzle(m.u, m.v), 0.0)
    rim = towards_the_rim(m.u, m.v)
    stands_off = np.zeros_like(rim)
    for i in (i for role in _PINNED for i in m.where(role)):
        part = m.slices[i]
        rim[part] = rim[part].mean()
        beside = np.abs(m.u[part])
        if len(beside) and beside.mean() > BESIDE:  # it shows its face as it comes round
            stands_off[part] = 0.75 * (beside - beside.mean())
    bowl = depth * (1 - rim) - stands_off
    # under the hair the face follows it, else a turned skull looks out of the hair
    hidden = np.maximum(bowl - on_face, 0.0) * rise(m.v, 0.0, -0.5)
    curved = np.where(m.of(*_BOWLS, *_PINNED), bowl, on_face + hidden)
    # the neck stands on the axis, whatever its place between the layers
    return np.where(m.of("neck"), 0.3 * depth, np.where(m.of(*_FLAT), depth, curved))


def head_shares_of(m: Measured) -> np.ndarray:
    """Give each vertex its share of the head's turn: hanging things lose it on the way down."""
    turn = m.per_vertex(np.array([part.turn for part in m.parts]))
    neck_base = (m.marks["neck_left"][1] + m.marks["neck_right"][1]) / 2
    for role, (top, bottom) in _HANGING.items():
        mask = m.of(role)
        free = _FREE_END[role] * (1.0 if role == "neck" else m.style.hair_hang)
        end = np.minimum(turn, free)
        low = max(neck_base + 0.35, top + 0.75) if bottom is None else max(bottom, top + 0.1)
        share = end + (1 - end) * rise(m.v, low, top)
        turn = np.where(mask, share, turn)
    return turn


def slanted(v: np.ndarray) -> np.ndarray:
    """Give how far down the ball of the face a height lies: a face is steep above the eyes only."""
    return np.asarray((v - 0.1) * np.where(v < 0.1, 0.85, 0.35))


def ball(off: np.ndarray, radius: float) -> np.ndarray:
    """Give how far a ball falls away at a distance from its top; straight on past 0.8 of it."""
    share = off / radius
    inner = np.minimum(share, 0.8)
    # past 0.8 at half the ball's slope there: a ball would drop for ever
    dome = np.sqrt(1 - inner**2) - 1 - 0.66 * np.maximum(share - 0.8, 0.0)
    return np.asarray(dome * radius)


def muzzle(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    """Give how much of its muzzle a face has at a place: 0..1."""
    return np.asarray(rise(v, 0.3, 0.9) * np.maximum(1 - u**2, 0.0) ** 2)


def towards_the_rim(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    """Give how far from the top of a bowl of hair to its rim a place lies: 0..1."""
    return np.clip((u / RIM_U) ** 2 + (np.minimum(v, 0.0) / RIM_V) ** 2, 0.0, 1.0)
