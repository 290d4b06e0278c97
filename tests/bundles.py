"""Draws a small synthetic avatar bundle with NumPy, for every test that needs an avatar."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np

CANVAS_PX = (256, 320)
CENTRE_X = 128.0
HALF_FACE_PX = 48.0  # W
EYE_Y = 130.0

_LANDMARKS_W = {  # (u, v) in W from the middle of the eye line, of the left side or the middle
    "eye_left_inner": (0.20, 0.05), "eye_left_outer": (0.72, 0.0),
    "eye_left_top": (0.46, -0.25), "eye_left_bottom": (0.46, 0.25), "iris_left": (0.46, 0.0),
    "brow_left_inner": (0.22, -0.50), "brow_left_middle": (0.46, -0.56),
    "brow_left_outer": (0.72, -0.50),
    "nose_tip": (0.0, 0.45), "mouth_left": (0.17, 0.72), "mouth_top": (0.0, 0.72),
    "mouth_bottom": (0.0, 0.74), "chin": (0.0, 1.06), "jaw_left": (0.72, 0.70),
    "cheek_left": (1.0, 0.0), "crown": (0.0, -1.40), "neck_pivot": (0.0, 1.20),
    "neck_left": (0.32, 1.40), "shoulder_left": (1.40, 2.0),
}  # fmt: skip

# name, role, (u0, v0, u1, v1) box in W, shape, colour, clip
_LAYERS = (
    ("back_hair", "back_hair", (-1.2, -1.5, 1.2, 1.6), "oval", (70, 60, 110), ""),
    ("body", "body", (-1.9, 1.4, 1.9, 4.4), "box", (60, 80, 120), ""),
    ("neck", "neck", (-0.32, 0.6, 0.32, 1.9), "box", (240, 205, 190), ""),
    ("ear_left", "ear_left", (0.92, -0.1, 1.12, 0.4), "oval", (240, 205, 190), ""),
    ("ear_right", "ear_right", (-1.12, -0.1, -0.92, 0.4), "oval", (240, 205, 190), ""),
    ("face", "face", (-1.0, -1.2, 1.0, 1.06), "oval", (250, 220, 205), ""),
    ("blush", "blush", (-0.8, 0.28, 0.8, 0.42), "box", (250, 150, 150), ""),
    ("nose", "nose", (-0.03, 0.40, 0.03, 0.47), "oval", (215, 160, 150), ""),
    ("mouth_cavity", "mouth_cavity", (-0.17, 0.72, 0.17, 0.94), "lower", (130, 40, 50), ""),
    ("tongue", "tongue", (-0.10, 0.84, 0.10, 0.93), "oval", (230, 110, 120), "mouth_cavity"),
    ("teeth", "teeth", (-0.12, 0.72, 0.12, 0.77), "box", (255, 255, 255), "mouth_cavity"),
    ("lip_lower", "lip_lower", (-0.17, 0.715, 0.17, 0.735), "box", (150, 70, 70), ""),
    ("lip_upper", "lip_upper", (-0.17, 0.705, 0.17, 0.725), "box", (150, 70, 70), ""),
    ("eye_white_left", "eye_white_left", (0.20, -0.25, 0.72, 0.25), "oval", (250, 250, 255), ""),
    ("eye_white_right", "eye_white_right", (-0.72, -0.25, -0.2, 0.25), "oval", (250, 250, 255), ""),
    ("iris_left", "iris_left", (0.30, -0.22, 0.62, 0.22), "oval", (60, 110, 200), "eye_white_left"),
    ("iris_right", "iris_right", (-0.62, -0.22, -0.30, 0.22), "oval", (60, 110, 200),
     "eye_white_right"),
    ("eye_light_left", "eye_light_left", (0.36, -0.14, 0.44, -0.05), "oval", (255, 255, 255), ""),
    ("eye_light_right", "eye_light_right", (-0.56, -0.14, -0.48, -0.05), "oval", (255, 255, 255),
     ""),
    ("lash_upper_left", "lash_upper_left", (0.18, -0.31, 0.78, 0.02), "upper", (50, 35, 45), ""),
    ("lash_upper_right", "lash_upper_right", (-0.78, -0.31, -0.18, 0.02), "upper", (50, 35, 45),
     ""),
    ("lid_closed_left", "lid_closed_left", (0.20, 0.10, 0.72, 0.20), "lower", (50, 35, 45), ""),
    ("lid_closed_right", "lid_closed_right", (-0.72, 0.10, -0.20, 0.20), "lower", (50, 35, 45), ""),
    ("lid_happy_left", "lid_happy_left", (0.20, -0.05, 0.72, 0.10), "upper", (50, 35, 45), ""),
    ("lid_happy_right", "lid_happy_right", (-0.72, -0.05, -0.20, 0.10), "upper", (50, 35, 45), ""),
    ("sweat", "sweat", (0.74, -0.6, 0.84, -0.4), "oval", (150, 200, 250), ""),
    ("front_hair", "front_hair", (-1.12, -1.5, 1.12, -0.3), "upper", (90, 75, 140), ""),
    ("brow_left", "brow_left", (0.20, -0.58, 0.74, -0.50), "box", (70, 50, 80), ""),
    ("brow_right", "brow_right", (-0.74, -0.58, -0.20, -0.50), "box", (70, 50, 80), ""),
)  # fmt: skip


def make_bundle(folder: Path) -> Path:
    """Write a whole small bundle (256x320 canvas, 29 layers) into a folder and give the folder."""
    (folder / "layers").mkdir(parents=True, exist_ok=True)
    (folder / "avatar.toml").write_text(manifest_text(), encoding="utf-8")
    for name, _, box, shape, colour, _ in _LAYERS:
        (left, top), (right, bottom) = _px(box[:2]), _px(box[2:])
        size = (round(right - left), round(bottom - top))
        write_png(folder / "layers" / f"{name}.png", draw(shape, size, colour))
    return folder


def manifest_text() -> str:
    """Give the text of the bundle's avatar.toml."""
    return "\n".join(_manifest_lines()) + "\n"


