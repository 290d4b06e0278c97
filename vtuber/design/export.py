"""Write a drawn design as a bundle: pictures trimmed to what they show, `avatar.toml`, a preview.

The only files written are inside the folder that was asked for; stale layer pictures are removed.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
from jaxtyping import Bool, Float32, UInt8

from vtuber.avatar.roles import split_role
from vtuber.design.board import Board, LayerPlan
from vtuber.design.canvas import Frame, Lay, png, stack
from vtuber.design.draw import draw, frame, outfits
from vtuber.design.expressions import EXPRESSIONS
from vtuber.design.genome import Design, write_design

PADDING_PX = 2
# alpha 0 at rest: the rig fades them in
HIDDEN_AT_REST = frozenset(
    ["mouth_cavity", "tongue", "teeth", "lid_closed", "lid_happy", "blush", "tears", "sweat",
     "shade", "anger_mark", "eye_heart", "eye_star"]
)  # fmt: skip


def export(design: Design, folder: Path, height_px: int = 1280) -> None:
    """Draw a design and write it as an avatar bundle into a folder (made when missing)."""
    board, paper = draw(design), frame(design, height_px)
    pictures = folder / "layers"
    pictures.mkdir(parents=True, exist_ok=True)
    offsets = {}
    for plan in board.ordered():
        rgba, offsets[plan.name] = trimmed(board, paper, plan.name)
        (pictures / f"{plan.name}.png").write_bytes(png(rgba))
    for stale in pictures.glob("*.png"):
        if stale.stem not in board.plans:
            stale.unlink()
    (folder / "design.toml").write_text(write_design(design), encoding="utf-8")
    (folder / "avatar.toml").write_text(manifest(design, board, paper, offsets), encoding="utf-8")
    (folder / "preview.png").write_bytes(png(preview(board, paper.scaled(0.5))))


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


def straight(rgba: UInt8[np.ndarray, "h w 4"], bleed_px: int = 4) -> UInt8[np.ndarray, "h w 4"]:
    """Turn premultiplied into straight alpha; colour bleeds under alpha 0 against dark fringes."""
    alpha = rgba[..., 3:].astype(np.float32)
    colour = rgba[..., :3].astype(np.float32) * 255.0 / np.maximum(alpha, 1.0)
    known = rgba[..., 3] >= 8  # below, eight bits hold too little of the colour
    colour[~known] = 0.0
    for _ in range(bleed_px):
        colour, known = _spread(colour, known)
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
    ]


def preview(
    board: Board, paper: Frame, hidden: Iterable[str] = HIDDEN_AT_REST
) -> UInt8[np.ndarray, "h w 4"]:
    """Give the whole character at rest on its canvas, in straight alpha."""
    return straight(stack(lays(board, hidden), paper), bleed_px=0)


def manifest(
    design: Design, board: Board, frame: Frame, offsets: dict[str, tuple[int, int]]
) -> str:
    """Give the text of `avatar.toml`."""
    lines = [
        "# Drawn from design.toml; `vtuber avatar edit` draws it again.",
        "format = 1",
        f'name = "{design.name}"',
        f'author = "{design.author}"',
        f'licence = "{design.licence}"',
        f"canvas_px = [{frame.size_px[0]}, {frame.size_px[1]}]",
        "",
        "[landmarks]",
    ]
    for name, point in sorted(board.landmarks.items()):
        x, y = frame.px(point)
        lines.append(f"{name} = [{x:.1f}, {y:.1f}]")
    for plan in board.ordered():
        lines += ["", *_layer_lines(plan, offsets[plan.name])]
    for name, values in EXPRESSIONS.items():
        lines += ["", f"[expressions.{name}]"]
        lines += [f"{parameter} = {value}" for parameter, value in values.items()]
    return "\n".join(lines) + "\n"


def _layer_lines(plan: LayerPlan, offset_px: tuple[int, int]) -> list[str]:
    lines = [
        "[[layers]]",
        f'name = "{plan.name}"',
        f'role = "{plan.role}"',
        f'file = "layers/{plan.name}.png"',
        f"offset_px = [{offset_px[0]}, {offset_px[1]}]",
    ]
    if plan.mesh:
        lines.append(f"mesh = [{plan.mesh[0]}, {plan.mesh[1]}]")
    given = {key: getattr(plan, key) for key in ("clip", "group", "outfit", "toggle")}
    lines += [f'{key} = "{value}"' for key, value in given.items() if value]
    if plan.blend != "normal":
        lines.append(f'blend = "{plan.blend}"')
    return [*lines, f"depth = {plan.depth}", f"turn = {plan.turn}"]
