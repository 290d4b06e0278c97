"""A sheet to draw on, in W: polygons, pen lines and gradients in; premultiplied pixels out.

A sheet records what is drawn and becomes pixels when asked, at any size. The only file that uses
Skia.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import numpy as np
import skia
from jaxtyping import UInt8

from vtuber.design import curves
from vtuber.design.colour import Colour
from vtuber.design.curves import Point, Points
from vtuber.design.frame import Box, Frame

Shape: TypeAlias = "Points | Sequence[Point]"
Warp: TypeAlias = Callable[[Points], Points]
Shading: TypeAlias = Literal["flat", "cel", "soft"]

WHITE = Colour(1.0, 0.0, 90.0)
REACH = 8.0  # W: nothing is drawn farther out
SOFT_BLUR = 0.030  # W, of a shadow's edge when the shading is soft


Stops: TypeAlias = Sequence[tuple[float, Colour, float]]  # place 0..1, colour, alpha


@dataclass(frozen=True, slots=True)
class Linear:
    """A gradient along a line."""

    begin: Point
    end: Point
    stops: Stops

    def shader(self, warp: Warp) -> skia.Shader:
        begin, end = warp(np.array([self.begin, self.end], float))
        return skia.GradientShader.MakeLinear(
            [skia.Point(*map(float, begin)), skia.Point(*map(float, end))],
            [colour.argb(alpha) for _, colour, alpha in self.stops],
            [place for place, _, _ in self.stops],
        )


@dataclass(frozen=True, slots=True)
class Radial:
    """A round gradient; `squash` scales its height."""

    centre: Point
    radius: float
    stops: Stops
    squash: float = 1.0

    def shader(self, warp: Warp) -> skia.Shader:
        u, v = map(float, warp(np.array([self.centre], float))[0])
        matrix = skia.Matrix()
        matrix.setScale(1.0, self.squash, 0.0, v)
        return skia.GradientShader.MakeRadial(
            skia.Point(u, v),
            self.radius,
            [colour.argb(alpha) for _, colour, alpha in self.stops],
            [place for place, _, _ in self.stops],
            skia.TileMode.kClamp,
            0,
            matrix,
        )


Ink: TypeAlias = Colour | Linear | Radial  # what fills a shape


def linear(begin: Point, end: Point, stops: Stops) -> Ink:
    """Make a gradient along a line; a stop is (place 0..1, colour, alpha)."""
    return Linear(begin, end, stops)


def radial(centre: Point, radius: float, stops: Stops, squash: float = 1.0) -> Ink:
    """Make a round gradient; `squash` scales its height."""
    return Radial(centre, radius, stops, squash)


def _as_drawn(points: Points) -> Points:
    return points


class Sheet:
    """One transparent layer, drawn in W.

    `warp` moves every point on its way to the paper: parts are drawn for the standard head or body
    and land on this character's. `shading` says how `shadow` falls.
    """

    def __init__(self, warp: Warp | None = None, shading: Shading = "cel") -> None:
        self._warp = warp or _as_drawn
        self._shading = shading
        self._recorder = skia.PictureRecorder()
        self._canvas = self._recorder.beginRecording(
            skia.Rect.MakeLTRB(-REACH, -REACH, REACH, REACH)
        )
        self._picture: skia.Picture | None = None
        self._veil: tuple[Colour, float] | None = None
        self.looks_below = False  # reads what it covers: needs a layer of its own in a stack
        self._low = np.array([REACH, REACH])
        self._high = -self._low

    def fill(self, shape: Shape, ink: Ink, alpha: float = 1.0, blur: float = 0.0) -> None:
        """Fill a polygon; `blur` is a soft edge in W."""
        paint = self._paint(ink, alpha)
        if blur:
            paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, blur))
        self._canvas.drawPath(self._path(shape, True, 3 * blur), paint)

    def shadow(self, shape: Shape, ink: Ink, alpha: float = 1.0) -> None:
        """Lay a shadow inside what is there: not at all, crisp or soft, as the shading is."""
        if self._veil:
            veil, thin = self._veil
            alpha *= thin
            if isinstance(ink, Colour):
                ink = veil
            else:
                ink = replace(ink, stops=[(at, veil, a) for at, _, a in ink.stops])
        if self._shading != "flat":
            self.fill(shape, ink, alpha, SOFT_BLUR if self._shading == "soft" else 0.0)

    def stroke(
        self,
        curve: Shape,
        ink: Ink,
        width: float,
        alpha: float = 1.0,
        closed: bool = False,
        sharp: bool = False,
        blur: float = 0.0,
    ) -> None:
        """Draw a line of even width with round ends; `sharp` keeps the corners pointed."""
        paint = self._paint(ink, alpha)
        if blur:
            paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, blur))
        paint.setStyle(skia.Paint.kStroke_Style)
        paint.setStrokeWidth(width)
        paint.setStrokeCap(skia.Paint.kRound_Cap)
        paint.setStrokeJoin(skia.Paint.kMiter_Join if sharp else skia.Paint.kRound_Join)
        paint.setStrokeMiter(14.0)
        beyond = width * (7 if sharp else 0.5) + 3 * blur
        self._canvas.drawPath(self._path(curve, closed, beyond), paint)

    def line(
        self,
        curve: Shape,
        ink: Ink,
        width: float,
        begin: float = 0.6,
        end: float = 0.6,
        alpha: float = 1.0,
    ) -> None:
        """Draw a pen line that swells and tapers: t^begin (1-t)^end."""
        points = self._warp(np.array(curve, float))
        profile = curves.taper(curves.parameter(points), begin, end)
        ribbon = curves.ribbon(points, profile * width / 2)
        self._reach(ribbon, 0.0)
        self._canvas.drawPath(_path(ribbon, True), self._paint(ink, alpha))

    @contextmanager
    def veiled(self, ink: Colour, alpha: float) -> Iterator[None]:
        """Lay every shadow as a thin veil, so that what is printed on the cloth stays seen."""
        before, self._veil = self._veil, (ink, alpha)
        yield
        self._veil = before

    @contextmanager
    def clip(self, shape: Shape) -> Iterator[None]:
        """Keep what is drawn inside to the shape."""
        self._canvas.save()
        self._canvas.clipPath(
            _path(self._warp(np.array(shape, float)), True), skia.ClipOp.kIntersect, True
        )
        yield
        self._canvas.restore()

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Keep what is drawn inside to what the sheet already covers."""
        paint = skia.Paint()
        paint.setBlendMode(skia.BlendMode.kSrcATop)
        self.looks_below = True
        self._canvas.saveLayer(None, paint)
        yield
        self._canvas.restore()

    @contextmanager
    def outside(self, shape: Shape) -> Iterator[None]:
        """Keep what is drawn inside out of the shape."""
        self._canvas.save()
        self._canvas.clipPath(
            _path(self._warp(np.array(shape, float)), True), skia.ClipOp.kDifference, True
        )
        yield
        self._canvas.restore()

    def erase(self, shape: Shape, ink: Ink = WHITE) -> None:
        """Cut a hole, as deep as the ink is opaque."""
        paint = self._paint(ink, 1.0)
        paint.setBlendMode(skia.BlendMode.kDstOut)
        self.looks_below = True
        self._canvas.drawPath(self._path(shape, True, 0.0), paint)

    def keep(self, shape: Shape, edge: Ink, width: float) -> None:
        """Cut away what lies outside of a shape; along the cut runs a line."""
        path = _path(self._warp(np.array(shape, float)), True)
        paint = self._paint(edge, 1.0)
        paint.setStyle(skia.Paint.kStroke_Style)
        paint.setStrokeWidth(2 * width)
        paint.setBlendMode(skia.BlendMode.kSrcATop)
        self._canvas.drawPath(path, paint)
        path.toggleInverseFillType()
        cut = self._paint(WHITE, 1.0)
        cut.setBlendMode(skia.BlendMode.kClear)
        self.looks_below = True
        self._canvas.drawPath(path, cut)

    def again(self) -> Sheet:
        """Give another sheet that begins as this one, which is finished."""
        copy = Sheet(self._warp, self._shading)
        copy._canvas.drawPicture(self._finished())
        copy._low, copy._high, copy.looks_below = self._low, self._high, self.looks_below
        return copy

    def darkened_by(self, other: Sheet, du: float, dv: float, ink: Colour, alpha: float) -> None:
        """Lay on what is here the shadow of another sheet, which is finished; moved by W."""
        if self._shading == "flat":
            return
        paint = skia.Paint(Alphaf=alpha)
        paint.setColorFilter(skia.ColorFilters.Blend(ink.argb(1.0), skia.BlendMode.kSrcIn))
        if self._shading == "soft":
            paint.setImageFilter(skia.ImageFilters.Blur(SOFT_BLUR, SOFT_BLUR))
        with self.inside():
            self._canvas.saveLayer(None, paint)
            self._canvas.translate(du, dv)
            self._canvas.drawPicture(other._finished())
            self._canvas.restore()

    def is_within(self, shape: Shape) -> bool:
        """Say whether nothing to speak of lies outside of a shape."""
        rest = self.again()
        rest.erase(shape)
        return int(rest.render(Frame().scaled(0.2))[..., 3].max()) < 128

    def box(self, frame: Frame) -> Box:
        """Give the pixels that may hold something, within the frame's canvas and margin."""
        left, top, right, bottom = frame.whole
        low, high = frame.px(_point(self._low)), frame.px(_point(self._high))
        return (
            max(int(low[0]) - 2, left),
            max(int(low[1]) - 2, top),
            min(int(high[0]) + 3, right),
            min(int(high[1]) + 3, bottom),
        )

    def render(self, frame: Frame, box: Box | None = None) -> UInt8[np.ndarray, "h w 4"]:
        """Give the pixels of a box (default: canvas and margin): premultiplied, top row first."""
        left, top, right, bottom = box or frame.whole
        rgba = np.zeros((max(bottom - top, 1), max(right - left, 1), 4), np.uint8)
        canvas = _surface(rgba).getCanvas()
        self.play(canvas, frame, (left, top))
        return rgba

    def play(self, canvas: skia.Canvas, frame: Frame, corner_px: tuple[int, int]) -> None:
        """Draw the sheet onto a canvas whose top left pixel is `corner_px`."""
        origin = frame.px((0.0, 0.0))
        canvas.save()
        canvas.translate(origin[0] - corner_px[0], origin[1] - corner_px[1])
        canvas.scale(frame.unit_px, frame.unit_px)
        canvas.drawPicture(self._finished())
        canvas.restore()

    def _finished(self) -> skia.Picture:
        if self._picture is None:
            self._picture = self._recorder.finishRecordingAsPicture()
        return self._picture

    def _path(self, shape: Shape, closed: bool, beyond: float) -> skia.Path:
        points = self._warp(np.array(shape, float))
        self._reach(points, beyond)
        return _path(points, closed)

    def _reach(self, points: Points, beyond: float) -> None:
        self._low = np.minimum(self._low, points.min(axis=0) - beyond)
        self._high = np.maximum(self._high, points.max(axis=0) + beyond)

    def _paint(self, ink: Ink, alpha: float) -> skia.Paint:
        paint = skia.Paint(AntiAlias=True)
        if isinstance(ink, Colour):
            paint.setColor(ink.argb(alpha))
        else:
            paint.setShader(ink.shader(self._warp))
            paint.setAlphaf(alpha)
        return paint


