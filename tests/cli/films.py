"""Makes clips, and measures films of the synthetic avatar: where its face and irises are."""

from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np

SKIN = (250, 220, 205)  # tests/bundles.py


def frames(path: Path) -> Iterator[np.ndarray]:
    with av.open(str(path)) as container:
        for frame in container.decode(video=0):
            yield frame.to_ndarray(format="rgb24").astype(int)


def facts(path: Path) -> tuple[str, int, int, float, int]:
    """Give codec, width, height, rate and number of pictures."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        rate = float(stream.average_rate or 0)
        name, size = stream.codec_context.name, (stream.width, stream.height)
        return name, *size, rate, sum(1 for _ in container.decode(video=0))


def is_like(rgb: np.ndarray, colour: tuple[int, int, int], within: int = 40) -> np.ndarray:
    return np.asarray(np.abs(rgb - np.array(colour)).max(axis=2) < within)


def face_x(path: Path) -> np.ndarray:
    """Give the middle of the face's skin in every picture, in px."""
    return np.array([np.nonzero(is_like(rgb, SKIN))[1].mean() for rgb in frames(path)])


def iris_px(path: Path) -> np.ndarray:
    """Give how many pixels show the irises in every picture: none when the lids are closed."""
    # (60, 110, 200); the bluest of the rest is hair, (90, 75, 140)
    return np.array([((rgb[..., 2] > 170) & (rgb[..., 0] < 130)).sum() for rgb in frames(path)])


def cut(source: Path, target: Path, seconds: float, *, flip: bool = False) -> Path:
    """Copy the beginning of a clip, seen in a mirror if asked."""
    with av.open(str(source)) as clip, av.open(str(target), "w") as film:
        stream = None
        for frame in clip.decode(video=0):
            if frame.time is not None and frame.time >= seconds:
                break
            rgb = frame.to_ndarray(format="rgb24")
            if stream is None:
                stream = film.add_stream("libx264", rate=30)
                stream.height, stream.width = rgb.shape[:2]
                stream.pix_fmt, stream.options = "yuv420p", {"preset": "ultrafast"}
            picture = np.ascontiguousarray(rgb[:, ::-1] if flip else rgb)
            film.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        assert stream is not None
        film.mux(stream.encode(None))
    return target


def black(target: Path, seconds: float) -> Path:
    with av.open(str(target), "w") as film:
        stream = film.add_stream("libx264", rate=30)
        stream.width, stream.height, stream.pix_fmt = 320, 240, "yuv420p"
        dark = av.VideoFrame.from_ndarray(np.zeros((240, 320, 3), np.uint8), format="rgb24")
        for number in range(round(seconds * 30)):
            dark.pts = number
            film.mux(stream.encode(dark))
        film.mux(stream.encode(None))
    return target
