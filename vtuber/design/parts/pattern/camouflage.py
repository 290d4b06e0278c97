"""Camouflage: ragged lobed patches in three tones of the cloth, the darkest on top."""

from __future__ import annotations

import numpy as np

from vtuber.design.canvas import Sheet
from vtuber.design.colour import Colour
from vtuber.design.craft import figured
from vtuber.design.curves import Points, closed_spline
from vtuber.design.look import Look

BESIDE = {"outfit": ("casual", "cyber", "hoodie", "jacket")}


def draw(look: Look, sheet: Sheet, shape: Points) -> None:
    """Fill the shape with patches of tones between the cloth and the second colour."""
    for layer, tone in enumerate(_tones(look)):
        for at, chance in figured.scatter(look, shape, (0.52, 0.60, 0.72)[layer]):
            off = (0.17 * layer, 0.23 * layer)
            size = 0.16 + 0.12 * chance
            sheet.fill(_patch(size, chance) + np.array(at) + off, tone)


def _tones(look: Look) -> tuple[Colour, Colour, Colour]:
    cloth = look.cloth
    other = figured.ink(look).mixed(cloth, 0.45)
    # a step both ways from the cloth, or on near-white and near-black the one way there is
    dark = cloth.shade(1.6 if cloth.lightness > 0.4 else 2.4)
    light = cloth.light(0.35) if cloth.lightness < 0.85 else cloth.shade(0.8)
    return light, other, dark


def _patch(size: float, chance: float) -> Points:
    rng = np.random.default_rng(int(chance * 2**31))
    count = 9
    angle = np.linspace(0, 2 * np.pi, count, endpoint=False) + rng.uniform(-0.2, 0.2, count)
    reach = size * np.where(np.arange(count) % 2 == 0, 1.15, 0.55) * rng.uniform(0.75, 1.25, count)
    lobes = np.column_stack([1.35 * reach * np.cos(angle), 0.75 * reach * np.sin(angle)])
    return closed_spline([(float(u), float(v)) for u, v in lobes], 8)
