"""Hair, ribbons and tails: poses and time in, the joint angles of every strand out.

The root of a strand goes with head and body; its first joint follows the root's place as a damped
spring, and each further joint the one before it, so that a movement runs down to the tip. What a
joint is behind the root is its angle. A follower needs no speed of the head, so that a trembling
tracker does not shake the hair, and it cannot explode: each step is the exact solution of the
damped oscillator for a goal that stands still for 1/120 s.

Law: steps lie on a grid of 1/120 s from the first beat on, and what is shown lies between the last
two, so that any rate of beats gives the same motion. Holds state; knows no clock.
"""

from __future__ import annotations

import math
import random

import numpy as np
from jaxtyping import Float32, Float64

from vtuber.avatar.strands import JOINTS, Strand, Strands
from vtuber.core.pose import BASE, Pose
from vtuber.core.scene import Placement

HOME = Placement()
STEPS_HZ = 120
LONGEST_S = 1.0  # between two beats; longer, and everything hangs still again
# A strand that swings towards the viewer looks shorter by this at most, or longer from behind.
SHORTER, LONGER = 0.08, 0.025
FLARE = 1.6  # rad of swing to its own side per share by which a hanging strand is shorter
STUB_W = 1.0  # shorter strands swing no faster than one of this length
# The joints after the first: quicker, and with less overshoot, so that a wave runs down.
_NEXT_RATE, _NEXT_DAMPING = 2.6, 0.55

# What drives it: names of the pose, and how far each counts (the rig creeps to such limits, too).
_NAMES = ("headYaw", "headPitch", "headRoll", "bodyYaw", "bodyPitch", "bodyRoll", "headX", "headY")
_LIMITS = np.array([35.0, 26.0, 35.0, 20.0, 20.0, 20.0, 10.0, 5.0])
_UNITS = np.array([math.radians(1.0)] * 6 + [0.4 / 7.5, 0.3 / 7.5])  # cm to W, as the rig leans
_INDEXES = np.array([BASE.index[name] for name in _NAMES])
_YAW_LEVER, _PITCH_LEVER, _BODY_LEVER = 1.25, 1.0, 0.7  # W by which a turn moves a root
_MOST_TILT = 0.6  # rad by which a view that lies on its side counts as a tilt
_NECK_V, _HIP_V = 1.2, 3.3  # W below the eyes: what roll turns about

WIND_RAD = 0.02  # of a group whose wind is 1
WIND_RISE_S = 2.0  # a show begins in still air
# Frequencies in Hz that share no period, how fast each runs across (rad per W), and its share.
_GUSTS = ((0.23, 0.7, 0.6), (0.61, 1.5, 0.4))
_LULL_HZ = 0.071


class Physics:
    """The swing of everything that one avatar wears."""

    def __init__(self, found: Strands, seed: int = 0) -> None:
        strands = found.strands
        self._count, self._height_w = len(strands), found.height_w
        self._drive = _drive(strands)
        self._limits = np.array([math.radians(s.spring.limit_deg) for s in strands])[None, :]
        self._wind = np.array([s.spring.wind * _to_wind(s) * WIND_RAD for s in strands])
        self._place_u = np.array([strand.root[0] for strand in strands])
        hangs = np.array([not strand.spring.stands for strand in strands])
        self._flare = FLARE * np.clip(self._place_u, -1.0, 1.0) * hangs
        chance = random.Random(f"{seed}:wind")
        self._phases = [chance.uniform(0, math.tau) for _ in range(len(_GUSTS) + 1)]
        self._step_of = _propagators(strands)
        shape = (2, JOINTS, self._count)  # swing and shortening, joint, strand
        self._places, self._speeds, self._goals = np.zeros(shape), np.zeros(shape), np.zeros(shape)
        self._before = self._after = np.zeros(shape)  # behind the root at the last two steps
        self._begin_ns: int | None = None
        self._last_ns = 0
        self._last: Float64[np.ndarray, "3 m"] = np.zeros((3, self._count))

    def advance(
        self, now_ns: int, pose: Pose, strength: float = 1.0, view: Placement = HOME
    ) -> Float32[np.ndarray, "n 2"]:
        """Go on to a time. Gives per joint, strand by strand: radians, and by what it is shorter.

        `strength` 0..2 multiplies every angle; `view` is to where a hand has dragged the avatar.
        After a pause of over a second, and when time goes back, everything hangs still.
        """
        first = self._begin_ns is None
        if self._begin_ns is None:
            self._begin_ns = now_ns
        roots = self._roots(pose, view, (now_ns - self._begin_ns) / 1e9)
        passed_ns = now_ns - self._last_ns
        if first or not 0 <= passed_ns <= LONGEST_S * 1e9:
            self._settle(roots)
        elif passed_ns:
            self._run(now_ns, roots)
        self._last_ns, self._last = now_ns, roots
        share = (now_ns - self._begin_ns) * STEPS_HZ % 10**9 / 1e9
        behind = self._before + (self._after - self._before) * share
        rise = behind[1] * strength
        most = np.where(rise > 0, SHORTER, LONGER)
        shorter = most * np.tanh(rise / most)
        # what a dropping head leaves behind flies out to both sides
        swing = self._limits * np.tanh(
            (behind[0] * strength + self._flare * shorter) / self._limits
        )
        sway: Float32[np.ndarray, "n 2"] = np.stack([swing.T.ravel(), shorter.T.ravel()], axis=1)
        sway = sway.astype(np.float32)
        sway.setflags(write=False)
        return sway

    def _roots(self, pose: Pose, view: Placement, t_s: float) -> Float64[np.ndarray, "3 m"]:
        """Give where each root is (across and along, over its length), and to where it hangs."""
        values = np.empty(len(_NAMES) + 3)
        values[:-3] = np.clip(pose.values[_INDEXES], -_LIMITS, _LIMITS) * _UNITS
        values[-3:-1] = view.x * self._height_w, view.y * self._height_w
        values[-1] = -_MOST_TILT * math.sin(math.radians(view.rotation_deg))
        roots: Float64[np.ndarray, "3 m"] = (self._drive @ values).reshape(3, self._count)
        roots[2] += self._wind * self._gust(t_s)
        return roots

    def _gust(self, t_s: float) -> Float64[np.ndarray, " m"]:
        rise = min(max(t_s / WIND_RISE_S, 0.0), 1.0)
        lull = 0.65 + 0.35 * math.sin(math.tau * _LULL_HZ * t_s + self._phases[-1])
        gust = np.zeros(self._count)
        for (hz, runs, share), phase in zip(_GUSTS, self._phases, strict=False):
            gust += share * np.sin(math.tau * hz * t_s + phase - runs * self._place_u)
        return gust * (lull * rise * rise * (3 - 2 * rise))

    def _settle(self, roots: Float64[np.ndarray, "3 m"]) -> None:
        self._places[:] = self._goal(roots)[:, None]
        self._speeds[:] = 0.0
        self._before = self._after = self._places - roots[:2, None]

    def _run(self, now_ns: int, roots: Float64[np.ndarray, "3 m"]) -> None:
        """Take all steps up to a time; between two beats the roots go in straight lines."""
        begin_ns = self._begin_ns or 0
        first = (self._last_ns - begin_ns) * STEPS_HZ // 10**9 + 1
        last = (now_ns - begin_ns) * STEPS_HZ // 10**9
        way = (roots - self._last) / ((now_ns - self._last_ns) * STEPS_HZ / 1e9)  # a step
        ahead = first - (self._last_ns - begin_ns) * STEPS_HZ / 1e9
        for step in range(last - first + 1):
            at = self._last + way * (ahead + step)
            self._step(self._goal(at))
            self._before, self._after = self._after, self._places - at[:2, None]

    def _goal(self, roots: Float64[np.ndarray, "3 m"]) -> Float64[np.ndarray, "2 m"]:
        goal = roots[:2].copy()
        goal[0] += roots[2]
        return goal

    def _step(self, goal: Float64[np.ndarray, "2 m"]) -> None:
        goals, (keep, gain, brake, hold) = self._goals, self._step_of
        goals[:, 0] = goal
        goals[:, 1:] = self._places[:, :-1]
        gap = self._places - goals
        self._places = goals + keep * gap + gain * self._speeds
        self._speeds = brake * gap + hold * self._speeds


