"""How W, the unit of all drawing, lies on a canvas of pixels. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from vtuber.design.curves import Point

Box: TypeAlias = tuple[int, int, int, int]  # left, top, right, bottom, px


@dataclass(frozen=True, slots=True)
class Frame:
    """How W lies on the canvas; layers reach `margin_px` beyond it on every side."""

    size_px: tuple[int, int] = (1024, 1280)
    unit_px: float = 220.0
    eye_line_px: float = 556.0
    margin_px: int = 176

    def px(self, point: Point) -> tuple[float, float]:
        return (
            self.size_px[0] / 2 + point[0] * self.unit_px,
            self.eye_line_px + point[1] * self.unit_px,
        )

    def scaled(self, factor: float) -> Frame:
        width, height = self.size_px
        return Frame(
            (round(width * factor), round(height * factor)),
            self.unit_px * factor,
            self.eye_line_px * factor,
            round(self.margin_px * factor),
        )

    @property
    def whole(self) -> Box:
        """The canvas with its margin."""
        width, height = self.size_px
        m = self.margin_px
        return (-m, -m, width + m, height + m)
