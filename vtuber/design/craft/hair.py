"""Hair as locks: one way to draw a lock, and the inks of the gradient that all hair shares.

Locks that grow together are drawn as one mass: `merged` fills them and outlines their union, and
inside it `lay_lock` draws each, with the shadow that it throws on those beneath.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float64

from vtuber.design import curves
from vtuber.design.canvas import Ink, Shape, Sheet, linear, union
from vtuber.design.colour import Colour
from vtuber.design.curves import Point, Points, spline
from vtuber.design.look import Look

PINHOLE = 0.012  # W^2
TOP, TIP = -1.55, 2.35  # where the gradient of the hair begins and ends
FAR_DEG = 60.0  # between hues: from here on two colours mix to grey, and go round the wheel instead
_STEPS = (0.17, 0.33, 0.5, 0.67, 0.83, 1.0)


def ink(look: Look, shade: float = 0.0) -> Ink:
    """Give the hair's gradient, from root to tip, in shadow (+) or light (-)."""
    return linear((0, TOP), (0, TIP), [(t, c, 1.0) for t, c in _stops(look, shade)])


def line_ink(look: Look, softness: float = 0.0) -> Ink:
    """Give the ink of hair contours; `softness` 1 is almost the hair's own shadow."""
    stops = []
    for place, colour in _stops(look, 0.0):
        stops.append((place, look.pen(colour).mixed(colour.shade(1.6), softness), 1.0))
    return linear((0, TOP), (0, TIP), stops)


def tinted(
    look: Look, tint: Colour, strength: float, begin: Point, end: Point, tone: float = 0.0
) -> Ink:
    """Give the ink that lays a dye over hair: nothing at `begin`, its strength at `end`."""
    is_far = look.hair.hue_gap(tint) > FAR_DEG
    is_apart = is_far or abs(look.hair.lightness - tint.lightness) > 0.3
    if strength > 0.8 and is_apart:  # a dyed lock begins clearly
        return linear(begin, end, [(0.0, tint, 0.0), (0.15, tint, strength), (1.0, tint, strength)])
    if not is_far:
        return linear(begin, end, [(0.0, tint, 0.0), (1.0, tint, strength)])
    base = look.hair.shade(tone) if tone >= 0 else look.hair.light(-tone)
    stops = [(k, base.clear_mix(tint, k * strength), min(4 * k, 1.0)) for k in (0.0, *_STEPS)]
    return linear(begin, end, stops)


def _stops(look: Look, shade: float) -> list[tuple[float, Colour]]:
    stops = [(0.0, look.hair), (0.18, look.hair.mixed(look.hair_root, 0.55)), (0.48, look.hair)]
    if look.hair.hue_gap(look.hair_tip) > FAR_DEG:
        stops += [(0.48 + 0.47 * k, look.hair.clear_mix(look.hair_tip, k)) for k in _STEPS]
    else:
        stops += [(0.72, look.hair.mixed(look.hair_tip, 0.55)), (0.95, look.hair_tip)]
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
    blunt: float = 0.0  # 0 ends in a point, 1 is cut straight
    streak: float = 0.0  # how much it is dyed in the colour of the streaks, from below the root
    edge: float = 1.0  # weight of its contour


def outline(lock: Lock) -> tuple[Points, Float64[np.ndarray, " n"], Points]:
    """Give (spine, half widths, closed polygon)."""
    spine = spline(lock.spine, 18)
    t = curves.parameter(spine)
    rise = np.sin(np.clip(t / lock.peak, 0, 1) * np.pi / 2) ** 1.2
    width = lock.width * (lock.root + (1 - lock.root) * rise)
    fall = np.clip((t - lock.peak) / (1 - lock.peak), 0, 1)
    width = width * (1 - fall**lock.sharp * (1 - lock.blunt))
    return spine, width, curves.ribbon(spine, width)


def draw_lock(sheet: Sheet, look: Look, lock: Lock, tone: float = 0.0) -> None:
    """Draw fill, shade, highlight, strands and contour of one lock."""
    _inside(sheet, look, lock, tone)
    _edges(sheet, look, lock, 1.0, 0.9 if lock.open_root else 0.25)


