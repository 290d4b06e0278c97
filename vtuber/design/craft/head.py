"""Face and neck: whole skin, clean behind everything that lies on it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vtuber.design import catalogue, curves
from vtuber.design.board import Board
from vtuber.design.canvas import Sheet, linear, radial
from vtuber.design.curves import Points, sided, spline
from vtuber.design.look import Look

BLUSH_AT = (0.60, 0.36)


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


def shape(look: Look) -> FaceShape:
    found: FaceShape = catalogue.style("face_shape", look.design.face.shape).SHAPE
    return found


def draw(look: Look, board: Board) -> None:
    _neck(look, board.layer("neck", depth=-0.25, turn=0.4))
    _face(look, board.layer("face", depth=0.25))
    _marks(look, board)


def outline(look: Look) -> Points:
    """Give the closed outline of the head's skin."""
    return curves.symmetric(half(look))


def half(look: Look) -> Points:
    """Give the outline on the performer's left, from the crown to the chin."""
    chin, crown, face = look.chin, look.crown, shape(look)
    jaw = look.jaw * face.jaw
    around = spline(
        [
            (-0.55, crown + 0.11), (0.0, crown), (0.55, crown + 0.11), (0.90, crown + 0.50),
            (1.0, -0.42), (face.cheek, -0.05), (face.cheek_low, chin - 0.75),
            (face.side, chin - 0.46), (jaw, chin - face.corner),
            (jaw * face.chin, chin - face.corner * 0.30), (0.10, chin - face.point), (0.0, chin),
            (-0.10, chin - face.point), (-jaw * face.chin, chin - face.corner * 0.30),
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
        sheet.fill(curves.joined(edge, inner[::-1]), shadow, 0.75)
        for side in (1.0, -1.0):
            centre = (BLUSH_AT[0] * side, BLUSH_AT[1])
            warm = skin.mixed(shadow, 1.0)
            stops = [(0.0, warm, 0.75), (0.5, warm, 0.38), (1.0, warm, 0.0)]
            sheet.fill(curves.ellipse(centre, 0.30, 0.17), radial(centre, 0.30, stops, squash=0.55))
        # the fold under the lower lip
        chin = look.mouth + 0.115
        fold = spline([(-0.055, chin), (0.0, chin + 0.012), (0.055, chin)])
        sheet.line(fold, shadow, 0.022)
    jaw = curves.cut(face, 0.25, 0.75)
    sheet.line(jaw, look.skin_pen, 0.017, 0.35, 0.35)
    accent = curves.cut(face, 0.455, 0.545)
    sheet.line(accent, look.skin_pen, 0.022, 1.0, 1.0)


def _neck(look: Look, sheet: Sheet) -> None:
    skin, chin, wide = look.skin, look.chin, look.neck
    right = spline(
        [(wide + 0.02, 0.45), (wide, chin), (wide + 0.01, chin + 0.22), (wide + 0.10, chin + 0.42),
         (wide + 0.34, chin + 0.56), (wide + 0.50, chin + 0.95)]
    )  # fmt: skip
    shape = curves.symmetric(right)
    sheet.fill(shape, skin)
    shadow = skin.skin_shade()
    with sheet.clip(shape):
        under = spline(
            [(-0.9, chin - 0.5), (-0.42, chin + 0.10), (-0.10, chin + 0.30), (0.10, chin + 0.315),
             (0.36, chin + 0.22), (0.9, chin - 0.3)]
        )  # fmt: skip
        tone = linear(
            (0, chin - 0.1),
            (0, chin + 0.35),
            [(0.0, shadow.skin_shade(), 1.0), (0.9, shadow, 1.0)],
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
