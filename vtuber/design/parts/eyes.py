"""Eyes: white, iris, light, lashes, and the closed and happy lids. Each whole behind the next.

Drawn once in eye coordinates (x outwards from the middle of the eye), for both sides; the lights
are not mirrored, because one lamp lights both eyes.
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float64

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.canvas import WHITE, Sheet, linear, radial
from vtuber.design.colour import Colour
from vtuber.design.curves import Points, bezier, cut, joined, spline
from vtuber.design.design import Design


def draw(design: Design, board: Board) -> None:
    for name, side in (("left", 1.0), ("right", -1.0)):
        _Eye(design, board, name, side).draw()


class _Eye:
    def __init__(self, design: Design, board: Board, name: str, side: float) -> None:
        self.design, self.board, self.name, self.side = design, board, name, side
        w, h, tilt = design.eye_width / 2, design.eye_height / 2, design.eye_tilt
        self.w, self.h = w, h
        inner, outer = (-w * 0.93, h * 0.34), (w * 0.99, -h * 0.02 - tilt)
        top, bottom = (w * 0.06, -h * 0.99), (w * 0.12, h * 0.985)
        self.inner, self.outer, self.top, self.bottom = inner, outer, top, bottom
        self.upper = joined(
            bezier(inner, (-w * 0.84, -h * 0.42), (-w * 0.46, -h * 0.99), top),
            bezier(top, (w * 0.56, -h * 0.99), (w * 0.92, -h * 0.62), outer)[1:],
        )
        self.lower = joined(
            bezier(outer, (w * 0.98, h * 0.46), (w * 0.68, h * 0.985), bottom),
            bezier(bottom, (-w * 0.34, h * 0.985), (-w * 0.80, h * 0.74), inner)[1:],
        )
        self.lash = design.hair_root.line().mixed(Colour(0.22, 0.05, 330.0), 0.55)

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
            self.board.mark(f"eye_{self.name}_{where}", self._at([getattr(self, where)])[0])
        self.board.mark(f"iris_{self.name}", self._at([(0.0, 0.0)])[0])

    def _at(self, points: Points | list[curves.Point]) -> Points:
        local = np.array(points, float)
        return np.column_stack([(local[:, 0] + self.design.eye_out) * self.side, local[:, 1]])

    def _lit(self, x: float, y: float) -> curves.Point:
        """Place a light: x to the right in the picture on both eyes."""
        return (self.design.eye_out * self.side + x, y)

    def _layer(self, role: str, depth: float, clip: bool = False) -> Sheet:
        return self.board.layer(
            f"{role}_{self.name}",
            depth=depth,
            clip=f"eye_white_{self.name}" if clip else None,
        )

    def _white(self) -> None:
        sheet = self._layer("eye_white", 0.42)
        # it reaches under the lash, so that no skin shows between them while the lid travels
        under = self.upper - curves.normals(self.upper) * 0.4 * self._swell()[:, None]
        shape = self._at(joined(under, self.lower[1:]))
        sheet.fill(shape, Colour(0.985, 0.004, 285.0))
        with sheet.clip(shape):
            below = self._at(curves.moved(self.upper, 0.0, self.h * 0.30))
            shadow = joined(self._at(curves.moved(self.upper, 0.0, -0.1)), below[::-1])
            sheet.fill(shadow, Colour(0.83, 0.042, 285.0))

    def _iris(self) -> None:
        sheet = self._layer("iris", 0.425, clip=True)
        eye, middle = self.design.eye, self._at([(0.0, 0.0)])[0]
        rx, ry = self.w * 0.735, self.h * 1.06
        disc = curves.ellipse((middle[0], middle[1]), rx, ry)
        dark = Colour(eye.lightness * 0.42, eye.chroma * 0.85, eye.hue_deg - 28)
        low = Colour(min(eye.lightness + 0.23, 0.94), eye.chroma * 0.95, eye.hue_deg + 32)
        body = linear((0, -ry), (0, ry), [(0.05, dark, 1.0), (0.52, eye, 1.0), (0.98, low, 1.0)])
        sheet.fill(disc, body)
        with sheet.clip(disc):
            self._streaks(sheet, middle, rx, ry, low)
            glow = (middle[0], middle[1] + ry * 0.62)
            sheet.fill(
                curves.ellipse(glow, rx * 0.62, ry * 0.34),
                radial(glow, rx * 0.62, [(0.0, low.light(0.9), 0.95), (1.0, low, 0.0)], 0.75),
            )
            pupil = (middle[0], middle[1] + ry * 0.02)
            ink = Colour(0.24, 0.06, eye.hue_deg - 40)
            sheet.fill(curves.ellipse(pupil, rx * 0.40, ry * 0.40), ink)
            sheet.fill(
                curves.ellipse((pupil[0], pupil[1] + ry * 0.12), rx * 0.26, ry * 0.20),
                dark.mixed(eye, 0.25), 0.5,
            )  # fmt: skip
            lid = joined(
                curves.ellipse((middle[0], middle[1]), rx * 1.2, ry * 1.2, 180, 360),
                spline([(middle[0] + rx * 1.2, -ry * 0.30), (middle[0], -ry * 0.42),
                        (middle[0] - rx * 1.2, -ry * 0.30)]),
            )  # fmt: skip
            sheet.fill(lid, ink.mixed(dark, 0.3), 0.55)
        rim = linear(
            (0, -ry),
            (0, ry),
            [(0.0, ink, 1.0), (0.45, dark, 1.0), (1.0, dark.mixed(eye, 0.55), 1.0)],
        )
        sheet.stroke(
            curves.ellipse((middle[0], middle[1]), rx - 0.009, ry - 0.009), rim, 0.019, closed=True
        )

    def _streaks(self, sheet: Sheet, middle: Points, rx: float, ry: float, ink: Colour) -> None:
        for i in range(26):
            angle = 2 * np.pi * (i + 0.5) / 26
            reach = 0.93 if i % 2 else 0.80
            ray = np.array([np.cos(angle) * rx, np.sin(angle) * ry])
            sheet.line(
                np.linspace(middle + ray * 0.42, middle + ray * reach, 8), ink, 0.011, alpha=0.42
            )

    def _light(self) -> None:
        sheet = self._layer("eye_light", 0.44, clip=True)
        w, h = self.w, self.h
        sheet.fill(curves.ellipse(self._lit(-w * 0.30, -h * 0.44), w * 0.235, h * 0.235), WHITE)
        sheet.fill(curves.ellipse(self._lit(w * 0.34, h * 0.36), w * 0.115, h * 0.115), WHITE, 0.95)
        sheet.fill(curves.ellipse(self._lit(-w * 0.36, -h * 0.02), w * 0.06, h * 0.06), WHITE, 0.9)
        arc = curves.ellipse(self._lit(0, 0), w * 0.56, h * 0.84, 62, 118)
        sheet.line(arc, WHITE, 0.030, 0.8, 0.8, alpha=0.55)

    def _heart(self) -> None:
        sheet = self.board.layer(
            f"eye_heart_{self.name}", depth=0.44, clip=f"eye_white_{self.name}"
        )
        pink = Colour(0.66, 0.21, 5.0)
        heart = curves.heart(self._lit(0.0, self.h * 0.06), self.w * 1.05)
        sheet.stroke(heart, pink.line(), 0.030, closed=True)
        sheet.fill(
            heart, linear((0, -self.h), (0, self.h), [(0, pink, 1), (1, pink.light(0.8), 1)])
        )
        self._sparkle(sheet)

    def _star(self) -> None:
        sheet = self.board.layer(f"eye_star_{self.name}", depth=0.44, clip=f"eye_white_{self.name}")
        gold = Colour(0.90, 0.16, 95.0)
        star = curves.star(self._lit(0.0, self.h * 0.06), self.w * 0.62, self.w * 0.30)
        sheet.stroke(star, gold.line(), 0.040, closed=True)
        sheet.stroke(star, gold, 0.016, closed=True)
        sheet.fill(star, gold.light(0.4))
        self._sparkle(sheet)

    def _sparkle(self, sheet: Sheet) -> None:
        light = self._lit(-self.w * 0.26, -self.h * 0.22)
        sheet.fill(curves.ellipse(light, self.w * 0.10, self.h * 0.11), WHITE)

    def _lash_upper(self) -> None:
        sheet = self._layer("lash_upper", 0.45)
        lid = self.upper
        edge = cut(lid - curves.normals(lid) * self._swell()[:, None], 0.0, 0.86)
        ox, oy = self.outer
        wing = (ox + 0.125, oy - 0.068)
        shape = joined(
            lid,
            bezier(
                (ox, oy), (ox - 0.004, oy + 0.02), (ox - 0.008, oy + 0.03), (ox - 0.010, oy + 0.045)
            )[1:],
            bezier((ox - 0.010, oy + 0.045), (ox + 0.03, oy + 0.02), (ox + 0.06, oy - 0.015), wing)[
                1:
            ],
            bezier(wing, (ox + 0.06, oy - 0.075), (ox + 0.03, oy - 0.115), tuple(edge[-1]), 12)[1:],
            edge[::-1],
        )
        warm = self.lash.mixed(Colour(0.45, 0.11, 20.0), 0.75)
        left, right = self._at([(-self.w, 0.0), (self.w * 1.3, 0.0)])
        tone = linear(
            tuple(left), tuple(right),
            [(0.0, warm, 1.0), (0.30, self.lash, 1.0), (0.80, self.lash, 1.0), (1.0, warm, 1.0)],
        )  # fmt: skip
        sheet.fill(self._at(shape), tone)

    def _swell(self) -> Float64[np.ndarray, " n"]:
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
        sheet.line(self._at(crease), self.design.skin.skin_line(), 0.013, 0.6, 0.8, alpha=0.75)

    def _lash_lower(self) -> None:
        sheet = self._layer("lash_lower", 0.43)
        outer_part = cut(self.lower, 0.03, 0.66)
        warm = self.lash.mixed(Colour(0.45, 0.11, 20.0), 0.55)
        sheet.line(self._at(outer_part), warm, 0.020, 0.5, 0.9)
        start = cut(self.lower, 0.13, 0.16)[0]
        flick = spline(
            [
                tuple(start),
                (start[0] + 0.035, start[1] + 0.012),
                (start[0] + 0.06, start[1] + 0.008),
            ]
        )
        sheet.line(self._at(flick), warm, 0.018, 0.1, 1.0)

    def _lid_closed(self) -> None:
        sheet = self._layer("lid_closed", 0.45)
        w, h = self.w, self.h
        arc = spline([(-w * 0.95, h * 0.42), (-w * 0.45, h * 0.66), (w * 0.15, h * 0.74),
                      (w * 0.65, h * 0.60), (w * 1.08, h * 0.24)])  # fmt: skip
        sheet.line(self._at(arc), self.lash, 0.058, 0.55, 0.32)
        self._end_lashes(sheet, arc, (0.66, 0.79, 0.92), down=1.0)
        crease = spline([(-w * 0.60, h * 0.02), (0.0, -h * 0.20), (w * 0.62, -h * 0.04)])
        sheet.line(self._at(crease), self.design.skin.skin_line(), 0.012, alpha=0.6)

    def _lid_happy(self) -> None:
        sheet = self._layer("lid_happy", 0.45)
        w, h = self.w, self.h
        arc = spline([(-w * 0.95, h * 0.50), (-w * 0.55, -h * 0.02), (w * 0.05, -h * 0.22),
                      (w * 0.62, -h * 0.02), (w * 1.06, h * 0.46)])  # fmt: skip
        sheet.line(self._at(arc), self.lash, 0.064, 0.45, 0.40)
        self._end_lashes(sheet, arc, (0.80, 0.90), down=-0.3)

    def _end_lashes(
        self, sheet: Sheet, arc: Points, places: tuple[float, ...], down: float
    ) -> None:
        for place in places:
            root = cut(arc, place, 1.0)[0]
            out = 0.055 + 0.05 * place
            tip = (root[0] + out, root[1] + 0.055 * down)
            lash = spline([tuple(root), (root[0] + out * 0.55, root[1] + 0.042 * down), tip])
            sheet.line(self._at(lash), self.lash, 0.030, 0.1, 1.0)
