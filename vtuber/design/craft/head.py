"""Face and neck: whole skin, clean behind everything that lies on it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vtuber.design import catalogue, curves
from vtuber.design.board import Board
from vtuber.design.canvas import Sheet, linear, radial
from vtuber.design.colour import Colour
from vtuber.design.craft import mouth
from vtuber.design.craft.opening import Opening, opening
from vtuber.design.curves import Point, Points, sided, spline
from vtuber.design.look import Look


@dataclass(frozen=True, slots=True)
class FaceShape:
    """The outline of a face below the temples. Factors of the character's own jaw, and W."""

    jaw: float = 1.0
    cheek: float = 0.99  # half width at eye height
    cheek_low: float = 0.925  # half width half way from the eyes to the mouth
    side: float = 0.77  # half width at the mouth
    corner: float = 0.205  # height of the jaw's corner over the chin
    chin: float = 0.48  # half width of the chin, as a part of the jaw
    point: float = 0.006  # 0 a flat chin, more a pointed one
    length: float = 0.0  # W by which the chin lies lower


def shape(look: Look) -> FaceShape:
    found: FaceShape = catalogue.style("face_shape", look.design.face.shape).SHAPE
    return found


def draw(look: Look, board: Board) -> None:
    _neck(look, board.layer("neck", depth=-0.25, turn=0.4))
    _face(look, board.layer("face", depth=0.25))
    _marks(look, board)


def blush_at(look: Look) -> Point:
    """Give the middle of the cheek on the performer's left: under the outer half of the eye."""
    opened = opening(look)
    return (opened.out + 0.145, max(opened.bottom[1] + 0.115, 0.27))


def outline(look: Look) -> Points:
    """Give the closed outline of the head's skin."""
    return curves.symmetric(half(look))


def half(look: Look) -> Points:
    """Give the outline on the performer's left, from the crown to the chin."""
    chin, crown, face = look.chin, look.crown, shape(look)
    jaw = look.jaw * face.jaw
    # a narrow chin that ends level looks cut off, a broad one that does not has a knob
    near = face.point + 0.013 * min(max((0.30 - jaw * face.chin) / 0.07, 0.0), 1.0)
    around = spline(
        [
            (-0.55, crown + 0.11), (0.0, crown), (0.55, crown + 0.11), (0.90, crown + 0.50),
            (1.0, -0.42), (face.cheek, -0.05), (face.cheek_low, chin - 0.75),
            (face.side, chin - 0.46), (jaw, chin - face.corner),
            (jaw * face.chin, chin - face.corner * 0.30), (0.09, chin - near),
            (0.0, chin), (-0.09, chin - near),
            (-jaw * face.chin, chin - face.corner * 0.30),
        ]
    )  # fmt: skip
    return around[14:-27]


def _face(look: Look, sheet: Sheet) -> None:
    skin, face = look.skin, outline(look)
    shadow = skin.skin_shade()
    sheet.fill(face, skin)
    with sheet.clip(face):
        # light comes from the upper left: a narrow crisp shadow along the other jaw
        edge = half(look)
        depth = np.clip(edge[:, :1] / 0.5, 0.0, 1.0)
        inner = edge - depth * np.array([0.06, 0.03])
        sheet.shadow(curves.joined(edge, inner[::-1]), shadow, 0.75)
        strength = (0.55 + 0.45 * look.design.body.presentation) * min(skin.lightness / 0.85, 1.0)
        for side in (1.0, -1.0):
            centre = (blush_at(look)[0] * side, blush_at(look)[1])
            stops = [(t, shadow, alpha * strength) for t, alpha in ((0.0, 0.75), (0.5, 0.38),
                                                                    (1.0, 0.0))]  # fmt: skip
            sheet.fill(curves.ellipse(centre, 0.30, 0.17), radial(centre, 0.30, stops, squash=0.55))
        _lids(look, sheet, shadow)
        if not mouth.style(look).cusp:  # the fold under the lower lip; a cat's goes down with it
            chin = look.mouth + 0.115
            fold = spline([(-0.055, chin), (0.0, chin + 0.012), (0.055, chin)])
            sheet.line(fold, shadow, 0.022)
        _years(look, sheet)
    jaw = curves.cut(face, 0.25, 0.75)
    sheet.line(jaw, look.skin_pen, 0.017, 0.35, 0.35)
    accent = curves.cut(face, 0.455, 0.545)
    sheet.line(accent, look.skin_pen, 0.022, 1.0, 1.0)


def _lids(look: Look, sheet: Sheet, shadow: Colour) -> None:
    """Lay a breath of colour over the outer half of either lid and under its corner."""
    eye, strength = opening(look), 0.25 + 0.30 * look.design.body.presentation
    warm = Colour(shadow.lightness, shadow.chroma + 0.015, shadow.hue_deg)
    for side in (1.0, -1.0):
        for u, v, wide, squash in ((0.30, -0.95, 0.95, 0.62), (0.80, 0.35, 0.55, 0.60)):
            centre = ((eye.out + u * eye.w) * side, v * eye.h)
            size = wide * eye.w
            stops = [(0.0, warm, strength), (0.6, warm, 0.5 * strength), (1.0, warm, 0.0)]
            sheet.fill(
                curves.ellipse(centre, size, size * squash), radial(centre, size, stops, squash)
            )


