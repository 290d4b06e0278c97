"""Animal ears: an ear that grows out of the hair, its inside, its fur, a tuft over its root.

Points are those of the performer's left ear. The root lies inside the dome, where a tuft covers it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.canvas import WHITE, Sheet, linear
from vtuber.design.colour import Colour
from vtuber.design.craft import hair
from vtuber.design.craft.hair import Lock
from vtuber.design.craft.solid import SIDES, scaled, shade, solid
from vtuber.design.curves import Point, Points, point, sided, spline
from vtuber.design.look import Look


@dataclass(frozen=True, slots=True)
class Ear:
    """One ear, on the performer's left."""

    inner: tuple[Point, ...]  # edge from the root by the parting up to the tip
    outer: tuple[Point, ...]  # edge from the tip down to the root by the temple
    hollow_inner: tuple[Point, ...]  # the inside of the ear, in the same way
    hollow_outer: tuple[Point, ...]
    fur: tuple[tuple[Point, Point, float], ...] = ()  # root, tip, width of each tuft of fur inside
    tuft: tuple[tuple[Point, ...], ...] = ()  # spines of the locks that stand before the root
    tuft_width: float = 0.06
    tip: float = 0.0  # W of the ear, from above, dipped in another colour
    flap: tuple[Point, ...] = ()  # the back of an ear that is bent over: its outline


def draw(look: Look, board: Board, ear: Ear, right: Ear | None = None) -> None:
    """Draw both ears behind the dome of the hair, and before it the locks at their roots."""
    for name, side in SIDES:
        own = (right or ear) if side < 0 else ear
        _ear(look, board.layer(f"ear_{name}", on="head", depth=0.02, group="ears"), own, side)
        if look.design.hair.front == "coily":  # its coils lie round the roots already
            continue
        sheet = board.layer(f"ear_tuft_{name}", "front_hair", depth=0.42, mesh=(4, 4),
                            place="headwear", group="front_hair")  # fmt: skip
        for path in own.tuft:
            lock(look, sheet, [(u * side, v) for u, v in path], own.tuft_width, side)


def flesh(look: Look) -> Colour:
    """Give the inside of an animal's ear: rosy, dark enough for the hair around it."""
    rose = Colour(0.80, 0.085, 12.0)
    return rose.mixed(look.skin, 0.35).mixed(look.hair, 0.12)


def fur(look: Look) -> Colour:
    """Give the pale fur in an ear."""
    return look.hair.light(0.9).mixed(Colour(0.97, 0.012, 80.0), 0.6)


def _ear(look: Look, sheet: Sheet, ear: Ear, side: float) -> None:
    outline = sided(curves.joined(spline(ear.inner), spline(ear.outer)[1:]), side)
    with solid(sheet, look, look.hair, outline, pen=hair.line_ink(look)):
        shade(sheet, outline, hair.ink(look, 1.0), -0.06, -0.02)
        if ear.tip:
            _dip(sheet, ear, outline, dipped(look), side)
    hollow = sided(curves.joined(spline(ear.hollow_inner), spline(ear.hollow_outer)[1:]), side)
    pink = flesh(look)
    with solid(sheet, look, pink, hollow, weight=0.75):
        shade(sheet, hollow, pink.shade(1.1), 0.07, 0.10)
    with sheet.clip(outline):
        pale = fur(look)
        for root, tip, width in ear.fur:
            _fur(look, sheet, pale, root, tip, width, side)
    if ear.flap:
        flap = sided(curves.closed_spline(ear.flap), side)
        with solid(sheet, look, look.hair, flap, pen=hair.line_ink(look)):
            shade(sheet, flap, look.hair.shade(1.0), -0.06, -0.03)


def lock(
    look: Look, sheet: Sheet, spine: list[Point], width: float, side: float, melts: bool = True
) -> None:
    """Draw a lock that grows out of the hair and stands before a root."""
    out = spine[-1][0] * side > spine[0][0] * side
    grown = Lock(
        spine, width, root=0.35, peak=0.5, shadow=side if out else -side, open_root=0.4,
        strands=1, sharp=1.25,
    )  # fmt: skip
    hair.draw_lock(sheet, look, grown)
    if not melts:
        return
    # the root melts into the hair below, whose light and shade it does not know
    _, _, shape = hair.outline(grown)
    course = spline(spine)
    root, clear = course[0], course[len(course) // 4]
    away = linear((float(root[0]), float(root[1])), (float(clear[0]), float(clear[1])),
                  [(0.0, WHITE, 1.0), (0.35, WHITE, 0.9), (1.0, WHITE, 0.0)])  # fmt: skip
    sheet.erase(scaled(shape, 1.06), away)


def dipped(look: Look) -> Colour:
    """Give the colour of the dipped tips of ears: dark on light hair, light on dark."""
    if look.hair.lightness > 0.5:
        dark = Colour(look.hair.lightness * 0.45, 0.4 * look.hair.chroma, look.hair.hue_deg)
        return dark.mixed(Colour(0.32, 0.045, 40.0), 0.45)  # a dark yellow is olive
    return look.hair.light(0.9)


def _dip(sheet: Sheet, ear: Ear, outline: Points, dark: Colour, side: float) -> None:
    """Dip the tip of an ear: the colour runs out along both edges, shortest over the hollow."""
    inner, outer = spline(ear.inner)[::-1], spline(ear.outer)
    ends = []
    for edge, reach in ((inner, 1.55), (outer, 1.85)):
        far = np.cumsum(np.linalg.norm(np.diff(edge, axis=0), axis=1))
        ends.append(edge[: int(np.searchsorted(far, ear.tip * reach)) + 1])
    tip, (near, away) = inner[0], (ends[0][-1], ends[1][-1])
    middle = tip + ((near + away) / 2 - tip) * 0.52
    hem = [point(near), point(middle + (near - middle) * 0.42 - (0.0, 0.03)), point(middle),
           point(middle + (away - middle) * 0.42 - (0.0, 0.03)), point(away)]  # fmt: skip
    dip = sided(curves.joined(ends[0], spline(hem), ends[1][::-1]), side)
    sheet.fill(dip, dark)
    with sheet.clip(dip):
        shade(sheet, outline, dark.shade(1.0), -0.06, -0.02)


def _fur(
    look: Look, sheet: Sheet, colour: Colour, root: Point, tip: Point, width: float, side: float
) -> None:
    a, b = np.array(root), np.array(tip)
    across = np.array([-(b - a)[1], (b - a)[0]]) * 0.16
    course = sided(spline([root, point(a + (b - a) * 0.55 + across), tip]), side)
    t = curves.parameter(course)
    leaf = curves.ribbon(course, width * (1 - t**1.4) * np.minimum(0.7 + t, 1.0))
    sheet.stroke(leaf, look.pen(colour), look.line * 0.9, closed=True, sharp=True)
    sheet.fill(leaf, colour)
