"""How sleeves are drawn: tubes hung from a seam, lit from the upper left, dark in the armpit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vtuber.design import curves
from vtuber.design.canvas import Sheet
from vtuber.design.colour import Colour
from vtuber.design.craft.cloth import (
    UNDER,
    Fold,
    Path,
    dim,
    even,
    fall,
    folds,
    ink,
    lit,
    panel,
)
from vtuber.design.curves import Points, joined, sided, spline
from vtuber.design.look import Look

# folds of an arm that hangs
ARM: tuple[Fold, ...] = (
    ([(1.03, 2.66), (1.18, 2.66), (1.32, 2.54), (1.42, 2.36)], 0.09),
    ([(1.06, 2.84), (1.22, 2.90), (1.38, 2.84), (1.52, 2.68)], 0.10),
    ([(1.72, 2.92), (1.60, 3.10), (1.44, 3.18), (1.26, 3.18)], 0.12),
    ([(1.10, 3.16), (1.26, 3.34), (1.44, 3.38), (1.60, 3.30)], 0.10),
    ([(1.80, 3.24), (1.66, 3.44), (1.48, 3.52), (1.28, 3.52)], 0.12),
)


@dataclass(frozen=True, slots=True)
class Sleeve:
    """A sleeve on the performer's left: its outline, and folds where it is caught."""

    seam: Path  # from the shoulder to the armpit
    outer: Path  # from the same shoulder point down the outside
    inner: Path  # from the armpit down the inside
    folds: Sequence[Fold] = ()

    def shape(self, side: float) -> Points:
        return sided(
            joined(spline(self.outer), spline(self.inner)[::-1], spline(self.seam)[::-1]), side
        )


def sleeve(
    look: Look, sheet: Sheet, side: float, fill: Colour, cut: Sleeve, *, figured: bool = False
) -> None:
    """Draw a sleeve, light from the upper left, with its seam from the armpit."""
    _against(sheet, side, cut)
    # no outline where it is sewn on: the seam runs out towards the shoulder
    for edge, begin in ((cut.outer, 0.16), (cut.inner, 0.0)):
        sheet.line(sided(spline(edge), side), look.pen(fill), look.line * 1.8, begin, 0.0)
    with panel(look, sheet, cut.shape(side), fill, weight=0.0, figured=figured):
        fall(sheet, fill)
        round_off(look, sheet, side, fill, cut.outer, cut.inner)
        folds(look, sheet, cut.folds, fill, side)
        _hollow(sheet, sided(_pit(cut, 0.70, 0.2), side), fill)
        _cap(sheet, side, fill, cut.outer)
    sheet.line(sided(spline(cut.seam), side), ink(look, fill), look.line * 1.25, 0.8, 0.1)


def _against(sheet: Sheet, side: float, cut: Sleeve) -> None:
    """Lay the arm's shadow on what is there of the trunk."""
    course = _pit(cut, 0.35, 0.7)
    swell = (0.09 if side > 0 else 0.13) * curves.taper(curves.parameter(course), 1.1, 0.9)
    with sheet.inside():
        sheet.shadow(sided(curves.ribbon(course, swell), side), UNDER, 0.20)


def _pit(cut: Sleeve, begin: float, end: float) -> Points:
    """Give the course from the seam round the armpit down the inside."""
    return joined(curves.cut(spline(cut.seam), begin, 1.0), curves.cut(spline(cut.inner), 0.0, end))


def _hollow(sheet: Sheet, course: Points, fill: Colour) -> None:
    """Lay the darkest tone on both sides of a course: where cloth meets cloth."""
    swell = 0.055 * curves.taper(curves.parameter(course), 0.9, 0.9)
    sheet.shadow(curves.ribbon(course, swell), dim(fill, 1.7))


def _cap(sheet: Sheet, side: float, fill: Colour, outer: Path) -> None:
    """Light the shoulder from the upper left, and a thin rim down the arm."""
    edge = spline(outer)
    inward = curves.normals(edge)
    inward *= 1.0 if inward[len(edge) // 3, 0] < 0 else -1.0
    for begin, end, inset, width in ((0.03, 0.40, 0.085, 0.075), (0.10, 0.70, 0.030, 0.020)):
        course = curves.cut(edge + inward * inset, begin, end if side < 0 else end * 0.6)
        sheet.line(sided(course, side), lit(fill), width, 0.6, 1.0, 0.9 if side < 0 else 0.6)


def round_off(
    look: Look, sheet: Sheet, side: float, fill: Colour, outer: Path, inner: Path
) -> None:
    """Shade a tube on the side away from the light, and light its other edge."""
    out, into = even(spline(outer)), even(spline(inner))
    t = np.linspace(0, 1, len(out))[:, None]
    wave = 0.05 * np.sin(t * 9.0)
    if side > 0:
        edge = out + (into - out) * (0.30 + wave) * np.clip(t * 6, 0.25, 1)
        sheet.shadow(joined(curves.moved(out, 0.3, 0.0), edge[::-1]), dim(fill))
    else:
        edge = into + (out - into) * (0.30 + wave)
        sheet.shadow(sided(joined(curves.moved(into, -0.3, 0.0), edge[::-1]), side), dim(fill))
        glow = out + (into - out) * (0.16 + 0.3 * wave)
        sheet.line(sided(curves.cut(glow, 0.10, 0.62), side), lit(fill), 0.045, 0.7, 0.9, 0.8)
