"""Moon: a crescent shines in a night-dark pupil."""

from __future__ import annotations

import numpy as np

from vtuber.design import curves
from vtuber.design.canvas import Sheet
from vtuber.design.craft import iris
from vtuber.design.craft.eye import Eye


def draw(eye: Eye, sheet: Sheet) -> None:
    """Draw the whole iris; the eye white cuts it."""
    own = iris.measure(eye)
    iris.ball(own, sheet)
    night = own.ring(0.60)
    iris.pupil(own, sheet, night)
    (u, v), r = own.centre, own.rx
    with (
        sheet.clip(night),
        sheet.outside(curves.ellipse((u + r * 0.20, v - own.ry * 0.10), r * 0.36, own.ry * 0.36)),
    ):
        sheet.fill(curves.ellipse((u, v), r * 0.47, own.ry * 0.47), own.low.light(1.0))
    for x, y, size in ((0.26, -0.14, 0.055), (0.10, 0.06, 0.035), (0.34, 0.10, 0.030)):
        spot = (u + r * x, v + own.ry * y)
        sheet.fill(curves.star(spot, size * 2.2 * r, size * 0.8 * r), own.low.light(1.3))
    glow = np.linspace(0.0, 1.0, 3)[1:]
    for share in glow:
        sheet.stroke(own.ring(0.60 + 0.12 * float(share)), own.low, r * 0.03, 0.4, closed=True)
    iris.finish(own, sheet, 0.4)
