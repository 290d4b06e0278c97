"""Ring: clear and smooth, a bright ring around a small pupil."""

from __future__ import annotations

from vtuber.design.canvas import Sheet
from vtuber.design.craft import iris
from vtuber.design.craft.eye import Eye

ODDS = 2.5  # of being rolled, beside a common style


def draw(eye: Eye, sheet: Sheet) -> None:
    """Draw the whole iris; the eye white cuts it."""
    own = iris.measure(eye)
    iris.ball(own, sheet, 1.1)
    sheet.fill(own.ring(0.80), own.dark, 0.40)
    sheet.fill(own.ring(0.60), own.dark.mixed(own.tone, 0.25), 0.75)
    sheet.stroke(own.ring(0.61), own.low.light(0.7), own.rx * 0.13, alpha=0.95, closed=True)
    sheet.stroke(own.ring(0.80), own.dark, own.rx * 0.04, alpha=0.45, closed=True)
    iris.pupil(own, sheet, own.ring(0.34))
    iris.finish(own, sheet, 0.5)
