"""Furry tails: a thick tapering body with tufts along its edge and a dipped, ragged tip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float64

from vtuber.design import curves
from vtuber.design.canvas import Sheet
from vtuber.design.colour import Colour
from vtuber.design.craft import behind, hair
from vtuber.design.craft.solid import solid
from vtuber.design.curves import Point, Points, spline
from vtuber.design.look import Look


@dataclass(frozen=True, slots=True)
class Brush:
    """A tail from its root, hidden behind the body, to its tip."""

    spine: Sequence[Point]
    width: float  # half width at its thickest
    root: float = 0.4  # part of the width at the root
    peak: float = 0.6  # where it is thickest
    point: float = 1.6  # more: blunter
    tufts: tuple[tuple[float, float, float], ...] = ()  # place, side +1 or -1, size
    dip: float = 1.0  # from here on it has the colour of the tip


def draw(look: Look, sheet: Sheet, brush: Brush, tip: Colour, side: float) -> None:
    spine = curves.cut(behind.spread(look, spline(brush.spine, 24), side), 0.0, 1.0)
    t, width = curves.parameter(spine), _width(brush, curves.parameter(spine))
    body = curves.ribbon(spine, np.maximum(width, 0.001))
    tufts = [_tuft(spine, width, *tuft, side) for tuft in brush.tufts]
    fill = look.hair
    with solid(sheet, look, fill, body, *tufts, pen=hair.line_ink(look)):
        across = curves.normals(spine)
        away = 1.0 if (across @ np.array([0.5, 0.8]))[len(t) // 3 :].mean() > 0 else -1.0
        teeth = 0.12 * np.abs((t * 7) % 1.0 - 0.5)
        inner = spine + across * away * (width * (0.25 + teeth))[:, None]
        outer = spine + across * away * (width * 1.3 + 0.03)[:, None]
        sheet.shadow(curves.joined(inner, outer[::-1]), fill.shade(1.0))
        for offset, begin, end in ((-0.45, 0.25, 0.60), (0.05, 0.35, 0.72), (-0.1, 0.1, 0.3)):
            strand = curves.cut(spine + across * away * (width * offset)[:, None], begin, end)
            sheet.line(strand, hair.line_ink(look, 0.5), look.line * 0.7, 0.8, 0.8)
        if brush.dip < 1.0:
            _dip(look, sheet, spine, width, brush.dip, tip, away)


def _width(brush: Brush, t: Float64[np.ndarray, " n"]) -> Float64[np.ndarray, " n"]:
    rise = brush.root + (1 - brush.root) * np.sin(np.clip(t / brush.peak, 0, 1) * np.pi / 2) ** 1.5
    fall = np.clip((t - brush.peak) / (1 - brush.peak), 0.0, 1.0)
    return np.asarray(brush.width * rise * (1 - fall**brush.point))


def _tuft(
    spine: Points,
    width: Float64[np.ndarray, " n"],
    at: float,
    edge: float,
    size: float,
    side: float,
) -> Points:
    i = min(int(at * len(spine)), len(spine) - 3)
    across = curves.normals(spine)[i] * edge * side
    along = spine[i + 2] - spine[i]
    along = along / np.linalg.norm(along)
    root = spine[i] + across * width[i] * 0.45 - along * size * 1.1
    tip = spine[i] + across * (width[i] + size * 0.50) + along * size * 0.8
    return behind.leaf(curves.point(root), curves.point(tip), size * 0.55, 0.0, 0.0)


def _dip(
    look: Look, sheet: Sheet, spine: Points, width: Float64[np.ndarray, " n"], begin: float,
    tip: Colour, away: float,
) -> None:  # fmt: skip
    i = int(begin * len(spine))
    across, end = curves.normals(spine), len(spine)
    count = 15 if width[i] > 0.25 else 7  # on a slender tail fine teeth are crumbs
    s = np.linspace(-1.5, 1.5, count)
    along = (spine[i + 2] - spine[i]) / np.linalg.norm(spine[i + 2] - spine[i])
    back = np.where(np.arange(count) % 2, -0.13, 0.05)
    back *= 1 + 0.35 * np.cos(np.arange(count) * 2.1)
    edge = spine[i] + across[i] * (width[i] * s)[:, None] + along * (back * width[i] / 0.3)[:, None]
    # no wider than the tail: a tip that curls would dye what it bends over
    reach = (width[i:] * 1.3 + 0.03)[:, None]
    far, near = spine[i:] + across[i:] * reach, spine[i:] - across[i:] * reach
    end_cap = spine[-1:] + (spine[-1] - spine[-4]) * 3
    dipped = curves.joined(edge, far, end_cap, near[::-1])
    sheet.fill(dipped, tip)
    with sheet.clip(dipped):
        inner = spine[i:end] + across[i:] * away * (width[i:] * 0.25)[:, None]
        outer = spine[i:end] + across[i:] * away * reach
        sheet.shadow(curves.joined(inner, outer[::-1]), tip.pale_shade())
    sheet.line(edge, look.pen(tip), look.line * 0.5, 0.2, 0.2, alpha=0.6)