def _years(look: Look, sheet: Sheet) -> None:
    """Draw the light lines of age: beside and under the eyes, from the nose to the mouth."""
    old = (look.design.body.age - 0.65) / 0.35
    if old <= 0.0:
        return
    pen, alpha = look.skin_pen, 0.42 + 0.33 * old
    opened, v = opening(look), look.mouth
    wide = look.mouth_width / 2
    for side in (1.0, -1.0):
        fold = spline([(0.110, look.nose + 0.012), (0.148, look.nose + 0.060),
                       (wide - 0.005 + 0.02 * old, v - 0.125 + 0.03 * old)])  # fmt: skip
        sheet.line(sided(fold, side), pen, 0.016, 0.7, 1.1, alpha * 0.9)
        for line in _at_eye(opened, old):
            sheet.line(sided(line, side), pen, 0.014, 0.6, 1.0, alpha)
    if old > 0.4:
        for drop, half in ((0.0, 0.34), (0.085, 0.26)):
            at = -look.eye_height / 2 - 0.50 - drop
            brow = spline([(-half, at + 0.015), (-half * 0.4, at), (half * 0.4, at),
                           (half, at + 0.015)])  # fmt: skip
            sheet.line(brow, pen, 0.012, 0.8, 0.8, alpha * 0.6)


def _at_eye(opened: Opening, old: float) -> list[Points]:
    """Give the lines at one eye, on the performer's left: a bag below, feet at the corner."""
    x, y = opened.out + opened.outer[0], opened.outer[1]
    low = opened.bottom[1] + 0.055
    inner = opened.out + opened.inner[0]
    lines = [spline([(inner + 0.03, low - 0.035), (inner + 0.12, low + 0.008),
                     (opened.out + 0.04, low + 0.025)])]  # fmt: skip
    for lift, reach in ((0.055, 0.085), (0.110, 0.070))[: 1 + (old > 0.35)]:
        start = (x + 0.035, y + lift)
        lines.append(spline([start, (x + 0.08, y + lift + 0.020),
                             (x + 0.035 + reach, y + lift + 0.055)]))  # fmt: skip
    return lines


def _neck(look: Look, sheet: Sheet) -> None:
    skin, chin, wide = look.skin, look.chin, look.neck
    right = spline(
        [(wide + 0.02, 0.45), (wide, chin), (wide + 0.01, chin + 0.22), (wide + 0.10, chin + 0.42),
         (wide + 0.34, chin + 0.56), (wide + 0.50, chin + 0.95), (wide + 0.44, chin + 1.25)]
    )  # fmt: skip
    shape = curves.symmetric(right)
    sheet.fill(shape, skin)
    shadow = skin.skin_shade()
    # twice the reddening would make dark skin glow
    redder = 0.026 * min(max((skin.lightness - 0.55) / 0.3, 0.0), 1.0)
    deep = Colour(shadow.lightness * 0.915, shadow.chroma + redder, shadow.hue_deg - 460.0 * redder)
    with sheet.clip(shape):
        under = spline(
            [(-0.9, chin - 0.5), (-0.42, chin + 0.10), (-0.10, chin + 0.30), (0.10, chin + 0.315),
             (0.36, chin + 0.22), (0.9, chin - 0.3)]
        )  # fmt: skip
        tone = linear(
            (0, chin - 0.1),
            (0, chin + 0.35),
            [(0.0, deep, 1.0), (0.9, shadow, 1.0)],
        )
        sheet.fill(curves.joined(under, [(0.9, -0.5), (-0.9, -0.5)]), tone)
        for side in (1.0, -1.0):
            bone = spline([(0.10, chin + 0.62), (0.24, chin + 0.56), (0.48, chin + 0.55)])
            sheet.line(sided(bone, side), shadow, 0.022, 0.5, 1.0)
    for side in (1.0, -1.0):
        sheet.line(sided(right, side), look.skin_pen, 0.015, 0.4, 0.4)


def _marks(look: Look, board: Board) -> None:
    chin, edge = look.chin, half(look)
    board.mark("chin", (0.0, chin))
    board.mark("crown", (0.0, look.crown))
    board.mark("neck_pivot", (0.0, chin + 0.10))
    cheek = edge[abs(edge[:, 1]).argmin()]
    jaw = edge[abs(edge[:, 1] - (chin - shape(look).corner)).argmin()]
    for name, side in (("left", 1.0), ("right", -1.0)):
        board.mark(f"cheek_{name}", (cheek[0] * side, 0.0))
        board.mark(f"jaw_{name}", (jaw[0] * side, jaw[1]))
        board.mark(f"neck_{name}", (look.neck * side, chin + 0.15))
        shoulder = look.on_body(np.array([[1.32 * side, 2.02]]))[0]
        board.mark(f"shoulder_{name}", shoulder)
