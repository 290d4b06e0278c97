"""Front hair: dome, tufts and clumps in one silhouette, gloss along the head, the fringe's shadow.

A style is a `Fringe`: a table of locks. Locks are written where they end; `swept` and `tuft` find
their way from the whorl.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.canvas import Sheet, linear, radial
from vtuber.design.craft import gloss, hair
from vtuber.design.craft.hair import Lock
from vtuber.design.curves import Point, Points, bezier, spline
from vtuber.design.look import Look

MIDDLE = -0.22  # height v of the middle of the dome
HAIRLINE = ((1.12, -0.03), (0.93, -0.42), (0.5, -0.69), (0.0, -0.74), (-0.5, -0.69),
            (-0.93, -0.42), (-1.12, -0.03))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fringe:
    """A front hair style."""

    clumps: tuple[Lock, ...]  # over the brow; later ones lie in front
    tufts: tuple[Lock, ...] = ()  # at the rim of the dome, under the clumps
    whorl: Point = (0.16, -1.40)
    wide: float = 1.13  # half width of the dome
    high: float = 1.36  # height of the dome over its middle
    hairline: tuple[Point, ...] = HAIRLINE  # from the performer's left to the right
    ring: float = -0.98  # height v of the gloss in the middle
    gloss: float = 1.0  # strength of the ring
    ring_span: tuple[float, float] = (-0.86, 0.90)
    crown: float = 1.0  # strength of the strand lines at the whorl
    dim: float = 0.5  # strength of the shade on the side away from the light
    shorn: tuple[tuple[Point, ...], ...] = ()  # cut close below these lines, from front to back
    parting: tuple[Point, ...] = ()  # a line of skin or shadow from the whorl to the hairline
    shadow: float = 0.068  # how far down the fringe throws its shadow, W


def draw(look: Look, board: Board, style: Fringe) -> None:
    """Draw a front hair style: its shadow on the face, then itself."""
    clumps, tufts = _alive(look, style)
    _shadow(board.layer("hair_shadow", depth=0.27, clip="face"), look, style, clumps)
    sheet = board.layer("front_hair", depth=0.40, group="front_hair")
    top = dome(style.wide, style.high)
    cap = curves.joined(top, spline(style.hairline)[1:-1])
    shapes = [cap, *(hair.outline(lock)[2] for lock in (*tufts, *clumps))]
    with hair.merged(sheet, look, shapes):
        for line in style.shorn:
            _stubble(sheet, look, line)
        for lock in tufts:
            hair.lay_lock(sheet, look, lock)
        for lock in clumps:
            hair.lay_lock(sheet, look, lock)
        _volume(sheet, look, style, top)
        _crown(sheet, look, style)
        _part(sheet, look, style)
        if style.gloss:
            gloss.ring(sheet, look, style.ring, style.whorl[0], style.ring_span, style.gloss)
    if style.crown and not style.tufts:
        _stray(sheet, look, style)


def dome(wide: float = 1.13, high: float = 1.36) -> Points:
    """Give the top of the hair from ear to ear: a superellipse."""
    angles = np.radians(np.linspace(172, 368, 120))
    power = 2 / 2.25
    cos, sin = np.cos(angles), np.sin(angles)
    return np.column_stack(
        [
            wide * np.sign(cos) * np.abs(cos) ** power,
            MIDDLE + high * np.sign(sin) * np.abs(sin) ** power,
        ]
    )


def swept(
    tip: Point,
    lean: float,
    width: float,
    whorl: Point = (0.16, -1.40),
    dye: float = 0.45,
    strands: int = 2,
    sharp: float = 1.35,
    blunt: float = 0.0,
    drop: float = 0.50,
    peak: float = 0.50,
) -> Lock:
    """Lead a lock from the whorl over the dome to its tip; `lean` bends its end sideways."""
    out = tip[0] - whorl[0]
    path = bezier(
        (whorl[0] + out * 0.22, whorl[1] + 0.06 + 0.10 * abs(out)),
        (whorl[0] + out * 1.02, whorl[1] + 0.12 + 0.18 * abs(out)),
        (tip[0] + out * 0.12 - lean * 1.3, tip[1] - drop),
        (tip[0] + lean, tip[1]),
        7,
    )
    return Lock(
        [(float(u), float(v)) for u, v in path],
        width,
        root=0.55,
        peak=peak,
        shadow=1.0 if out < 0 else -1.0,
        dye=dye,
        open_root=0.42,
        strands=strands if width > 0.08 else 0,
        sharp=sharp,
        blunt=blunt,
    )


def tuft(
    angle_deg: float,
    length: float,
    bend: float,
    width: float,
    wide: float = 1.13,
    high: float = 1.36,
    deep: float = 0.42,
) -> Lock:
    """Let a lock stand off the dome at an angle: 0 is the performer's left, 90 up; + bends down."""
    angle = np.radians(angle_deg)
    out = np.array([np.cos(angle), -np.sin(angle)])
    rim = np.array([wide * out[0], MIDDLE + high * out[1]])
    aside = np.array([-out[1], out[0]])
    tip = rim + out * length + aside * bend
    deep *= 0.28 + 0.72 * float(out[1]) ** 2  # roots at the sides stay off the face
    path = [
        rim - out * deep - aside * bend * 0.9,
        rim - out * deep * 0.45 - aside * bend * 0.55,
        rim + out * length * 0.15 - aside * bend * 0.05,
        tip,
    ]
    return Lock(
        [(float(u), float(v)) for u, v in path],
        width,
        root=0.7,
        peak=0.42,
        shadow=1.0 if out[0] < 0.2 else -1.0,
        dye=0.4,
        open_root=0.40,
        strands=1,
        sharp=1.15,
    )


