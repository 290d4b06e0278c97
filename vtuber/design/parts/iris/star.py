"""Star: a bright four-pointed star in the dark of the pupil."""

from __future__ import annotations

import numpy as np

from vtuber.design import curves
from vtuber.design.canvas import Sheet
from vtuber.design.craft import iris
from vtuber.design.craft.eye import Eye

ODDS = 0.3  # of being rolled, beside a common style


def draw(eye: Eye, sheet: Sheet) -> None:
    """Draw the whole iris; the eye white cuts it."""
    own = iris.measure(eye)
    iris.ball(own, sheet)
    iris.pupil(own, sheet, own.ring(0.52))
    angles = np.radians(np.arange(8) * 45.0 - 90.0)
    reach = np.where(np.arange(8) % 2 == 0, 0.62, 0.17)
    star = own.at(np.column_stack([np.cos(angles) * reach, np.sin(angles) * reach]))
    sheet.stroke(star, own.ink, own.rx * 0.10, closed=True, sharp=True)
    glint = own.low.light(1.1)
    sheet.fill(star, glint)
    sheet.fill(curves.ellipse(own.centre, own.rx * 0.10, own.ry * 0.09), own.low.light(1.8))
    iris.finish(own, sheet, 0.45)
