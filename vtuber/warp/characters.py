"""Makes characters for training: a seed in; landmarks, meshes, curves and style out, no picture.

6 ms for 1,300 vertices. `tests/warp/test_characters.py` holds every avatar that ships to lie well
within what is drawn here.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Int32

from vtuber.avatar.roles import ROLES, SIDES
from vtuber.warp.faces import eye, mouth
from vtuber.warp.measure import Curves, Measured
from vtuber.warp.patch import Box, Inside, oval
from vtuber.warp.sketch import USUAL_SPREAD, Sketch
from vtuber.warp.usual import EARS, WORN, Piece


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


def character(
    random: np.random.Generator, density: float = 0.6, is_usual: bool = False
) -> Character:
    """Make one character; `density` is the fineness of its meshes against a bundle's.

    Where `is_usual` it looks and moves as designs mostly do, else anyhow.
    """
    d = Sketch(random, density, is_usual)
    _behind(d)
    _skin(d)
    mouth(d)
    for side in SIDES:
        eye(d, side)
    _before(d)
    bottom = d.marks["shoulder_left"][1] + d.p["bottom"]
    measured = Measured(
        points=np.concatenate(d.points),
        parts=tuple(d.parts),
        marks=d.marks,
        bottom=bottom,
        curves=Curves(d.lids, d.closed, d.happy, d.lips, d.floor),
        style=d.p.style(),
    )
    height = bottom - d.p["crown"] + d.between(0.2, 1.2)
    return Character(measured, np.concatenate(d.triangles), height)


def _behind(d: Sketch) -> None:
    p, wide, chance = d.p, d.p["hair"], d.chance
    low = max(p["hair_length"], 0.6)
    if d.is_usual:
        _worn(d)
    elif chance(0.4):
        d.add("back_accessory", "", *_some_oval(d), toggle="band" * chance(0.4))
    for _ in range(1 + chance(0.2)):
        if chance(0.9):
            out = wide * d.between(0.9, 1.75)
            box = (-out, p["crown"] * d.between(1.0, 1.3), out, low)
            d.add("back_hair", "", box, oval(box, d.between(1.5, 4.0)))
    shoulder = d.marks["shoulder_left"]
    for _ in range(int(d.random.integers(0, 3))):
        box = (-shoulder[0] * d.between(0.9, 1.3), p["chin"] * d.between(0.9, 1.2),
               shoulder[0] * d.between(0.9, 1.3), shoulder[1] + p["bottom"])  # fmt: skip
        d.add("body", "", box, oval(box, d.between(2.0, 6.0)))
    if chance(0.9):
        box = (-p["neck"] * d.between(1.0, 2.6), p["chin"] * d.between(0.35, 0.7),
               p["neck"] * d.between(1.0, 2.6), shoulder[1] + d.between(0.0, 0.5))  # fmt: skip
        d.add("neck", "", box, oval(box, 6.0))
    if d.is_usual:
        kind = int(d.random.choice(len(EARS), p=[probability for probability, _ in EARS]))
        _put_on(d, EARS[kind][1], "")
    for side in () if d.is_usual else SIDES:
        if chance(0.8):
            up = d.between(0.0, 2.6) * chance(0.3)
            left = d.between(0.15, 0.95)
            box = (left, -0.35 - up, left + d.between(0.2, 1.0), 0.55 - 0.6 * up)
            d.add("ear", side, box, oval(box))


def _skin(d: Sketch) -> None:
    p, chance = d.p, d.chance
    top = p["crown"] * d.between(0.7, 1.0)
    face = oval((-1.05, top, 1.05, p["chin"] * 1.02), d.between(1.8, 2.8))
    d.add("face", "", (-1.05, top, 1.05, p["chin"] * 1.02), face)
    for _ in range(int(d.random.integers(0, 3))):  # freckles, scars, beards
        u, v = d.between(-0.8, 0.5), d.between(-0.3, p["chin"] * 0.8)
        box = (u, v, u + d.between(0.1, 0.8), v + d.between(0.1, 0.5))
        d.add("face", "", box, oval(box))
    if chance(0.8):
        wide = d.between(1.0, 1.45)
        box = (-wide, top * 1.15, wide, d.between(-0.3, 1.2))
        d.add("hair_shadow", "", box, oval(box, d.between(1.5, 4.0)))
    level = d.between(0.05, 0.35)
    for role, wide, high in (("blush", 0.95, 0.35), ("tears", 0.9, 0.45)):
        if chance(0.7):
            out = wide * d.between(0.8, 1.1)
            box = (-out, level, out, level + high * d.between(0.6, 1.2))
            d.add(role, "", box, oval(box, 4.0))
    if chance(0.9):
        tip, half = d.marks["nose_tip"], d.between(0.02, 0.26)
        box = (-half, tip[1] - d.between(0.04, 0.4), half, tip[1] + 0.05)
        d.add("nose", "", box, oval(box))
    for role, reach in (("sweat", 0.25), ("anger_mark", 0.5)):
        if chance(0.5):
            u, v = d.between(-0.9, 0.6), d.between(-1.3, 0.5)
            box = (u, v, u + reach, v + reach)
            d.add(role, "", box, oval(box))
    if chance(0.5):
        box = (-1.15, p["crown"] * 1.1, 1.15, d.between(0.2, 0.6))
        d.add("shade", "", box, oval(box, 4.0))


def _before(d: Sketch) -> None:
    p, wide, chance = d.p, d.p["hair"], d.chance
    for side in SIDES:
        for role, probability, low in (("front_locks", 0.5, 4.5), ("side_hair", 0.7, 2.8)):
            if chance(probability):
                u, v = d.between(0.4, 0.9), d.between(-1.2, 1.15)
                box = (u, v, u + d.between(0.3, 0.9),
                       max(d.between(0.0, low), v + 0.6))  # fmt: skip
                d.add(role, side, box, oval(box, d.between(1.5, 4.0)))
    for _ in range(int(d.random.integers(0, 4))):
        out = wide * d.between(0.3, 1.25)
        box = (-out, p["crown"] * d.between(0.9, 1.3), out, d.between(-1.0, 1.25))
        d.add("front_hair", "", box, oval(box, d.between(1.5, 4.0)))
    if chance(0.3):
        out = d.between(0.8, 1.25)
        box = (-out, d.between(-0.45, -0.05), out, d.between(0.3, 0.9))
        d.add("glasses", "", box, oval(box, 4.0))
    anywhere = ("headwear", "headwear", "accessory", "accessory", "accessory", "item")
    for role in () if d.is_usual else anywhere:
        if chance(0.35):
            toggle = "band" if role == "headwear" and chance(0.4) else ""
            d.add(role, "", *_some_oval(d), toggle=toggle)


def _some_oval(d: Sketch) -> tuple[Box, Inside]:
    half_u, half_v = d.between(0.08, 1.9), d.between(0.1, 1.2)
    u, v = d.between(-1.9, 1.9), d.between(-2.4, 1.6)
    if half_u > 0.8:
        u = 0.0  # what is wide lies in the middle
    box = (u - half_u, v - half_v, u + half_u, v + half_v)
    return box, oval(box, d.between(1.5, 4.0))


def _worn(d: Sketch) -> None:
    """Put on what designs wear, where they wear it."""
    for number, (probability, pieces) in enumerate(WORN):
        if d.chance(probability):
            _put_on(d, pieces, f"worn {number}")


def _put_on(d: Sketch, pieces: tuple[Piece, ...], toggle: str) -> None:
    grow, up, flip = d.between(0.9, 1.1), d.between(-0.12, 0.12), d.chance(0.5)
    for role, is_pair, (u0, v0, u1, v1), depth, turn in pieces:
        box = (u0 * grow, v0 + up, u1 * grow, v1 + up)
        mirrored = (-box[2], box[1], -box[0], box[3])
        shape = d.between(1.5, 4.0)
        sides = SIDES if ROLES[role].sided else ("", "")
        for side, each in zip(sides, (box, mirrored), strict=True):
            if is_pair or (each is box) != flip:
                at = each if not side else box  # a sided one is mirrored as it is added
                rigging = depth + USUAL_SPREAD * d.random.normal(), turn
                d.add(role, side, at, oval(at, shape), rigging, toggle=toggle)
