"""A sheet to draw on, in W: polygons, pen lines and gradients in; premultiplied pixels out.

The only file that uses Skia.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
import skia
from jaxtyping import UInt8

from vtuber.design import curves
from vtuber.design.colour import Colour
from vtuber.design.curves import Point, Points


@dataclass(frozen=True, slots=True)
class Frame:
    """How W lies on the canvas; sheets reach `margin_px` beyond it on every side."""

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


Ink: TypeAlias = "Colour | skia.Shader"  # what fills a shape
WHITE = Colour(1.0, 0.0, 90.0)


def linear(begin: Point, end: Point, stops: Sequence[tuple[float, Colour, float]]) -> Ink:
    """Make a gradient along a line; a stop is (place 0..1, colour, alpha)."""
    return skia.GradientShader.MakeLinear(
        [skia.Point(*begin), skia.Point(*end)],
        [colour.argb(alpha) for _, colour, alpha in stops],
        [place for place, _, _ in stops],
    )


def radial(
    centre: Point,
    radius: float,
    stops: Sequence[tuple[float, Colour, float]],
    squash: float = 1.0,
) -> Ink:
    """Make a round gradient; `squash` scales its height."""
    matrix = skia.Matrix()
    matrix.setScale(1.0, squash, 0.0, centre[1])
    return skia.GradientShader.MakeRadial(
        skia.Point(*centre),
        radius,
        [colour.argb(alpha) for _, colour, alpha in stops],
        [place for place, _, _ in stops],
        skia.TileMode.kClamp,
        0,
        matrix,
    )


class Sheet:
    """One transparent layer, drawn in W."""

    def __init__(self, frame: Frame) -> None:
        width, height = (side + 2 * frame.margin_px for side in frame.size_px)
        self.rgba: UInt8[np.ndarray, "h w 4"] = np.zeros((height, width, 4), np.uint8)
        self._surface = skia.Surface.MakeRasterDirect(
            skia.ImageInfo.Make(width, height, skia.kRGBA_8888_ColorType, skia.kPremul_AlphaType),
            self.rgba,
            width * 4,
        )
        self._canvas = self._surface.getCanvas()
        left, top = frame.px((0.0, 0.0))
        self._canvas.translate(left + frame.margin_px, top + frame.margin_px)
        self._canvas.scale(frame.unit_px, frame.unit_px)

    def fill(
        self,
        shape: Points | Sequence[Point],
        ink: Ink,
        alpha: float = 1.0,
        blur: float = 0.0,
    ) -> None:
        """Fill a polygon; `blur` is a soft edge in W."""
        paint = _paint(ink, alpha)
        if blur:
            paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, blur))
        self._canvas.drawPath(_path(shape, True), paint)

    def stroke(
        self,
        curve: Points | Sequence[Point],
        ink: Ink,
        width: float,
        alpha: float = 1.0,
        closed: bool = False,
    ) -> None:
        """Draw a line of even width with round ends."""
        paint = _paint(ink, alpha)
        paint.setStyle(skia.Paint.kStroke_Style)
        paint.setStrokeWidth(width)
        paint.setStrokeCap(skia.Paint.kRound_Cap)
        paint.setStrokeJoin(skia.Paint.kRound_Join)
        self._canvas.drawPath(_path(curve, closed), paint)

    def line(
        self,
        curve: Points | Sequence[Point],
        ink: Ink,
        width: float,
        begin: float = 0.6,
        end: float = 0.6,
        alpha: float = 1.0,
    ) -> None:
        """Draw a pen line that swells and tapers: t^begin (1-t)^end."""
        points = np.array(curve, float)
        profile = curves.taper(curves.parameter(points), begin, end)
        self.fill(curves.ribbon(points, profile * width / 2), ink, alpha)

    @contextmanager
    def clip(self, shape: Points | Sequence[Point]) -> Iterator[None]:
        """Keep what is drawn inside to the shape."""
        self._canvas.save()
        self._canvas.clipPath(_path(shape, True), skia.ClipOp.kIntersect, True)
        yield
        self._canvas.restore()

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Keep what is drawn inside to what the sheet already covers."""
        paint = skia.Paint()
        paint.setBlendMode(skia.BlendMode.kSrcATop)
        self._canvas.saveLayer(None, paint)
        yield
        self._canvas.restore()


def _paint(ink: Ink, alpha: float) -> skia.Paint:
    paint = skia.Paint(AntiAlias=True)
    if isinstance(ink, Colour):
        paint.setColor(ink.argb(alpha))
    else:
        paint.setShader(ink)
        paint.setAlphaf(alpha)
    return paint


def _path(shape: Points | Sequence[Point], closed: bool) -> skia.Path:
    path = skia.Path()
    path.addPoly([skia.Point(float(u), float(v)) for u, v in shape], closed)
    return path


def png(rgba: UInt8[np.ndarray, "h w 4"]) -> bytes:
    """Encode straight RGBA as PNG; colour under alpha 0 is kept."""
    image = skia.Image.fromarray(
        np.ascontiguousarray(rgba),
        colorType=skia.kRGBA_8888_ColorType,
        alphaType=skia.kUnpremul_AlphaType,
    )
    return bytes(image.encodeToData(skia.EncodedImageFormat.kPNG, 100))


def read_png(path: Path) -> UInt8[np.ndarray, "h w 4"]:
    """Read a picture as straight RGBA."""
    image = skia.Image.open(str(path))
    rgba = np.zeros((image.height(), image.width(), 4), np.uint8)
    info = skia.ImageInfo.Make(
        image.width(), image.height(), skia.kRGBA_8888_ColorType, skia.kUnpremul_AlphaType
    )
    assert image.readPixels(info, rgba, rgba.strides[0]), f"{path} cannot be read"
    return rgba