def lay_lock(sheet: Sheet, look: Look, lock: Lock, tone: float = 0.0, cast: float = 1.0) -> None:
    """Draw a lock upon others, within `merged`: first its shadow on them, then itself."""
    spine, width, _ = outline(lock)
    if cast and look.design.pen.shading != "flat":
        # the root lies on the hair it grows from and throws none
        t = curves.parameter(spine)
        rise = np.clip((t - lock.open_root * 0.7) / 0.3, 0.0, 1.0)
        begin = int(np.searchsorted(t, lock.open_root * 0.7))
        thrown = curves.ribbon(spine, width * (0.3 + 0.7 * rise))
        n = len(spine)
        kept = np.vstack([thrown[begin:n], thrown[n : 2 * n - begin]])
        sheet.shadow(kept + np.array([0.026, 0.036]) * cast, ink(look, tone + 1.1))
    _inside(sheet, look, lock, tone)
    _edges(sheet, look, lock, 0.8, 1.1)


@contextmanager
def merged(
    sheet: Sheet, look: Look, shapes: Sequence[Shape], tone: float = 0.0, weight: float = 1.0
) -> Iterator[None]:
    """Fill shapes as one mass; what is drawn inside stays within it; its outline comes last."""
    outlines = union(*shapes)
    # the largest first; a pinhole between two locks is none
    whole = sum(abs(curves.area(around)) >= PINHOLE for around in outlines)
    outlines, pinholes = outlines[:whole], outlines[whole:]
    for shape in (*shapes, *pinholes):
        sheet.fill(shape, ink(look, tone))
    with sheet.clip(_with_holes(outlines)):
        yield
    for around in outlines:
        contour(sheet, line_ink(look), around, look.line * weight, square=True)


def contour(sheet: Sheet, pen: Ink, around: Points, weight: float, square: bool = False) -> None:
    """Draw a closed outline as a pen does: thin at the tips, thick in valleys and below.

    The ends of locks that are cut `square` get an even line: between two tips it would vanish.
    """
    around = _even(around, 0.012)
    if curves.area(around) < 0:
        around = around[::-1]
    turn = _turns(around)
    corners = [
        i
        for i in np.flatnonzero(np.abs(turn) > 0.75)
        if abs(turn[i]) >= np.abs(np.take(turn, range(i - 4, i + 5), mode="wrap")).max()
    ]
    if not corners:
        corners = [0]
    for i, j in zip(corners, [*corners[1:], corners[0] + len(around)], strict=True):
        piece = np.take(around, range(i, j + 1), axis=0, mode="wrap")
        if len(piece) < 4:
            continue
        away = np.arange(len(piece)) * 0.012
        width = np.full(len(piece), 1.0)
        bends = turn[[i, j % len(around)]]
        if square and len(piece) < 26 and bends.max() > 0.75 and np.abs(bends).max() < 2.1:
            sheet.fill(curves.ribbon(piece, width * weight * 0.45), pen)
            continue
        for corner, far in ((i, away), (j % len(around), away[::-1])):
            tip = turn[corner] > 0.75  # a tip turns clockwise, a valley the other way
            reach, floor = (0.34, 0.0) if tip else (0.10, 0.30)
            width *= floor + (1 - floor) * np.clip(far / reach, 0.0, 1.0) ** 0.6
        below = -curves.normals(piece) @ np.array([0.35, 0.9])
        width *= 1.0 + 0.22 * below
        sheet.fill(curves.ribbon(piece, width * weight * 0.56), pen)


def _turns(around: Points) -> Float64[np.ndarray, " n"]:
    before = around - np.roll(around, 3, axis=0)
    after = np.roll(around, -3, axis=0) - around
    cross = before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0]
    return np.asarray(np.arctan2(cross, (before * after).sum(axis=1)))


