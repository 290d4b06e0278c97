"""Teaches the network an avatar's own drawings: poses and PNGs in; `fit.json` and a picture out."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from jaxtyping import Float32, UInt8

from vtuber.avatar.avatar import Avatar
from vtuber.avatar.fit import FILE, write_fit
from vtuber.core.errors import UserError
from vtuber.core.pose import BASE, Pose
from vtuber.image.alpha import premultiplied
from vtuber.image.metrics import rmse
from vtuber.resources import avatar_path, shipped_names
from vtuber.shows.avatars.easel import Easel, over_grey
from vtuber.shows.engine import load_avatar
from vtuber.shows.files import write_whole
from vtuber.warp.controls import Fold
from vtuber.warp.corrected import corrected
from vtuber.warp.fit import STEPS, Example, Moved, learn
from vtuber.warp.infer import LearnedMotion, told
from vtuber.warp.weights import shipped

_TILE_PX = 768  # height of the canvas in the picture, of which the head is shown
_FINER = 2  # pictures are drawn so much larger and then made smaller, as drawings are
_ASPECT = 0.01  # by which share a drawing may be wider or narrower than the canvas


@dataclass(frozen=True, slots=True)
class Gain:
    """How far one drawing was met: root mean square of what differs, before and after, 0..1."""

    drawing: Path
    before: float
    after: float
    is_learned: bool


def fit(
    name: str,
    pairs: Sequence[tuple[Path, Path]],
    picture: Path,
    say: Callable[[int, int], None],
) -> tuple[Path, list[Gain]]:
    """Teach drawings (pose file, PNG); `say` hears steps done and steps in all.

    Writes `fit.json` into the avatar's folder, if anything was learned, and a picture of every
    drawing beside what the avatar looked like before and after. Raises UserError for what cannot be
    read or written, and for an avatar that is not the user's own folder.
    """
    folder = _own_folder(name)
    for goal in (folder / FILE, picture):
        if not os.access(goal.parent, os.W_OK):
            raise UserError(f"cannot write {goal}: its folder is not there, or may not be written")
    avatar = load_avatar(name)
    drawings = [(_pose(pose), _drawing(png, avatar)) for pose, png in pairs]
    weights, measured = shipped(), told(avatar)
    plain = LearnedMotion(measured, avatar.style, weights)
    steps = len(pairs) * len(STEPS)
    with Easel(avatar) as easel:
        heads = _Heads(avatar, easel)
        taught, is_learned = learn(
            measured,
            plain,
            [Example(pose, partial(heads.cut, rgba)) for pose, rgba in drawings],
            heads.drawn,
            lambda step: say(step.example * len(STEPS) + step.step + 1, steps),
        )
        baked = corrected(plain.baked, measured, taught)
        learned = LearnedMotion(measured, avatar.style, weights, baked)
        rows, gains = [], []
        for (pose, rgba), (_, png), is_met in zip(drawings, pairs, is_learned, strict=True):
            controls = Fold(BASE)(Pose.of(pose))
            wanted = heads.cut(rgba, _TILE_PX)
            before, after = (heads.drawn(each(controls), _TILE_PX) for each in (plain, learned))
            gains.append(Gain(png, rmse(wanted, before), rmse(wanted, after), is_met))
            away = [0.5 + 0.5 * (tile - wanted) for tile in (before, after)]
            rows.append(np.hstack([wanted, before, after, *away]))
    if taught.lessons:
        write_whole(folder / FILE, write_fit(taught).encode())
    _write(np.vstack(rows), picture)
    return folder / FILE, gains


class _Heads:
    """Cuts the head out of pictures of the whole canvas, which it draws or makes smaller."""

    def __init__(self, avatar: Avatar, easel: Easel) -> None:
        self._easel = easel
        marks, (width, height) = avatar.landmarks, avatar.canvas_px
        left, right = marks["cheek_right"][0], marks["cheek_left"][0]
        room = 0.35 * (right - left)
        self._across = np.clip(np.array([left - room, right + room]) / width, 0, 1)
        ends = np.array([marks["crown"][1] - room, marks["chin"][1] + room])
        self._down = np.clip(ends / height, 0, 1)

    def drawn(self, moved: Moved, height_px: int) -> Float32[np.ndarray, "h w 3"]:
        """Draw the head, out of a canvas so high."""
        return self.cut(self._easel.rgba(moved, _FINER * height_px), height_px)

    def cut(self, rgba: UInt8[np.ndarray, "h w 4"], height_px: int) -> Float32[np.ndarray, "h w 3"]:
        """Give the head over grey, out of a canvas that is made so high."""
        import cv2

        small = cv2.resize(rgba, self._easel.size_px(height_px), interpolation=cv2.INTER_AREA)
        top, bottom = np.round(self._down * small.shape[0]).astype(int)
        begin, end = np.round(self._across * small.shape[1]).astype(int)
        return over_grey(np.asarray(small[top:bottom, begin:end], np.uint8))


def _own_folder(name: str) -> Path:
    if name in shipped_names():
        raise UserError(
            f"{name} ships with the program: make your own of it with "
            f"`vtuber avatar new NAME --from {name}`"
        )
    folder = avatar_path(name)
    if not folder.is_dir():
        raise UserError(f"{folder} is a file: `vtuber avatar import` it, then teach that one")
    return folder


def _pose(path: Path) -> Mapping[str, float]:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UserError(f"cannot read the pose {path}: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise UserError(
            f"{path} is not JSON ({error}); give e.g. '{{\"eyeBlinkLeft\": 1}}'"
        ) from error
    is_pose = isinstance(values, dict) and all(
        isinstance(value, int | float) and not isinstance(value, bool) for value in values.values()
    )
    if not is_pose:
        raise UserError(f"{path} is no object of numbers; give e.g. '{{\"eyeBlinkLeft\": 1}}'")
    pose = Pose.of(values)  # an unknown name is told here; what is beyond its range is clipped
    return {str(name): round(pose[name], 5) for name in values}


def _drawing(path: Path, avatar: Avatar) -> UInt8[np.ndarray, "h w 4"]:
    """Read a drawing of the whole canvas: premultiplied."""
    import cv2

    if not path.is_file():
        raise UserError(f"there is no drawing {path}")
    pixels = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
    if pixels is None or pixels.ndim != 3 or pixels.shape[2] != 4 or pixels.dtype != np.uint8:
        raise UserError(f"{path} is no picture with transparency; save it as PNG with alpha")
    height, width = pixels.shape[:2]
    wide, high = avatar.canvas_px
    if abs(width * high / (height * wide) - 1) > _ASPECT:
        raise UserError(
            f"{path} is {width} x {height}, but the canvas of {avatar.name} is {wide} x {high}: "
            "draw on the whole canvas"
        )
    if not pixels[..., 3].any():
        raise UserError(f"{path} is empty: all of it is transparent")
    return premultiplied(np.ascontiguousarray(cv2.cvtColor(pixels, cv2.COLOR_BGRA2RGBA)))


def _write(rgb: Float32[np.ndarray, "h w 3"], path: Path) -> None:
    import cv2

    pixels = np.clip(rgb[..., ::-1] * 255.0 + 0.5, 0, 255).astype(np.uint8)
    is_done, data = cv2.imencode(".png", pixels)
    assert is_done, "OpenCV writes every picture as PNG"
    write_whole(path, data.tobytes())
