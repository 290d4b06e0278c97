"""A board of layers: parts draw on sheets in W, and give landmarks; pixels come out. Uses Skia."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np
import skia
from jaxtyping import UInt8

from vtuber.design import curves
from vtuber.design.colour import Colour
from vtuber.design.curves import Point, Points

# Back to front; the layers of one role keep the order in which they were drawn.
ROLES = (
    "back_accessory", "back_hair", "body", "neck", "ear", "face", "hair_shadow", "blush", "nose",
    "mouth_cavity", "tongue", "teeth", "lip_lower", "lip_upper", "eye_white", "iris", "eye_light",
    "eye_heart", "eye_star",
    "lash_lower", "lash_upper", "lid_closed", "lid_happy", "tears", "sweat", "shade", "glasses",
    "side_hair", "front_hair", "front_locks", "brow", "headwear", "accessory", "anger_mark", "item",
)  # fmt: skip


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


@dataclass(frozen=True, slots=True)
class Ink:
    """What fills a shape: a colour or a gradient."""

    shader: skia.Shader | None
    colour: Colour


def linear(begin: Point, end: Point, stops: Sequence[tuple[float, Colour, float]]) -> Ink:
    """Make a gradient along a line; a stop is (place 0..1, colour, alpha)."""
    shader = skia.GradientShader.MakeLinear(
        [skia.Point(*begin), skia.Point(*end)],
        [colour.argb(alpha) for _, colour, alpha in stops],
        [place for place, _, _ in stops],
    )
    return Ink(shader, stops[0][1])


def radial(
    centre: Point,
    radius: float,
    stops: Sequence[tuple[float, Colour, float]],
    squash: float = 1.0,
) -> Ink:
    """Make a round gradient; `squash` scales its height."""
    matrix = skia.Matrix()
    matrix.setScale(1.0, squash, 0.0, centre[1])
    shader = skia.GradientShader.MakeRadial(
        skia.Point(*centre),
        radius,
        [colour.argb(alpha) for _, colour, alpha in stops],
        [place for place, _, _ in stops],
        skia.TileMode.kClamp,
        0,
        matrix,
    )
    return Ink(shader, stops[0][1])


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
        ink: Ink | Colour,
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
        ink: Ink | Colour,
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
        ink: Ink | Colour,
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

    @contextmanager
    def see_through(self, alpha: float) -> Iterator[None]:
        """Draw as one picture, then lay it on with this alpha."""
        self._canvas.saveLayerAlpha(None, round(alpha * 255))
        yield
        self._canvas.restore()


def _paint(ink: Ink | Colour, alpha: float) -> skia.Paint:
    paint = skia.Paint(AntiAlias=True)
    if isinstance(ink, Colour):
        paint.setColor(ink.argb(alpha))
    else:
        paint.setShader(ink.shader)
        paint.setAlphaf(alpha)
    return paint


def _path(shape: Points | Sequence[Point], closed: bool) -> skia.Path:
    path = skia.Path()
    path.addPoly([skia.Point(float(u), float(v)) for u, v in shape], closed)
    return path


@dataclass(frozen=True, slots=True)
class LayerPlan:
    """What the bundle says about one layer besides its picture."""

    name: str
    role: str  # with _left or _right where the role has two sides
    mesh: tuple[int, int]  # columns, rows
    depth: float  # W, + towards the viewer
    turn: float  # 1 follows the head, 0 stays with the body
    clip: str | None
    blend: str
    group: str | None
    toggle: str | None
    place: str  # the role at whose height it is drawn


@dataclass(eq=False)
class Board:
    """Collects the sheets and landmarks of one drawing."""

    frame: Frame
    sheets: dict[str, Sheet] = field(default_factory=dict)
    plans: dict[str, LayerPlan] = field(default_factory=dict)
    landmarks: dict[str, Point] = field(default_factory=dict)

    def layer(
        self,
        name: str,
        role: str | None = None,
        *,
        mesh: tuple[int, int] = (8, 8),
        depth: float = 0.0,
        turn: float = 1.0,
        clip: str | None = None,
        blend: str = "normal",
        group: str | None = None,
        toggle: str | None = None,
        place: str | None = None,
    ) -> Sheet:
        """Begin a layer; without a role it is its name, without a place it lies at its role's."""
        assert name not in self.sheets, f"two layers are called {name}"
        role = role or name
        self.plans[name] = LayerPlan(
            name, role, mesh, depth, turn, clip, blend, group, toggle, place or bare_role(role)
        )
        self.sheets[name] = Sheet(self.frame)
        return self.sheets[name]

    def mark(self, name: str, point: Point) -> None:
        """Set a landmark, in W."""
        self.landmarks[name] = (float(point[0]), float(point[1]))

    def ordered(self) -> list[LayerPlan]:
        return sorted(self.plans.values(), key=lambda plan: ROLES.index(plan.place))


def bare_role(role: str) -> str:
    """Give a role without its side.

    >>> bare_role("iris_left")
    'iris'
    """
    return role.removesuffix("_left").removesuffix("_right")
