"""Hair as locks: one way to draw a lock, and the inks of the gradient that all hair shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float64

from vtuber.design import curves
from vtuber.design.canvas import Ink, Sheet, linear
from vtuber.design.colour import Colour
from vtuber.design.curves import Point, Points, spline
from vtuber.design.look import Look

TOP, TIP = -1.55, 2.35  # where the gradient of the hair begins and ends


def ink(look: Look, shade: float = 0.0) -> Ink:
    """Give the hair's gradient, from root to tip, in shadow (+) or light (-)."""
    return linear((0, TOP), (0, TIP), [(t, c, 1.0) for t, c in _stops(look, shade)])


def line_ink(look: Look, softness: float = 0.0) -> Ink:
    """Give the ink of hair contours; `softness` 1 is almost the hair's own shadow."""
    stops = []
    for place, colour in _stops(look, 0.0):
        stops.append((place, look.pen(colour).mixed(colour.shade(1.6), softness), 1.0))
    return linear((0, TOP), (0, TIP), stops)


def _stops(look: Look, shade: float) -> list[tuple[float, Colour]]:
    stops = [
        (0.0, look.hair),
        (0.18, look.hair.mixed(look.hair_root, 0.55)),
        (0.48, look.hair),
        (0.72, look.hair.mixed(look.hair_tip, 0.55)),
        (0.95, look.hair_tip),
    ]
    if shade >= 0:
        return [(t, c.shade(shade)) for t, c in stops]
    return [(t, c.light(-shade)) for t, c in stops]


@dataclass(frozen=True, slots=True)
class Lock:
    """One lock: a spine from root to tip and how wide it is (half widths, W)."""

    spine: Sequence[Point]
    width: float
    root: float = 0.5  # part of the width at the root
    peak: float = 0.45  # where it is widest
    shadow: float = 1.0  # side of the spine in shade: +1 or -1 of the spine's right, 0 none
    shine: float = 0.0  # strength of the highlight, about 1
    shine_at: float = 0.0  # its height v
    strands: int = 2
    open_root: float = 0.0  # the contour is missing up to this fraction (the root melts away)
    sharp: float = 1.5
    dye: float = 0.0  # how much of the tips' colour it takes on towards its end


def outline(lock: Lock) -> tuple[Points, Float64[np.ndarray, " n"], Points]:
    """Give (spine, half widths, closed polygon)."""
    spine = spline(lock.spine, 18)
    t = curves.parameter(spine)
    rise = np.sin(np.clip(t / lock.peak, 0, 1) * np.pi / 2) ** 1.2
    width = lock.width * (lock.root + (1 - lock.root) * rise)
    fall = np.clip((t - lock.peak) / (1 - lock.peak), 0, 1)
    width = width * (1 - fall**lock.sharp)
    return spine, width, curves.ribbon(spine, width)


def draw_lock(sheet: Sheet, look: Look, lock: Lock, tone: float = 0.0) -> None:
    """Draw fill, shade, highlight, strands and contour of one lock."""
    spine, width, shape = outline(lock)
    across = curves.normals(spine)
    sheet.fill(shape, ink(look, tone))
    if lock.dye:
        tint = look.hair_tip
        above, below = (tuple(spine[round(place * (len(spine) - 1))]) for place in (0.45, 0.92))
        sheet.fill(shape, linear(above, below, [(0.0, tint, 0.0), (1.0, tint, lock.dye)]))
    with sheet.clip(shape):
        if lock.shadow:
            _shade(sheet, look, spine, width, across, lock.shadow, tone)
        if lock.shine:
            _shine(sheet, look, spine, width, across, lock)
        _strands(sheet, look, spine, width, across, lock)
    weight = look.line * float(np.clip(lock.width / 0.12, 0.6, 1.0))
    for side in (1.0, -1.0):
        edge = spine + across * (width * side)[:, None]
        edge = curves.cut(edge, lock.open_root, 1.0)
        begin = 0.9 if lock.open_root else 0.25
        sheet.line(edge, line_ink(look), weight, begin, 0.22)


def _shade(
    sheet: Sheet,
    look: Look,
    spine: Points,
    width: Float64[np.ndarray, " n"],
    across: Points,
    side: float,
    tone: float,
) -> None:
    # a sickle along one edge, pointed at both ends: blunt starts look like stuck tape
    t = curves.parameter(spine)
    bite = 1.0 - 0.85 * np.sin(np.clip((t - 0.30) / 0.70, 0, 1) * np.pi) ** 0.8
    inner = spine + across * (side * width * bite)[:, None]
    outer = spine + across * (side * (width + 0.02))[:, None]
    begin = int(np.searchsorted(t, 0.30))
    sheet.fill(np.vstack([outer[begin:], inner[begin:][::-1]]), ink(look, tone + 1.0))


def _shine(
    sheet: Sheet,
    look: Look,
    spine: Points,
    width: Float64[np.ndarray, " n"],
    across: Points,
    lock: Lock,
) -> None:
    # the band runs from edge to edge, so that the locks' bands join into one broken ring
    middle = int(np.abs(spine[:, 1] - lock.shine_at).argmin())
    normal, half = across[middle], max(float(width[middle]), 0.02)
    along = np.array([normal[1], -normal[0]]) * (1.0 if normal[0] > 0 else -1.0)
    along = along if along[1] > 0 else -along
    flip = 1.0 if int(lock.width * 1000 + lock.shine * 10) % 2 else -1.0
    local = np.array(_BAND) * (half * flip, lock.shine)
    shape = spine[middle] + local[:, :1] * normal + local[:, 1:] * along
    sheet.fill(shape, ink(look, -0.75), 0.66)


# across (half widths), along (W, + towards the tip)
_BAND = (
    (-1.1, -0.006), (-0.60, -0.026), (-0.30, -0.034), (0.0, -0.036), (0.30, -0.034), (0.60, -0.026),
    (1.1, -0.006), (1.1, 0.022), (0.90, 0.030), (0.80, 0.080), (0.70, 0.036), (0.46, 0.042),
    (0.32, 0.165), (0.18, 0.048), (-0.08, 0.050), (-0.20, 0.105), (-0.32, 0.046), (-0.60, 0.040),
    (-0.72, 0.078), (-0.82, 0.030), (-1.1, 0.020),
)  # fmt: skip


def _strands(
    sheet: Sheet,
    look: Look,
    spine: Points,
    width: Float64[np.ndarray, " n"],
    across: Points,
    lock: Lock,
) -> None:
    for i in range(lock.strands):
        offset = (-0.35, 0.30, -0.05)[i % 3]
        begin, end = ((0.28, 0.92), (0.42, 0.98), (0.2, 0.7))[i % 3]
        strand = curves.cut(spine + across * (width * offset)[:, None], begin, end)
        sheet.line(strand, line_ink(look, 0.65), look.line * 0.55, 0.8, 0.8, alpha=0.8)