@dataclass(frozen=True, slots=True)
class Lay:
    """One sheet in a stack: what cuts it, and how it blends."""

    sheet: Sheet
    clip: Sheet | None = None
    blend: str = "normal"


_BLENDS = {
    "normal": skia.BlendMode.kSrcOver,
    "multiply": skia.BlendMode.kMultiply,
    "screen": skia.BlendMode.kScreen,
    "add": skia.BlendMode.kPlus,
    "overlay": skia.BlendMode.kOverlay,
}


def stack(lays: Sequence[Lay], frame: Frame, box: Box | None = None) -> UInt8[np.ndarray, "h w 4"]:
    """Lay sheets over each other, first at the back; premultiplied pixels of a box."""
    left, top, right, bottom = box or (0, 0, *frame.size_px)
    rgba = np.zeros((bottom - top, right - left, 4), np.uint8)
    canvas = _surface(rgba).getCanvas()
    for lay in lays:
        plain = lay.clip is None and lay.blend == "normal" and not lay.sheet.looks_below
        if not plain:
            paint = skia.Paint()
            paint.setBlendMode(_BLENDS[lay.blend])
            canvas.saveLayer(None, paint)
        lay.sheet.play(canvas, frame, (left, top))
        if lay.clip:
            cut = skia.Paint()
            cut.setBlendMode(skia.BlendMode.kDstIn)
            canvas.saveLayer(None, cut)
            lay.clip.play(canvas, frame, (left, top))
            canvas.restore()
        if not plain:
            canvas.restore()
    return rgba