def _to_wind(strand: Strand) -> float:
    """Say how the wind takes a strand: what hangs, sidewards; what stands, alike on both sides."""
    if strand.spring.stands:
        return 1.0 if strand.along[0] > 0 else -1.0
    return strand.across[0]


def _drive(strands: tuple[Strand, ...]) -> Float64[np.ndarray, "r d"]:
    """Give what the drives do to the roots: all ways across, then along, then where gravity is.

    The drives are those of the pose, and of the view: right, up, tilt.
    """
    across: list[np.ndarray] = []
    along: list[np.ndarray] = []
    hang: list[np.ndarray] = []
    for strand in strands:
        spring, head, v = strand.spring, strand.head, strand.root[1]
        height = min(max((_HIP_V - v) / (_HIP_V - _NECK_V), 0.0), 1.0)
        right = np.array([_YAW_LEVER * head, 0, (_NECK_V - v) * head, _BODY_LEVER * (1 - head), 0,
                          0.6 * (_HIP_V - v), height, 0, 1.0, 0, 0])  # fmt: skip
        down = np.array([0, -_PITCH_LEVER * head, 0, 0, -0.25 * height, 0, 0, -1.0, 0, -1.0, 0])
        tilt = np.array([0, 0, head, 0, 0, 0.6, 0, 0, 0, 0, 1.0])
        for ways, (x, y), to in ((across, strand.across, spring.swing),
                                 (along, strand.along, 0.7 * spring.swing)):  # fmt: skip
            ways.append((x * right + y * down) * to / strand.lever)
        hang.append(strand.across[0] * spring.gravity * tilt)
    return np.array([*across, *along, *hang]).reshape(-1, len(_NAMES) + 3)


def _propagators(strands: tuple[Strand, ...]) -> tuple[np.ndarray, ...]:
    """Solve each joint's spring for one step: gap and speed after it, from those before it.

    Four arrays (joints, strands): gap from gap, gap from speed, speed from gap, speed from speed.
    """
    lengths = np.array([max(s.length, STUB_W) for s in strands])
    rate = math.tau * np.array([s.spring.frequency_hz for s in strands]) / np.sqrt(lengths)
    damping = np.array([s.spring.damping for s in strands])
    rest = JOINTS - 1
    w = np.stack([rate, *[rate * _NEXT_RATE] * rest])
    zeta = np.stack([damping, *[np.maximum(damping, _NEXT_DAMPING)] * rest])
    h, swing = 1 / STEPS_HZ, w * np.sqrt(1 - zeta**2)
    fade, cosine, sine = np.exp(-zeta * w * h), np.cos(swing * h), np.sin(swing * h)
    return (
        fade * (cosine + zeta * w / swing * sine),
        fade * sine / swing,
        -fade * w**2 / swing * sine,
        fade * (cosine - zeta * w / swing * sine),
    )
