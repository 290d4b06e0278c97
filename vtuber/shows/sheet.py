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
    from vtuber.design.genome import Design

TILE_PX = (400, 500)  # width, height
CAPTION_PX = 34
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
    "blink": {"eyeBlinkLeft": 1.0, "eyeBlinkRight": 1.0},
    "wink": {"eyeBlinkLeft": 1.0, "mouthSmileLeft": 0.8, "mouthSmileRight": 0.8},
    "wide": {"jawOpen": 1.0},
}

Tile = tuple[str, Float32[np.ndarray, "h w 4"]]  # caption, premultiplied 0..255


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
    from vtuber.render.renderer import GlRenderer

    avatar = load_avatar(name)
    rig, space = warper_called(warper)(avatar), BASE.extended(avatar.parameters)
    toggles = sorted({layer.toggle for layer in avatar.layers} - {""})
    # caption, pose, outfit, what is off
    shots: list[tuple[str, Mapping[str, float], str, Set[str]]] = [
        ("neutral", {}, "", avatar.hidden),
        *((name, pose, "", avatar.hidden) for name, pose in avatar.expressions.items() if pose),
        *((name, pose, "", avatar.hidden) for name, pose in TURNS.items()),
        *((name, {}, name, avatar.hidden) for name in avatar.outfits[1:]),
        *(
            (f"{'with' if name in avatar.hidden else 'without'} {name}", {}, "",
             avatar.hidden ^ {name})
            for name in toggles
        ),
    ]  # fmt: skip
    renderer = GlRenderer(ManualClock())
    tiles: list[Tile] = []
    try:
        renderer.load("one", avatar)
        for caption, values, outfit, off in shots:
            pose = Pose.of(values, space)
            actor = Actor("one", "one", pose, hidden_layers=avatar.not_worn(outfit, off))
            picture = renderer.draw(Scene(0, 0, 0, TILE_PX, (actor,)), (rig.warp(pose),))
            tiles.append((caption, picture.rgba.astype(np.float32)))
    finally:
        renderer.close()
    _write(_sheet(tiles, 5), path)


def _sheet(tiles: Iterable[Tile], columns: int) -> UInt8[np.ndarray, "h w 3"]:
    pictures = [_tile(i, *tile) for i, tile in enumerate(tiles)]
    blank = np.full_like(pictures[0], 255)
    pictures += [blank] * (-len(pictures) % columns)
    rows = [np.hstack(pictures[i : i + columns]) for i in range(0, len(pictures), columns)]
    return np.vstack(rows)


def _tile(i: int, caption: str, rgba: Float32[np.ndarray, "h w 4"]) -> UInt8[np.ndarray, "h w 3"]:
    import cv2

    ground = np.array(GROUNDS[i % len(GROUNDS)], np.float32)
    width, height = TILE_PX
    room = np.zeros((height, width, 4), np.float32)
    top, left = (height - rgba.shape[0]) // 2, (width - rgba.shape[1]) // 2
    room[top : top + rgba.shape[0], left : left + rgba.shape[1]] = rgba
    shown = room[..., :3] + ground * (1 - room[..., 3:] / 255)
    label = np.full((CAPTION_PX, width, 3), ground * 0.96, np.float32)
    tile = np.ascontiguousarray(np.vstack([shown, label]).round().astype(np.uint8))
    (wide, _), _ = cv2.getTextSize(caption, cv2.FONT_HERSHEY_DUPLEX, 0.55, 1)
    at = ((width - wide) // 2, height + CAPTION_PX - 11)
    cv2.putText(tile, caption, at, cv2.FONT_HERSHEY_DUPLEX, 0.55, INK, 1, cv2.LINE_AA)
    return tile


def _write(rgb: UInt8[np.ndarray, "h w 3"], path: Path) -> None:
    import cv2

    is_done, data = cv2.imencode(".png", cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR))
    assert is_done, "OpenCV writes every RGB picture as PNG"
    write_whole(path, data.tobytes())