def union(*shapes: Shape) -> list[Points]:
    """Merge polygons into one silhouette: its outlines, largest first."""
    builder = skia.OpBuilder()
    for shape in shapes:
        builder.add(_path(np.array(shape, float), True), skia.PathOp.kUnion_PathOp)
    return _contours(builder.resolve())


def _contours(path: skia.Path) -> list[Points]:
    found: list[list[Point]] = []
    for verb, points in path:
        if verb == skia.Path.kMove_Verb:
            found.append([(points[0].x(), points[0].y())])
        elif verb != skia.Path.kClose_Verb:
            found[-1] += [(p.x(), p.y()) for p in points[1:]]
    outlines = [np.array(outline, float) for outline in found if len(outline) > 2]
    return sorted(outlines, key=lambda outline: -abs(curves.area(outline)))


def _surface(rgba: UInt8[np.ndarray, "h w 4"]) -> skia.Surface:
    height, width = rgba.shape[:2]
    info = skia.ImageInfo.Make(width, height, skia.kRGBA_8888_ColorType, skia.kPremul_AlphaType)
    return skia.Surface.MakeRasterDirect(info, rgba, width * 4)


def _point(at: np.ndarray) -> Point:
    return (float(at[0]), float(at[1]))


def _path(points: Points, closed: bool) -> skia.Path:
    path = skia.Path()
    path.addPoly([skia.Point(u, v) for u, v in points.tolist()], closed)
    return path