def write_png(path: Path, rgba: np.ndarray) -> None:
    """Write straight RGBA as a PNG file."""
    assert cv2.imwrite(str(path), cv2.cvtColor(rgba, cv2.COLOR_RGBA2BGRA))


def draw(shape: str, size_px: tuple[int, int], colour: tuple[int, int, int]) -> np.ndarray:
    """Draw one flat shape that fills its box, smooth at the edge; RGBA, straight alpha."""
    width, height = size_px
    y, x = np.mgrid[0:height, 0:width]
    u, v = (x + 0.5) / width * 2 - 1, (y + 0.5) / height * 2 - 1
    if shape == "lower":  # half an oval that hangs from the top edge
        v = (v + 1) / 2
    elif shape == "upper":
        v = (v - 1) / 2
    reach = np.maximum(abs(u), abs(v)) if shape == "box" else np.hypot(u, v)
    alpha = np.clip((1.0 - reach) * min(width, height) / 2 + 0.5, 0, 1)
    rgba = np.empty((height, width, 4), np.uint8)
    rgba[..., :3] = colour
    rgba[..., 3] = np.round(alpha * 255)
    return rgba


def _px(point_w: tuple[float, ...]) -> tuple[float, float]:
    return CENTRE_X + point_w[0] * HALF_FACE_PX, EYE_Y + point_w[1] * HALF_FACE_PX


def _manifest_lines() -> Iterator[str]:
    yield 'format = 1\nname = "Test"\nauthor = "the tests"\nlicence = "CC0-1.0"'
    yield f"canvas_px = [{CANVAS_PX[0]}, {CANVAS_PX[1]}]\n[landmarks]"
    for name, (u, v) in _LANDMARKS_W.items():
        x, y = _px((u, v))
        yield f"{name} = [{x:.2f}, {y:.2f}]"
        if "left" in name:
            x, y = _px((-u, v))
            yield f"{name.replace('left', 'right')} = [{x:.2f}, {y:.2f}]"
    for name, role, box, _, _, clip in _LAYERS:
        left, top = _px(box[:2])
        yield f'[[layers]]\nname = "{name}"\nrole = "{role}"\nfile = "layers/{name}.png"'
        yield f"offset_px = [{left:.0f}, {top:.0f}]"
        if clip:
            yield f'clip = "{clip}"'
    yield "[expressions.joy]\neyeHappyLeft = 1.0\neyeHappyRight = 1.0\nmouthSmileLeft = 0.8"
    yield "mouthSmileRight = 0.8"
