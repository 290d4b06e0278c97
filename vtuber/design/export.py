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
from vtuber.design.canvas import Frame, png
from vtuber.design.design import Design
from vtuber.design.draw import draw
from vtuber.design.expressions import EXPRESSIONS

PADDING_PX = 2
# alpha 0 at rest: the rig fades them in
HIDDEN_AT_REST = frozenset(
    ["mouth_cavity", "tongue", "teeth", "lid_closed", "lid_happy", "blush", "tears", "sweat",
     "shade", "anger_mark", "eye_heart", "eye_star"]
)  # fmt: skip


def export(design: Design, folder: Path, frame: Frame | None = None) -> None:
    """Draw a design and write it as an avatar bundle into a folder (made when missing)."""
    board = draw(design, frame)
    pictures = folder / "layers"
    pictures.mkdir(parents=True, exist_ok=True)
    offsets = {}
    for plan in board.ordered():
        rgba, offsets[plan.name] = trimmed(board, plan.name)
        (pictures / f"{plan.name}.png").write_bytes(png(rgba))
    for stale in pictures.glob("*.png"):
        if stale.stem not in board.plans:
            stale.unlink()
    (folder / "avatar.toml").write_text(manifest(design, board, offsets), encoding="utf-8")
    (folder / "preview.png").write_bytes(png(_preview(board)))


def trimmed(board: Board, name: str) -> tuple[UInt8[np.ndarray, "h w 4"], tuple[int, int]]:
    """Give a layer in straight alpha, cut to what it shows plus padding, and its top left."""
    rgba, margin = board.sheets[name].rgba, board.frame.margin_px
    rows = np.flatnonzero(rgba[..., 3].any(axis=1))
    columns = np.flatnonzero(rgba[..., 3].any(axis=0))
    assert rows.size, f"the layer {name} is empty"
    top, bottom = max(rows[0] - PADDING_PX, 0), min(rows[-1] + 1 + PADDING_PX, rgba.shape[0])
    left, right = max(columns[0] - PADDING_PX, 0), min(columns[-1] + 1 + PADDING_PX, rgba.shape[1])
    cut = straight(rgba[top:bottom, left:right])
    return cut, (int(left) - margin, int(top) - margin)


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


def composite(board: Board, hidden: Iterable[str] = HIDDEN_AT_REST) -> Float32[np.ndarray, "h w 4"]:
    """Lay the layers over each other as at rest: premultiplied 0..1, the canvas with its margin.

    `hidden` names layers or roles that are left out.
    """
    left_out = set(hidden)
    total: Float32[np.ndarray, "h w 4"] | None = None
    for plan in board.ordered():
        if plan.name in left_out or split_role(plan.role)[0] in left_out:
            continue
        layer = board.sheets[plan.name].rgba.astype(np.float32) / 255.0
        if plan.clip:
            layer *= board.sheets[plan.clip].rgba[..., 3:].astype(np.float32) / 255.0
        total = layer if total is None else layer + total * (1.0 - layer[..., 3:])
    assert total is not None, "every layer was hidden"
    return total


def _preview(board: Board) -> UInt8[np.ndarray, "h w 4"]:
    margin = board.frame.margin_px
    whole = composite(board)[margin:-margin, margin:-margin]
    height, width = whole.shape[0] // 2 * 2, whole.shape[1] // 2 * 2
    small = whole[:height, :width].reshape(height // 2, 2, width // 2, 2, 4).mean(axis=(1, 3))
    return straight(np.round(small * 255.0).astype(np.uint8))


def manifest(design: Design, board: Board, offsets: dict[str, tuple[int, int]]) -> str:
    """Give the text of `avatar.toml`."""
    frame = board.frame
    lines = [
        "# Drawn by `python -m vtuber.design avatars/default`; that command writes it again.",
        "format = 1",
        f'name = "{design.name}"',
        'author = "vtuber project"',
        'licence = "CC0-1.0"',
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
    for key, value in (("clip", plan.clip), ("group", plan.group), ("toggle", plan.toggle)):
        if value:
            lines.append(f'{key} = "{value}"')
    if plan.blend != "normal":
        lines.append(f'blend = "{plan.blend}"')
    return [*lines, f"depth = {plan.depth}", f"turn = {plan.turn}"]