def both(*locks: Lock) -> tuple[Lock, ...]:
    """Add to each lock its mirror image."""
    return tuple(
        copy
        for lock in locks
        for copy in (
            lock,
            replace(lock, spine=[(-u, v) for u, v in lock.spine], shadow=-lock.shadow),
        )
    )


def _alive(look: Look, style: Fringe) -> tuple[list[Lock], list[Lock]]:
    """Move tips a little by the design's seed, and dye the streaks."""
    rng = look.rng("front_hair")
    found: list[Lock] = []
    dyed = hair.streaked(look, "front_hair", len(style.clumps))
    for i, lock in enumerate((*style.clumps, *style.tufts)):
        du, dv = rng.uniform(-0.022, 0.022, 2)
        (u, v), kept = lock.spine[-1], lock.spine[:-1]
        streak = 0.92 if i < len(dyed) and dyed[i] else 0.0
        dye = lock.dye * look.design.hair.gradient
        spine = kept if lock.blunt else [*kept, (u + float(du), v + float(dv))]
        spine = lock.spine if lock.blunt else spine
        found.append(replace(lock, spine=spine, streak=streak, dye=dye))
    return found[: len(style.clumps)], found[len(style.clumps) :]


def _volume(sheet: Sheet, look: Look, style: Fringe, top: Points) -> None:
    lit = look.hair.light(0.6)
    centre = (-0.36, MIDDLE - style.high * 0.66)
    sheet.fill(
        curves.ellipse(centre, 0.95, 0.7),
        radial(centre, 0.95, [(0.0, lit, 0.38), (1.0, lit, 0.0)], 0.7),
    )
    # the side away from the light: a crescent with strands for its edge
    edge = top[62:]
    t = np.linspace(0.0, 1.0, len(edge))
    teeth = 0.5 + 0.5 * np.abs((t * 5.0) % 1.0 - 0.35)
    depth = 0.30 * np.sin(np.pi * np.clip(t, 0, 1) ** 0.8) ** 0.9 * teeth
    inner = edge + np.column_stack([-depth, depth * 0.25])
    crescent = curves.joined(edge + np.array([0.05, -0.02]), inner[::-1])
    sheet.shadow(crescent, hair.ink(look, 1.2), style.dim)
    dark = look.hair_root.shade(1.1)
    sheet.fill(
        [(-1.6, -0.9), (1.6, -0.9), (1.6, 0.7), (-1.6, 0.7)],
        linear((0, -0.9), (0, 0.7), [(0.0, dark, 0.0), (0.4, dark, 0.38), (1.0, dark, 0.0)]),
    )


