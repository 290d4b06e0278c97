"""Eyes: white, iris, light, lashes, and the closed and happy lids. Each whole behind the next.

Drawn once in eye coordinates (x outwards from the middle of the eye), for both sides; the lights
are not mirrored, because one lamp lights both eyes.
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float64

from vtuber.design import catalogue, curves
from vtuber.design.board import Board
from vtuber.design.canvas import WHITE, Sheet, linear, radial
from vtuber.design.colour import Colour
from vtuber.design.craft.opening import Opening, opening
from vtuber.design.curves import Point, Points, cut, joined, spline
from vtuber.design.look import Look

SLANT = 0.11  # W by which the outer corner of a closed eye lies above the inner one, at most
FOLLOWS = 0.75  # share of the lid's way that the fold above it goes, as in warp/eyes.py


def draw(look: Look, board: Board) -> None:
    opened = opening(look)
    for name, side in (("left", 1.0), ("right", -1.0)):
        Eye(look, board, opened, name, side).draw()


class Eye:
    """One eye while it is drawn: what iris and lash styles read, and where they draw."""

    def __init__(self, look: Look, board: Board, opened: Opening, name: str, side: float) -> None:
        self.look, self.board, self.name, self.side = look, board, name, side
        eyes, self.opened, self.shape = look.design.eyes, opened, opened.shape
        self.iris_style = catalogue.style("iris", eyes.iris)
        self.lash_style = catalogue.style("lashes", eyes.lashes)
        self.w, self.h = opened.w, opened.h
        self.inner, self.outer = opened.inner, opened.outer
        self.upper, self.lower = opened.upper, opened.lower
        self.man = 1.0 - look.design.body.presentation
        self.old = max(look.design.body.age - 0.65, 0.0) / 0.35
        self.colour = look.eye_left if name == "left" else look.eye_right
        self.alpha = 1.0  # of the upper lash
        root = look.hair_root
        pale = max(root.lightness - 0.6, 0.0) / 0.4
        dark = Colour(0.21 + 0.14 * pale, 0.05 + 0.02 * pale, 330.0)
        skin = look.skin.lightness  # on dark skin a lash is darker still
        lash = look.pen(root).mixed(dark, 0.6)
        self.lash = Colour(min(lash.lightness, skin * 0.42), lash.chroma, lash.hue_deg)
        # where a lash is thin, skin shines through it
        self.warm = Colour(min(0.45, skin * 0.60), 0.11, 20.0)

    @property
    def iris(self) -> tuple[Point, float, float]:
        """Give the middle of the iris (W, on the face) and its half width and half height."""
        rx = self.w * (0.785 - 0.080 * self.man) * self.shape.iris
        ry = max(self.h * 1.06 * self.shape.iris, rx * 1.10)
        # a high iris hangs from the lid: its foot rests on the lower lid, its top is covered
        y = self.shape.iris_v * self.h
        if ry > self.h * 1.06:
            y += (self.opened.bottom[1] * 1.04 - ry - y) * 0.75
        u, v = self.at([(0.0, y)])[0]
        return (float(u), float(v)), rx, ry

    def draw(self) -> None:
        self._white()
        self.iris_style.draw(self, self._layer("iris", 0.425, clip=True))
        self._light()
        self._heart()
        self._star()
        self.lash_style.lower(self, self._layer("lash_lower", 0.43))
        self._crease()
        self.lash_style.upper(self, self._layer("lash_upper", 0.45))
        self._lid_closed()
        self._lid_happy()
        for where in ("inner", "outer", "top", "bottom"):
            self.board.mark(f"eye_{self.name}_{where}", self.at([getattr(self.opened, where)])[0])
        self.board.mark(f"iris_{self.name}", self.iris[0])

    def at(self, points: Points | list[Point]) -> Points:
        local = np.array(points, float)
        return np.column_stack([(local[:, 0] + self.opened.out) * self.side, local[:, 1]])

    def swell(self) -> Float64[np.ndarray, " n"]:
        """Give the weight of the upper lash along the lid."""
        t = curves.parameter(self.upper)
        weight = np.interp(t, [0, 0.14, 0.42, 0.70, 1.0], [0.004, 0.034, 0.082, 0.096, 0.060])
        thin = self.shape.weight * (1.0 - 0.36 * self.man) * (1.0 - 0.15 * self.old)
        return np.asarray(weight * thin * (0.55 + 0.45 * min(self.h / 0.26, 1.0)))

    def _layer(self, role: str, depth: float, clip: bool = False) -> Sheet:
        return self.board.layer(
            f"{role}_{self.name}",
            depth=depth,
            clip=f"eye_white_{self.name}" if clip else None,
        )

    def _white(self) -> None:
        sheet = self._layer("eye_white", 0.42)
        # it reaches under the lash, but not far: a closing lash overtakes it, and a thin one that
        # has gone by leaves what reached further standing above
        under = self.upper - curves.normals(self.upper) * 0.12 * self.swell()[:, None]
        shape = self.at(joined(under, self.lower[1:]))
        sheet.fill(shape, Colour(0.985, 0.004, 285.0))
        with sheet.clip(shape):
            for drop, alpha in ((0.36, 0.55), (0.23, 0.75)):
                below = self.at(curves.moved(self.upper, 0.0, max(self.h, 0.15) * drop))
                shadow = joined(self.at(curves.moved(self.upper, 0.0, -0.1)), below[::-1])
                sheet.fill(shadow, Colour(0.83, 0.042, 285.0), alpha)
            # the inner corner lags behind a closing lash: what stands over it there is skin
            skin, reach = self.look.skin, 0.09 * self.w
            (u, v), *_ = self.at([self.inner]).tolist()
            fade = radial((u, v), reach, [(0.0, skin, 1.0), (0.5, skin, 1.0), (1.0, skin, 0.0)])
            sheet.fill(curves.ellipse((u, v), reach, reach), fade)

    def _light(self) -> None:
        """Draw the lamp in the eye: large above left, a small answer, and light from below."""
        sheet = self._layer("eye_light", 0.44, clip=True)
        (u, v), rx, ry = self.iris
        size = 1.0 - 0.12 * self.man
        # the lamp stands nearer to the performer's right: the other eye sees it a little aside
        near = self.side < 0
        x = -rx * (0.40 if near else 0.34)
        lid = self._lid_over(u + x)
        tall = min(ry * (0.30 if near else 0.28), (self._floor_under(u + x) - lid) * 0.22) * size
        y = max(v - ry * (0.44 if near else 0.47), lid + tall * 1.02)
        lamp = curves.ellipse((0.0, 0.0), min(rx * 0.36 * size, tall * 1.12), tall)
        lamp = _turned(lamp, -24.0 if near else -14.0)
        sheet.fill(curves.moved(lamp, u + x, y), WHITE)
        foot = min(v + ry * 0.44, self._floor_under(u + rx * 0.42) - ry * 0.16)
        answer = (u + rx * (0.44 if near else 0.40), foot)
        sheet.fill(curves.ellipse(answer, rx * 0.175 * size, ry * 0.145 * size), WHITE, 0.96)
        if near:
            sheet.fill(curves.ellipse((u - rx * 0.52, v + ry * 0.02), rx * 0.085, ry * 0.07), WHITE)
        else:
            sheet.fill(curves.ellipse((u + rx * 0.24, foot + ry * 0.18), rx * 0.075, ry * 0.062),
                       WHITE, 0.9)  # fmt: skip
        arc = curves.ellipse((u, v), rx * 0.80, ry * 0.82, 52, 122)
        sheet.line(arc, WHITE, 0.038, 0.8, 0.8, alpha=0.75)
        sky = Colour(0.88, 0.06, 250.0)
        rim = curves.ellipse((u, v), rx * 0.83, ry * 0.80, -62, -8)
        sheet.line(rim, sky, 0.036, 0.8, 0.9, alpha=0.55)

    def _lid_over(self, u: float) -> float:
        return self.opened.lid(u * self.side - self.opened.out)

    def _floor_under(self, u: float) -> float:
        return self.opened.floor(u * self.side - self.opened.out)

    def _heart(self) -> None:
        sheet = self.board.layer(
            f"eye_heart_{self.name}", depth=0.44, clip=f"eye_white_{self.name}"
        )
        (u, v), pink = self._symbol(), Colour(0.66, 0.21, 5.0)
        size = self._symbol_size() * 2.1
        heart = curves.heart((u, v), size)
        sheet.stroke(heart, self.look.pen(pink), 0.030, closed=True)
        tone = [(0.0, pink, 1.0), (1.0, pink.light(0.8), 1.0)]
        sheet.fill(heart, linear((u, v - size / 2), (u, v + size / 2), tone))
        self._sparkle(sheet)

    def _star(self) -> None:
        sheet = self.board.layer(f"eye_star_{self.name}", depth=0.44, clip=f"eye_white_{self.name}")
        gold, size = Colour(0.90, 0.16, 95.0), self._symbol_size() * 1.12
        star = curves.star(self._symbol(), size, size * 0.48)
        sheet.stroke(star, self.look.pen(gold), 0.040, closed=True)
        sheet.stroke(star, gold, 0.016, closed=True)
        sheet.fill(star, gold.light(0.4))
        self._sparkle(sheet)

    def _symbol(self) -> Point:
        """Give the middle of what stands for the iris: where the opening is highest."""
        u = self.iris[0][0]
        return (u, (self._lid_over(u) + self._floor_under(u)) / 2 + 0.06 * self.h)

    def _symbol_size(self) -> float:
        u = self.iris[0][0]
        return min(self.w * 0.68, (self._floor_under(u) - self._lid_over(u)) * 0.56)

    def _sparkle(self, sheet: Sheet) -> None:
        (u, v), size = self._symbol(), self._symbol_size()
        light = (u - size * 0.45, v - size * 0.42)
        sheet.fill(curves.ellipse(light, size * 0.18, size * 0.20), WHITE)

    def _crease(self) -> None:
        sheet = self.board.layer(
            f"eye_crease_{self.name}", f"lash_upper_{self.name}", depth=0.45, mesh=(10, 2)
        )
        fold = self._fold(self.upper)
        pen = self.look.skin_pen
        sheet.line(self.at(fold), pen, 0.0145, 0.7, 0.7, alpha=0.8)
        if self.old > 0.0:
            second = cut(fold, 0.38, 1.0) - np.array([0.0, 0.045])
            sheet.line(self.at(second), pen, 0.011, 0.7, 0.7, alpha=0.65 * self.old)

    def _fold(self, lid: Points, share: float = 1.0) -> Points:
        """Give the fold over the open eye: near to its lid at both ends.

        With another course of the lid, where the fold goes with it, by a share of the way.
        """
        gap = self.shape.crease * (1.0 - 0.25 * self.man) + float(self.swell().max()) * 0.3
        knots = []
        for place, high in ((0.22, 0.30), (0.42, 0.92), (0.62, 1.0), (0.80, 0.84), (0.97, 0.62)):
            x, y = cut(self.upper, place, 1.0)[0]
            to = cut(lid, place, 1.0)[0]
            knots.append((float(x + share * (to[0] - x)) + 0.05 * place**2,
                          float(y + share * (to[1] - y)) - gap * high))  # fmt: skip
        return spline(knots)

    def _lid_closed(self) -> None:
        sheet = self._layer("lid_closed", 0.45)
        arc = self._shut(0.70, 0.26)
        self._shut_line(sheet, arc, 0.062, 0.50)
        self._end_lashes(sheet, arc, down=1.0)
        # where the open eye's fold arrives with its lid: two folds would cross-fade in every blink
        lid = arc[(arc[:, 0] >= self.inner[0]) & (arc[:, 0] <= self.outer[0])]
        crease = self._fold(lid, FOLLOWS)
        sheet.line(self.at(crease), self.look.skin_pen, 0.0135, 0.7, 0.7, alpha=0.75)

    def _shut(self, depth: float, end: float) -> Points:
        """Give the line of the closed lid: from corner to corner, sagging to the lower lid."""
        (ix, iy), (ox, oy), low = self.inner, self.outer, self.opened.bottom[1]
        # it begins in the corner, or the closing lash leaves white standing over it
        start = (ix * 1.02, iy + 0.02 * (low - iy))
        # a slanted eye closes more level than it opens, or on its way it looks sly
        stop = (ox + self.w * 0.08, max(oy + end * (low - oy), start[1] - SLANT))
        level = (start[1] + stop[1]) / 2
        sag = max(depth * (low - (iy + oy) / 2) - (level - (iy + oy) / 2), 0.055)
        way = np.array(stop) - np.array(start)
        knots = [(0.0, 0.0), (0.25, 0.76), (0.54, 1.0), (0.79, 0.68), (1.0, 0.0)]
        return spline([_point(np.array(start) + t * way + (0.0, sag * s)) for t, s in knots])

    def _lid_happy(self) -> None:
        sheet = self._layer("lid_happy", 0.45)
        (ix, iy), (ox, oy), w = self.inner, self.outer, self.w
        foot = 0.04 + 0.35 * self.h
        rise = max(0.62 * self.h, 0.10)
        start, stop = (ix * 1.02, iy * 0.3 + foot), (ox + w * 0.07, oy * 0.3 + foot)
        middle = min(start[1], stop[1]) * 0.7 + max(start[1], stop[1]) * 0.3 - rise
        arc = spline([start, (-w * 0.55, middle + rise * 0.28), (w * 0.05, middle),
                      (w * 0.62, middle + rise * 0.28), stop])  # fmt: skip
        self._shut_line(sheet, arc, 0.066, 0.45)
        self._end_lashes(sheet, arc, down=-0.3)

    def _shut_line(self, sheet: Sheet, arc: Points, weight: float, begin: float) -> None:
        thin = 1.0 - 0.30 * self.man
        sheet.line(self.at(arc), self.lash, weight * thin, begin, 0.34)

    def _end_lashes(self, sheet: Sheet, arc: Points, down: float) -> None:
        """Draw the lashes at the outer end of a closed lid; the style says where."""
        short = 1.0 - 0.45 * self.man
        for place in self.lash_style.ENDS:
            root = cut(arc, place, 1.0)[0]
            out = (0.055 + 0.05 * place) * short
            tip = (root[0] + out, root[1] + 0.055 * down * short)
            bend = (root[0] + out * 0.55, root[1] + 0.042 * down * short)
            sheet.line(self.at(spline([_point(root), bend, tip])), self.lash, 0.030, 0.1, 1.0)


def _point(at: np.ndarray) -> Point:
    return (float(at[0]), float(at[1]))


def _turned(points: Points, degrees: float) -> Points:
    angle = np.radians(degrees)
    spin = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    return np.asarray(points @ spin)
