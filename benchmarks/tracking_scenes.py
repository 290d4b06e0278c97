"""What the tracking benchmark looks at: clips of the test data, and pictures put together of them.

Every scene is a list of `Frame`s with honest time stamps; `live` is the path of a show: one tracker
with default settings and one filter, frame by frame.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import cv2
import numpy as np

from vtuber.animate.smooth import Smoother
from vtuber.capture import still, video
from vtuber.core.errors import SourceEnded
from vtuber.core.face import Face
from vtuber.core.frame import Frame
from vtuber.runtime.clock import ManualClock, SystemClock
from vtuber.track.trackers.mediapipe import Options, Tracker

FRAME_NS = 33_333_333
VGA = 640, 480
_EYES = (33, 263)  # outer corners


def frames_of(path: Path, most: int = 10**6) -> list[Frame]:
    """Read a clip; a still picture is shown for four frames."""
    if path.suffix == ".jpg":
        rgb = still.read_picture(path)
        return [Frame(rgb, n * FRAME_NS, n) for n in range(4)]
    source = video.Capture(video.Options(str(path), paced=False), ManualClock())
    source.open()
    frames: list[Frame] = []
    try:
        while len(frames) < most:
            frames.append(source.read())
    except SourceEnded:
        pass
    source.close()
    return frames


def live(frames: Iterable[Frame]) -> tuple[list[Face], list[Face]]:
    """Give the faces of a show, measured and filtered."""
    tracker, smoother = Tracker(Options(), SystemClock()), Smoother()
    tracker.open()
    raw = [tracker.find(frame) for frame in frames]
    tracker.close()
    return raw, [smoother.apply(face) for face in raw]


def changed(frames: list[Frame], change: Callable[[np.ndarray], np.ndarray]) -> list[Frame]:
    return [Frame(np.ascontiguousarray(change(f.rgb)), f.captured_ns, f.sequence) for f in frames]


def flipped(frames: list[Frame]) -> list[Frame]:
    return changed(frames, lambda rgb: rgb[:, ::-1])


def rotated(frames: list[Frame], degrees: float) -> list[Frame]:
    """Turn pictures counter-clockwise about their middle, the size stays."""

    def turn(rgb: np.ndarray) -> np.ndarray:
        height, width = rgb.shape[:2]
        matrix = cv2.getRotationMatrix2D((width / 2 - 0.5, height / 2 - 0.5), degrees, 1.0)
        return np.asarray(cv2.warpAffine(rgb, matrix, (width, height)))

    return changed(frames, turn)


def at_vga(frames: list[Frame]) -> list[Frame]:
    return changed(frames, lambda rgb: cv2.resize(rgb, VGA, interpolation=cv2.INTER_AREA))


def room(seed: int, size_px: tuple[int, int] = VGA) -> np.ndarray:
    """Draw a room without a person: blurred blocks of colour, and a camera's noise."""
    random = np.random.default_rng(seed)
    width, height = size_px
    rgb = np.full((height, width, 3), random.integers(60, 200, 3), np.uint8)
    for _ in range(25):
        (x, w), (y, h) = (
            (random.integers(0, side), random.integers(20, side // 2)) for side in size_px
        )
        rgb[y : y + h, x : x + w] = random.integers(20, 235, 3)
    rgb = cv2.GaussianBlur(rgb, (0, 0), 2.0)
    return np.clip(rgb + random.normal(0, 3, rgb.shape), 0, 255).astype(np.uint8)


def eye_distance_px(face: Face) -> float:
    assert face.landmarks_px is not None, "only faces that were found are pasted"
    return float(np.linalg.norm(np.diff(face.landmarks_px[list(_EYES), :2], axis=0)))


def pasted(
    rgb: np.ndarray, face: Face, eyes_px: float, middle: tuple[float, float], onto: np.ndarray
) -> np.ndarray:
    """Put a head onto a room, so large that the outer corners of its eyes are `eyes_px` apart.

    `middle` (x, y): where the bridge of the nose goes, in pixels of the room. Edges are soft.
    """
    assert face.landmarks_px is not None, "only faces that were found are pasted"
    factor = eyes_px / eye_distance_px(face)
    source = face.landmarks_px[6, :2]
    matrix = np.array([[factor, 0, middle[0] - factor * source[0]],
                       [0, factor, middle[1] - factor * source[1]]])  # fmt: skip
    size = onto.shape[1], onto.shape[0]
    blurred = cv2.GaussianBlur(rgb, (0, 0), max(0.01, 0.4 / factor)) if factor < 1 else rgb
    head = cv2.warpAffine(blurred, matrix, size)
    there = cv2.warpAffine(np.ones(rgb.shape[:2], np.float32), matrix, size)
    y, x = np.mgrid[: size[1], : size[0]]
    radius = ((x - middle[0]) / (1.5 * eyes_px)) ** 2 + (
        (y - middle[1] - 0.25 * eyes_px) / (1.9 * eyes_px)
    ) ** 2
    alpha = (there * np.clip((1.15 - radius) / 0.3, 0, 1))[..., None]
    return (onto * (1 - alpha) + head * alpha).astype(np.uint8)


def beside(left: list[Frame], right: list[Frame], height: int = 480) -> list[Frame]:
    """Show two clips side by side, as two people in one picture."""
    rows = []
    for one, other in zip(left, right, strict=False):
        parts = [
            cv2.resize(f.rgb, (round(f.rgb.shape[1] * height / f.rgb.shape[0]), height))
            for f in (one, other)
        ]
        rows.append(Frame(np.hstack(parts), one.captured_ns, one.sequence))
    return rows