# how far round the head, where it begins and ends along the way down, weight
_STRANDS = ((-1.32, 0.10, 0.60, 0.8), (-1.12, 0.42, 0.80, 0.6), (-0.96, 0.16, 0.66, 1.0),
            (-0.74, 0.46, 0.86, 0.6), (-0.56, 0.10, 0.62, 0.8), (-0.36, 0.40, 0.78, 0.6),
            (-0.20, 0.14, 0.50, 0.8), (0.06, 0.30, 0.72, 0.6), (0.22, 0.12, 0.56, 0.9),
            (0.40, 0.44, 0.84, 0.6), (0.56, 0.14, 0.64, 1.0), (0.74, 0.36, 0.80, 0.6),
            (0.90, 0.12, 0.60, 0.8))  # fmt: skip


def _crown(sheet: Sheet, look: Look, style: Fringe) -> None:
    u, v = style.whorl
    for bend, begin, end, weight in _STRANDS:
        strand = bezier(
            (u + bend * 0.06, v - 0.02),
            (u + bend * 0.62, v - 0.03 + 0.05 * abs(bend)),
            (u + bend * 0.96, v + 0.22 + 0.12 * abs(bend)),
            (u + bend * 1.04, v + 0.62),
        )
        line, wide = curves.cut(strand, begin, end), look.line * 0.62 * weight
        sheet.line(line, hair.line_ink(look, 0.6), wide, 0.7, 0.9, alpha=0.75 * style.crown)


def _stubble(sheet: Sheet, look: Look, line: tuple[Point, ...]) -> None:
    dark = look.hair_root.shade(0.9)  # in its own hue: skin shines through as paleness only
    paler = dark.lightness + 0.16 * (look.skin.lightness - dark.lightness)
    close = replace(dark, lightness=paler, chroma=0.75 * dark.chroma)
    above, side = spline(line), np.sign(line[0][0])
    area = curves.joined(above, [(1.4 * side, line[-1][1]), (1.4 * side, 0.4), (0.6 * side, 0.4)])
    sheet.fill(area, close)
    rng = look.rng("stubble")
    with sheet.clip(area):
        for v in np.arange(-1.1, 0.16, 0.028):
            u = side * (1.10 - 0.32 * float(rng.random()))
            down = float(rng.uniform(0.05, 0.10))
            stroke = np.linspace((u, v), (u + 0.014 * side, v + down), 6)
            sheet.line(stroke, close.shade(0.9), look.line * 0.55, 0.6, 0.6, alpha=0.7)
    sheet.line(above, hair.line_ink(look), look.line, 0.1, 0.3)


# along the dome (degrees, 90 up), how far it reaches along and off the dome
_STRAY = ((116, 26, 0.045), (68, -30, 0.055), (141, 20, 0.035), (38, -22, 0.04))


def _stray(sheet: Sheet, look: Look, style: Fringe) -> None:
    """Let a few single hairs stand off the smooth dome."""
    rng = look.rng("stray")
    for begin_deg, span_deg, off in _STRAY:
        angles = np.radians(begin_deg + rng.uniform(-6, 6) + np.linspace(0.0, span_deg, 24))
        power = 2 / 2.25
        cos, sin = np.cos(angles), np.sin(angles)
        away = np.linspace(0.0, 1.0, 24) ** 1.7 * off - 0.012
        u = (style.wide + away) * np.sign(cos) * np.abs(cos) ** power
        v = MIDDLE - (style.high + away) * np.abs(sin) ** power
        hairline = np.column_stack([u, v])
        sheet.line(hairline, hair.line_ink(look), look.line * 0.55, 0.3, 0.8)


def _part(sheet: Sheet, look: Look, style: Fringe) -> None:
    if style.parting:
        path = spline(style.parting)
        t = curves.parameter(path)
        sheet.fill(curves.ribbon(path, 0.006 + 0.020 * t), hair.ink(look, 1.5))
        sheet.line(path, hair.line_ink(look), look.line * 0.9, 0.7, 0.1)


def _shadow(sheet: Sheet, look: Look, style: Fringe, clumps: list[Lock]) -> None:
    tone, soft = look.skin.skin_shade(), look.design.pen.shading == "soft"
    cap = curves.joined([(1.3, -1.6), (1.3, -0.03)], spline(style.hairline), [(-1.3, -1.6)])
    for shape in [cap, *(hair.outline(lock)[2] for lock in clumps)]:
        # light falls from the upper left
        thrown = curves.moved(shape, 0.024, style.shadow)
        sheet.fill(thrown, tone, blur=0.018 if soft else 0.0)
