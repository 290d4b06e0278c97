"""Contact sheets: many characters side by side, or one in all its expressions and turns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float32, UInt8

from vtuber.core.pose import BASE, Pose
from vtuber.core.scene import Actor, Scene
from vtuber.runtime.clock import ManualClock
from vtuber.shows.engine import load_avatar
from vtuber.shows.files import write_whole
from vtuber.warp.warpers import DEFAULT, warper_called

if TYPE_CHECKING:
    from vtuber.avatar.avatar import Avatar
    from vtuber.design.genome import Design

TILE_PX = (400, 500)  # width, height, of one of many characters
CAPTION_PX = 34
# one character: five columns, faces as large in a turn as in an expression
COLUMNS, CELL_PX = 5, 460
MARGIN_PX, GAP_PX, TITLE_PX = 30, 10, 64
HEAD_LOW, HEAD_HIGH, HEAD_SIDE = 1.75, 2.9, 3.7  # W below and at most above the eyes; least side
# pale grounds in turn, so that neighbours part
GROUNDS = ((236, 232, 240), (227, 238, 236), (243, 236, 226), (230, 234, 244))
INK = (70, 62, 84)

# what a sheet shows besides the avatar's own expressions
TURNS: dict[str, dict[str, float]] = {
    "left": {"headYaw": 25.0},
    "right": {"headYaw": -25.0},
    "up": {"headPitch": 18.0},
    "down": {"headPitch": -18.0},
    "tilt": {"headRoll": 15.0, "headYaw": 10.0},
}
FACES: dict[str, dict[str, float]] = {
    "blink": {"eyeBlinkLeft": 1.0, "eyeBlinkRight": 1.0},
    "wink": {"eyeBlinkLeft": 1.0, "mouthSmileLeft": 0.8, "mouthSmileRight": 0.8},
    "wide": {"jawOpen": 1.0},
}

Tile = tuple[str, Float32[np.ndarray, "h w 4"]]  # caption, premultiplied 0..255
Shot = tuple[str, Mapping[str, float], str, Set[str]]  # caption, pose, outfit, what is off


def contact(
    designs: Sequence[Design], columns: int, path: Path, told: Callable[[int], None]
) -> None:
    """Draw designs side by side into a PNG, each with its name and seed; `told` hears how many."""
    from vtuber.design.canvas import stack
    from vtuber.design.draw import draw, frame
    from vtuber.design.export import lays

    tiles: list[Tile] = []
    for i, design in enumerate(designs):
        board, paper = draw(design), frame(design, TILE_PX[1])
        rgba = stack(lays(board), paper).astype(np.float32)
        tiles.append((f"{design.seed}  {design.name}", rgba))
        told(i + 1)
    _write(_sheet(tiles, columns), path)


def portrait(name: str, path: Path, warper: str = DEFAULT) -> None:
    """Draw one avatar in its expressions, turns, outfits and without each item, into a PNG."""
    avatar = load_avatar(name)
    toggles = sorted({layer.toggle for layer in avatar.layers} - {""})
    worn: list[Shot] = [(outfit, {}, outfit, avatar.hidden) for outfit in avatar.outfits]
    items: list[Shot] = [
        (f"{'with' if item in avatar.hidden else 'without'} {item}", {}, "", avatar.hidden ^ {item})
        for item in toggles
    ]
    expressions = {"neutral": {}, **{n: pose for n, pose in avatar.expressions.items() if pose}}
    sections: list[tuple[str, list[Shot], bool]] = [
        ("Turns", [(n, pose, "", avatar.hidden) for n, pose in TURNS.items()], True),
        ("Expressions", [(n, pose, "", avatar.hidden)
                         for n, pose in (expressions | FACES).items()], True),
        ("Clothes", [*(worn or [("", {}, "", avatar.hidden)]), *items], False),
    ]  # fmt: skip
    with _Camera(avatar, warper) as camera:
        blocks = [_title(avatar.name, f"by {avatar.author}, {avatar.licence}")]
        for title, shots, is_head in sections:
            tiles = [(shot[0], camera.shot(shot, is_head)) for shot in shots]
            blocks += [_title(title), _block(tiles, len(blocks))]
    foot = np.full((MARGIN_PX, blocks[0].shape[1], 3), 255, np.uint8)
    _write(np.vstack([*blocks, foot]), path)


class _Camera:
    """Draws one avatar in poses, whole or its head."""

    def __init__(self, avatar: Avatar, warper: str) -> None:
        from vtuber.render.renderer import GlRenderer

        self._avatar, self._rig = avatar, warper_called(warper)(avatar)
        self._space = BASE.extended(avatar.parameters)
        self._renderer = GlRenderer(ManualClock())
        self._head = self._frame()

    def __enter__(self) -> _Camera:
        self._renderer.load("one", self._avatar)
        return self

    def __exit__(self, *error: object) -> None:
        self._renderer.close()

    def shot(self, shot: Shot, is_head: bool) -> Float32[np.ndarray, "h w 4"]:
        """Draw the head in a square of a cell, or the whole canvas as wide as a cell."""
        _, values, outfit, off = shot
        pose = Pose.of(values, self._space)
        actor = Actor("one", "one", pose, hidden_layers=self._avatar.not_worn(outfit, off))
        width, height = self._avatar.canvas_px
        left, top, side = self._head if is_head else (0.0, 0.0, float(width))
        scale = CELL_PX / side
        size_px = (round(width * scale), round(height * scale))
        picture = self._renderer.draw(Scene(0, 0, 0, size_px, (actor,)), (self._rig.warp(pose),))
        rgba = picture.rgba.astype(np.float32)
        if not is_head:
            return rgba
        room = np.pad(rgba, ((CELL_PX, CELL_PX), (CELL_PX, CELL_PX), (0, 0)))
        u, v = round(left * scale) + CELL_PX, round(top * scale) + CELL_PX
        return room[v : v + CELL_PX, u : u + CELL_PX]

    def _frame(self) -> tuple[float, float, float]:
        """Give the square round the head, in canvas px: left, top, side. Hats and ears get room."""
        marks = self._avatar.landmarks
        right, left = (np.array(marks[f"cheek_{side}"]) for side in ("right", "left"))
        (u, v), w = (left + right) / 2, float(left[0] - right[0]) / 2
        worn = [layer for layer in self._avatar.layers if layer.name not in self._avatar.not_worn()]
        over = np.vstack([layer.mesh.vertices_px for layer in worn])
        near = over[np.abs(over[:, 0] - u) < 1.2 * w]
        top = max(float(near[:, 1].min()) - 0.2 * w, v - HEAD_HIGH * w)
        low = v + HEAD_LOW * w
        side = max(low - top, HEAD_SIDE * w)
        return float(u - side / 2), low - side, side


def _title(text: str, beside: str = "") -> UInt8[np.ndarray, "h w 3"]:
    """Write a heading over the whole width."""
    import cv2

    width = COLUMNS * (CELL_PX + GAP_PX) - GAP_PX + 2 * MARGIN_PX
    strip = np.full((TITLE_PX, width, 3), 255, np.uint8)
    cv2.putText(strip, text, (MARGIN_PX, 46), cv2.FONT_HERSHEY_DUPLEX, 1.3, INK, 2, cv2.LINE_AA)
    if beside:
        (wide, _), _ = cv2.getTextSize(beside, cv2.FONT_HERSHEY_DUPLEX, 0.9, 1)
        at = (width - MARGIN_PX - wide, 46)
        cv2.putText(strip, beside, at, cv2.FONT_HERSHEY_DUPLEX, 0.9, INK, 1, cv2.LINE_AA)
    return strip


def _block(tiles: Sequence[Tile], first: int) -> UInt8[np.ndarray, "h w 3"]:
    """Lay tiles of one size in rows with gaps, on white."""
    pictures = [_tile(first + i, *tile, _size_px(tile), 0.8) for i, tile in enumerate(tiles)]
    height, width = (side + GAP_PX for side in pictures[0].shape[:2])
    rows = -(-len(pictures) // COLUMNS)
    block = np.full((rows * height, COLUMNS * width - GAP_PX + 2 * MARGIN_PX, 3), 255, np.uint8)
    for i, picture in enumerate(pictures):
        v, u = i // COLUMNS * height, MARGIN_PX + i % COLUMNS * width
        block[v : v + height - GAP_PX, u : u + width - GAP_PX] = picture
    return block


def _size_px(tile: Tile) -> tuple[int, int]:
    height, width = tile[1].shape[:2]
    return width, height


def _sheet(tiles: Iterable[Tile], columns: int) -> UInt8[np.ndarray, "h w 3"]:
    pictures = [_tile(i, *tile) for i, tile in enumerate(tiles)]
    blank = np.full_like(pictures[0], 255)
    pictures += [blank] * (-len(pictures) % columns)
    rows = [np.hstack(pictures[i : i + columns]) for i in range(0, len(pictures), columns)]
    return np.vstack(rows)


def _tile(
    i: int,
    caption: str,
    rgba: Float32[np.ndarray, "h w 4"],
    size_px: tuple[int, int] = TILE_PX,
    letters: float = 0.55,
) -> UInt8[np.ndarray, "h w 3"]:
    import cv2

    ground = np.array(GROUNDS[i % len(GROUNDS)], np.float32)
    width, height = size_px
    room = np.zeros((height, width, 4), np.float32)
    top, left = (height - rgba.shape[0]) // 2, (width - rgba.shape[1]) // 2
    room[top : top + rgba.shape[0], left : left + rgba.shape[1]] = rgba
    shown = room[..., :3] + ground * (1 - room[..., 3:] / 255)
    label = np.full((CAPTION_PX, width, 3), ground * 0.96, np.float32)
    tile = np.ascontiguousarray(np.vstack([shown, label]).round().astype(np.uint8))
    (wide, _), _ = cv2.getTextSize(caption, cv2.FONT_HERSHEY_DUPLEX, letters, 1)
    at = ((width - wide) // 2, height + CAPTION_PX - 11)
    cv2.putText(tile, caption, at, cv2.FONT_HERSHEY_DUPLEX, letters, INK, 1, cv2.LINE_AA)
    return tile


def _write(rgb: UInt8[np.ndarray, "h w 3"], path: Path) -> None:
    import cv2

    is_done, data = cv2.imencode(".png", cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR))
    assert is_done, "OpenCV writes every RGB picture as PNG"
    write_whole(path, data.tobytes())