def _even(around: Points, step: float) -> Points:
    closed = np.vstack([around, around[:1]])
    steps = np.linalg.norm(np.diff(closed, axis=0), axis=1)
    length = np.concatenate([[0.0], np.cumsum(steps)])
    at = np.linspace(0.0, length[-1], max(int(length[-1] / step), 8), endpoint=False)
    return np.column_stack([np.interp(at, length, closed[:, k]) for k in (0, 1)])


def _with_holes(outlines: Sequence[Points]) -> Points:
    # one polygon: the holes hang on bridges without width and run the other way round
    first = outlines[0] if curves.area(outlines[0]) > 0 else outlines[0][::-1]
    parts = [first, first[:1]]
    for hole in outlines[1:]:
        turned = hole if curves.area(hole) < 0 else hole[::-1]
        parts += [turned, turned[:1], first[:1]]
    return np.vstack(parts)


def streaked(look: Look, part: str, count: int) -> list[bool]:
    """Choose which of a part's locks are dyed: the design's share of them, at least one."""
    share = look.design.hair.streaks
    many = max(1, round(share * count)) if share else 0
    chosen = set(look.rng(f"streaks {part}").permutation(count)[:many].tolist())
    return [i in chosen for i in range(count)]


def _dyed(look: Look, lock: Lock, spine: Points, tone: float) -> Ink:
    begin, end = (_place(spine, t) for t in (0.15, 0.55))
    tint = look.streak.shade(tone)
    return tinted(look, tint, lock.streak, begin, end, tone)


def _place(spine: Points, t: float) -> Point:
    u, v = spine[round(t * (len(spine) - 1))]
    return (float(u), float(v))


def _inside(sheet: Sheet, look: Look, lock: Lock, tone: float) -> None:
    spine, width, shape = outline(lock)
    across = curves.normals(spine)
    sheet.fill(shape, ink(look, tone))
    if lock.streak:
        sheet.fill(shape, _dyed(look, lock, spine, tone))
    if lock.dye:
        above, below = _place(spine, 0.45), _place(spine, 0.92)
        half = len(spine) * 2 // 5  # of a lock that bends back, the root lies beside its tip
        end = curves.ribbon(spine[half:], width[half:])
        sheet.fill(end, tinted(look, look.hair_tip, lock.dye, above, below, tone))
    with sheet.clip(shape):
        if lock.shadow:
            _shade(sheet, look, lock, spine, width, across, tone)
        if lock.shine:
            _shine(sheet, look, spine, width, across, lock)
        _strands(sheet, look, spine, width, across, lock)


def _edges(sheet: Sheet, look: Look, lock: Lock, weight: float, begin: float) -> None:
    spine, width, _ = outline(lock)
    across = curves.normals(spine)
    weight *= lock.edge
    weight *= look.line * float(np.clip(lock.width / 0.12, 0.6, 1.0))
    end = 0.22 if not lock.blunt else 0.05
    for side in (1.0, -1.0):
        edge = spine + across * (width * side)[:, None]
        edge = curves.cut(edge, lock.open_root, 1.0)
        sheet.line(edge, line_ink(look), weight, begin, end)


def _shade(
    sheet: Sheet,
    look: Look,
    lock: Lock,
    spine: Points,
    width: Float64[np.ndarray, " n"],
    across: Points,
    tone: float,
) -> None:
    side = lock.shadow
    # a sickle along one edge, pointed at both ends: blunt starts look like stuck tape
    t = curves.parameter(spine)
    bite = 1.0 - 0.85 * np.sin(np.clip((t - 0.30) / 0.70, 0, 1) * np.pi) ** 0.8
    inner = spine + across * (side * width * bite)[:, None]
    outer = spine + across * (side * (width + 0.02))[:, None]
    begin = int(np.searchsorted(t, 0.30))
    sickle = np.vstack([outer[begin:], inner[begin:][::-1]])
    sheet.fill(sickle, ink(look, tone + 1.0))
    if lock.streak:
        sheet.fill(sickle, _dyed(look, lock, spine, tone + 1.0))


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
