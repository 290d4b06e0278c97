"""Eyes: white, iris, light, lashes, and the closed and happy lids. Each whole behind the next.

Drawn once in eye coordinates (x outwards from the middle of the eye), for both sides; the lights
are not mirrored, because one lamp lights both eyes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float64

from vtuber.design import catalogue, curves
from vtuber.design.board import Board
from vtuber.design.canvas import WHITE, Sheet, linear
from vtuber.design.colour import Colour
from vtuber.design.curves import Point, Points, bezier, cut, joined, spline
from vtuber.design.look import Look


def draw(look: Look, board: Board) -> None:
    for name, side in (("left", 1.0), ("right", -1.0)):
        Eye(look, board, name, side).draw()


@dataclass(frozen=True, slots=True)
class EyeShape:
    """The opening of an eye. Points in half widths and half heights from its middle, x outwards."""

    width: float = 1.0  # of the character's eye
    height: float = 1.0
    inner: Point = (-0.93, 0.34)
    outer: Point = (0.99, -0.02)
    top: Point = (0.06, -0.99)
    bottom: Point = (0.12, 0.985)
    # two Bezier handles each: inner to top, top to outer, outer to bottom, bottom to inner
    rise: tuple[Point, Point] = ((-0.84, -0.42), (-0.46, -0.99))
    fall: tuple[Point, Point] = ((0.56, -0.99), (0.92, -0.62))
    under: tuple[Point, Point] = ((0.98, 0.46), (0.68, 0.985))
    back: tuple[Point, Point] = ((-0.34, 0.985), (-0.80, 0.74))
    tilt: float = 0.02  # W by which the outer corner is lifted
    iris: float = 1.0  # size of the iris, 1 = three quarters of the width
    iris_v: float = 0.0  # half heights by which its middle lies lower


class Eye:
    """One eye while it is drawn: what iris and lash styles read, and where they draw."""

    def __init__(self, look: Look, board: Board, name: str, side: float) -> None:
        self.look, self.board, self.name, self.side = look, board, name, side
        eyes = look.design.eyes
        self.shape: EyeShape = catalogue.style("eye_shape", eyes.shape).SHAPE
        self.iris_style = catalogue.style("iris", eyes.iris)
        self.lash_style = catalogue.style("lashes", eyes.lashes)
        shape = self.shape
        self.w, self.h = look.eye_width / 2 * shape.width, look.eye_height / 2 * shape.height
        self.inner, self.top, self.bottom = map(self._sized, (shape.inner, shape.top, shape.bottom))
        x, y = self._sized(shape.outer)
        self.outer = (x, y - shape.tilt)
        self.upper = joined(
            self._arc(self.inner, shape.rise, self.top),
            self._arc(self.top, shape.fall, self.outer)[1:],
        )
        self.lower = joined(
            self._arc(self.outer, shape.under, self.bottom),
            self._arc(self.bottom, shape.back, self.inner)[1:],
        )
        self.colour = look.eye_left if name == "left" else look.eye_right
        self.lash = look.pen(look.hair_root).mixed(Colour(0.22, 0.05, 330.0), 0.55)

    def _arc(self, begin: Point, handles: tuple[Point, Point], end: Point) -> Points:
        return bezier(begin, self._sized(handles[0]), self._sized(handles[1]), end)

    def _sized(self, point: Point) -> Point:
        return (point[0] * self.w, point[1] * self.h)

    @property
    def iris(self) -> tuple[Point, float, float]:
        """Give the middle of the iris (W, on the face) and its half width and half height."""
        u, v = self.at([(0.0, self.shape.iris_v * self.h)])[0]
        return (
            (float(u), float(v)),
            self.w * 0.735 * self.shape.iris,
            self.h * 1.06 * self.shape.iris,
        )

    def draw(self) -> None:
        self._white()
        self._iris()
        self._light()
        self._heart()
        self._star()
        self._lash_lower()
        self._crease()
        self._lash_upper()
        self._lid_closed()
        self._lid_happy()
        for where in ("inner", "outer", "top", "bottom"):
            self.board.mark(f"eye_{self.name}_{where}", self.at([getattr(self, where)])[0])
        self.board.mark(f"iris_{self.name}", self.iris[0])

    def at(self, points: Points | list[Point]) -> Points:
        local = np.array(points, float)
        return np.column_stack([(local[:, 0] + self.look.eye_out) * self.side, local[:, 1]])

    def lit(self, x: float, y: float) -> Point:
        """Place a light: x to the right in the picture on both eyes."""
        return (self.look.eye_out * self.side + x, y)

    def _layer(self, role: str, depth: float, clip: bool = False) -> Sheet:
        return self.board.layer(
            f"{role}_{self.name}",
            depth=depth,
            clip=f"eye_white_{self.name}" if clip else None,
        )

    def _white(self) -> None:
        sheet = self._layer("eye_white", 0.42)
        # it reaches under the lash, so that no skin shows between them while the lid travels
        under = self.upper - curves.normals(self.upper) * 0.4 * self.swell()[:, None]
        shape = self.at(joined(under, self.lower[1:]))
        sheet.fill(shape, Colour(0.985, 0.004, 285.0))
        with sheet.clip(shape):
            below = self.at(curves.moved(self.upper, 0.0, self.h * 0.30))
            shadow = joined(self.at(curves.moved(self.upper, 0.0, -0.1)), below[::-1])
            sheet.fill(shadow, Colour(0.83, 0.042, 285.0))

    def _iris(self) -> None:
        self.iris_style.draw(self, self._layer("iris", 0.425, clip=True))

    def _light(self) -> None:
        sheet = self._layer("eye_light", 0.44, clip=True)
        w, h = self.w, self.h
        sheet.fill(curves.ellipse(self.lit(-w * 0.30, -h * 0.44), w * 0.235, h * 0.235), WHITE)
        sheet.fill(curves.ellipse(self.lit(w * 0.34, h * 0.36), w * 0.115, h * 0.115), WHITE, 0.95)
        sheet.fill(curves.ellipse(self.lit(-w * 0.36, -h * 0.02), w * 0.06, h * 0.06), WHITE, 0.9)
        arc = curves.ellipse(self.lit(0, 0), w * 0.56, h * 0.84, 62, 118)
        sheet.line(arc, WHITE, 0.030, 0.8, 0.8, alpha=0.55)

    def _heart(self) -> None:
        sheet = self.board.layer(
            f"eye_heart_{self.name}", depth=0.44, clip=f"eye_white_{self.name}"
        )
        pink = Colour(0.66, 0.21, 5.0)
        heart = curves.heart(self.lit(0.0, self.h * 0.06), self.w * 1.05)
        sheet.stroke(heart, self.look.pen(pink), 0.030, closed=True)
        sheet.fill(
            heart, linear((0, -self.h), (0, self.h), [(0, pink, 1), (1, pink.light(0.8), 1)])
        )
        self._sparkle(sheet)

    def _star(self) -> None:
        sheet = self.board.layer(f"eye_star_{self.name}", depth=0.44, clip=f"eye_white_{self.name}")
        gold = Colour(0.90, 0.16, 95.0)
        star = curves.star(self.lit(0.0, self.h * 0.06), self.w * 0.62, self.w * 0.30)
        sheet.stroke(star, self.look.pen(gold), 0.040, closed=True)
        sheet.stroke(star, gold, 0.016, closed=True)
        sheet.fill(star, gold.light(0.4))
        self._sparkle(sheet)

    def _sparkle(self, sheet: Sheet) -> None:
        light = self.lit(-self.w * 0.26, -self.h * 0.22)
        sheet.fill(curves.ellipse(light, self.w * 0.10, self.h * 0.11), WHITE)

    def _lash_upper(self) -> None:
        self.lash_style.upper(self, self._layer("lash_upper", 0.45))

    def swell(self) -> Float64[np.ndarray, " n"]:
        """Give the weight of the upper lash along the lid."""
        t = curves.parameter(self.upper)
        return np.interp(t, [0, 0.16, 0.48, 0.8, 1.0], [0.002, 0.024, 0.066, 0.086, 0.09])

    def _crease(self) -> None:
        sheet = self.board.layer(
            f"eye_crease_{self.name}", f"lash_upper_{self.name}", depth=0.45, mesh=(10, 2)
        )
        crease = spline(
            [(-self.w * 0.62, -self.h - 0.015), (-self.w * 0.1, -self.h - 0.125),
             (self.w * 0.55, -self.h - 0.095), (self.w * 1.0, -self.h + 0.055)]
        )  # fmt: skip
        sheet.line(self.at(crease), self.look.skin_pen, 0.013, 0.6, 0.8, alpha=0.75)

    def _lash_lower(self) -> None:
        self.lash_style.lower(self, self._layer("lash_lower", 0.43))

    def _lid_closed(self) -> None:
        sheet = self._layer("lid_closed", 0.45)
        w, h = self.w, self.h
        arc = spline([(-w * 0.95, h * 0.42), (-w * 0.45, h * 0.66), (w * 0.15, h * 0.74),
                      (w * 0.65, h * 0.60), (w * 1.08, h * 0.24)])  # fmt: skip
        sheet.line(self.at(arc), self.lash, 0.058, 0.55, 0.32)
        self._end_lashes(sheet, arc, (0.66, 0.79, 0.92), down=1.0)
        crease = spline([(-w * 0.60, h * 0.02), (0.0, -h * 0.20), (w * 0.62, -h * 0.04)])
        sheet.line(self.at(crease), self.look.skin_pen, 0.012, alpha=0.6)

    def _lid_happy(self) -> None:
        sheet = self._layer("lid_happy", 0.45)
        w, h = self.w, self.h
        arc = spline([(-w * 0.95, h * 0.50), (-w * 0.55, -h * 0.02), (w * 0.05, -h * 0.22),
                      (w * 0.62, -h * 0.02), (w * 1.06, h * 0.46)])  # fmt: skip
        sheet.line(self.at(arc), self.lash, 0.064, 0.45, 0.40)
        self._end_lashes(sheet, arc, (0.80, 0.90), down=-0.3)

    def _end_lashes(
        self, sheet: Sheet, arc: Points, places: tuple[float, ...], down: float
    ) -> None:
        for place in places:
            root = cut(arc, place, 1.0)[0]
            out = 0.055 + 0.05 * place
            tip = (root[0] + out, root[1] + 0.055 * down)
            lash = spline([tuple(root), (root[0] + out * 0.55, root[1] + 0.042 * down), tip])
            sheet.line(self.at(lash), self.lash, 0.030, 0.1, 1.0)
