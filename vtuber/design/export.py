"""Turn a design into an avatar bundle: pictures trimmed to what they show, and the manifest. Pure.

Nothing is written here: `bundle` gives what belongs into the files.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Bool, Float32, UInt8

from vtuber.avatar.roles import split_role
from vtuber.design.board import Board, LayerPlan
from vtuber.design.canvas import Lay, stack
from vtuber.design.draw import draw, frame, outfits
from vtuber.design.expressions import EXPRESSIONS
from vtuber.design.frame import Frame
from vtuber.design.genome import Design
from vtuber.design.manner import manner
from vtuber.design.png import png

PADDING_PX = 2
PREVIEW_PX = 400  # height
# alpha 0 at rest: the rig fades them in
HIDDEN_AT_REST = frozenset(
    ["mouth_cavity", "tongue", "teeth", "lid_closed", "lid_happy", "blush", "tears", "sweat",
     "shade", "anger_mark", "eye_heart", "eye_star"]
)  # fmt: skip

# what swings besides hair, by the name of its layer
GROUP_OF_LAYER = {"wings": "wings", "grown_tail": "tail"}
# what is stiffer than hair of its length: `[physics.back_hair]`, by the style of the back
STIFF_BACKS = {
    "afro": {"frequency_hz": 3.6, "swing": 0.3, "wind": 0.2},
    "cropped": {"swing": 0.3},
    "puffs": {"frequency_hz": 3.4, "swing": 0.35},
    "short_boy": {"swing": 0.4},
}


@dataclass(frozen=True, slots=True, eq=False)
class Bundle:
    """A drawn avatar: `avatar.toml` as a table, its layers' PNG files by path, and a preview."""

    manifest: dict[str, Any]
    pictures: dict[str, bytes]
    preview: bytes


def bundle(design: Design, height_px: int = 1280) -> Bundle:
    """Draw a design at a height of the canvas (256 to 4096 px)."""
    board, paper = draw(design), frame(design, height_px)
    layers, pictures = [], {}
    for plan in board.ordered():
        rgba, offset_px = trimmed(board, paper, plan.name)
        file = f"layers/{plan.name}.png"
        pictures[file] = png(rgba)
        layers.append(_layer(plan, file, offset_px))
    small = preview(board, paper.scaled(PREVIEW_PX / paper.size_px[1]))
    return Bundle(_manifest(design, board, paper, layers), pictures, png(small))


def trimmed(
    board: Board, paper: Frame, name: str
) -> tuple[UInt8[np.ndarray, "h w 4"], tuple[int, int]]:
    """Give a layer in straight alpha, cut to what it shows plus padding, and its top left."""
    box = board.sheets[name].box(paper)
    rgba = board.sheets[name].render(paper, box)
    rows = np.flatnonzero(rgba[..., 3].any(axis=1))
    columns = np.flatnonzero(rgba[..., 3].any(axis=0))
    assert rows.size, f"the layer {name} is empty"
    rgba = np.pad(
        rgba[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1],
        ((PADDING_PX, PADDING_PX), (PADDING_PX, PADDING_PX), (0, 0)),
    )
    left, top = box[0] + int(columns[0]) - PADDING_PX, box[1] + int(rows[0]) - PADDING_PX
    return straight(rgba), (left, top)


def straight(rgba: UInt8[np.ndarray, "h w 4"], bleed_px: int = 1) -> UInt8[np.ndarray, "h w 4"]:
    """Turn premultiplied into straight alpha; colour bleeds under alpha 0 against dark fringes.

    The renderer premultiplies, so this is for other programs: one pixel does, and four made every
    file a sixth larger.
    """
    alpha = rgba[..., 3:].astype(np.float32)
    colour = rgba[..., :3].astype(np.float32) * 255.0 / np.maximum(alpha, 1.0)
    known = rgba[..., 3] >= 8  # below, eight bits hold too little of the colour
    rough = colour.copy()
    colour[~known] = 0.0
    for _ in range(bleed_px):
        colour, known = _spread(colour, known)
    # what fades out wider than the bleed keeps its rough colour: black would be a dark rim
    colour = np.where(known[..., None], colour, rough)
    rounded = np.clip(colour + 0.5, 0, 255).astype(np.uint8)
    return np.dstack([rounded, rgba[..., 3]])


def _spread(
    colour: Float32[np.ndarray, "h w 3"], known: Bool[np.ndarray, "h w"]
) -> tuple[Float32[np.ndarray, "h w 3"], Bool[np.ndarray, "h w"]]:
    """Give each unknown pixel the mean of its known neighbours."""
    height, width = known.shape
    weight = np.pad(known.astype(np.float32), 1)
    padded = np.pad(colour * known[..., None], ((1, 1), (1, 1), (0, 0)))
    total, count = np.zeros_like(colour), np.zeros((height, width), np.float32)
    for dy in range(3):
        for dx in range(3):
            total += padded[dy : dy + height, dx : dx + width]
            count += weight[dy : dy + height, dx : dx + width]
    mean = total / np.maximum(count, 1.0)[..., None]
    return np.where(known[..., None], colour, mean), known | (count > 0)


def lays(board: Board, hidden: Iterable[str] = HIDDEN_AT_REST) -> list[Lay]:
    """Give the layers as they lie at rest: the first outfit; `hidden` names layers or roles."""
    design = board.look.design
    left_out = {*hidden, *(kind for kind in design.extras.stowed)}
    worn = next(iter(outfits(design)))
    return [
        Lay(board.sheets[plan.name], board.sheets.get(plan.clip or ""), plan.blend)
        for plan in board.ordered()
        if not {plan.name, split_role(plan.role)[0], plan.toggle} & left_out
        and plan.outfit in (None, worn)
        and (plan.unless is None or plan.unless in left_out)
    ]


def preview(
    board: Board, paper: Frame, hidden: Iterable[str] = HIDDEN_AT_REST
) -> UInt8[np.ndarray, "h w 4"]:
    """Give the whole character at rest on its canvas, in straight alpha."""
    return straight(stack(lays(board, hidden), paper), bleed_px=0)


def _manifest(
    design: Design, board: Board, paper: Frame, layers: list[dict[str, Any]]
) -> dict[str, Any]:
    landmarks = {name: _rounded(paper.px(at)) for name, at in sorted(board.landmarks.items())}
    stiff = STIFF_BACKS.get(design.hair.back)
    physics = {"physics": {"back_hair": stiff}} if stiff else {}
    return {
        "format": 1,
        "name": design.name,
        "author": design.author,
        "licence": design.licence,
        "canvas_px": list(paper.size_px),
        "hidden": list(design.extras.stowed),
        "landmarks": landmarks,
        "layers": layers,
        "expressions": EXPRESSIONS,
        **physics,
        "rig": manner(design),
    }


def _rounded(point: tuple[float, float]) -> list[float]:
    return [round(point[0], 1), round(point[1], 1)]


def _layer(plan: LayerPlan, file: str, offset_px: tuple[int, int]) -> dict[str, Any]:
    table = {
        "name": plan.name,
        "role": plan.role,
        "file": file,
        "offset_px": list(offset_px),
        "mesh": list(plan.mesh) if plan.mesh else None,
        "clip": plan.clip,
        "blend": None if plan.blend == "normal" else plan.blend,
        "group": plan.group or GROUP_OF_LAYER.get(plan.name),
        "outfit": plan.outfit,
        "toggle": plan.toggle,
        "unless": plan.unless,
        "depth": plan.depth,
        "turn": plan.turn,
    }
    return {key: value for key, value in table.items() if value is not None}
