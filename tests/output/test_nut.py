"""NUT as other programs read it: FFmpeg's own reader, by PyAV, with every checksum looked at."""

import io

import av
import numpy as np
import pytest

from vtuber.output import _nut

SIZES = [(1280, 720), (321, 181), (2, 2), (1, 1), (4096, 16)]


def stream(pictures: list[np.ndarray], times: list[int], fps: int = 30) -> bytes:
    height, width = pictures[0].shape[:2]
    parts = [_nut.head((width, height), fps)]
    for picture, pts in zip(pictures, times, strict=True):
        parts += [_nut.before(picture.nbytes, pts), picture.tobytes()]
    return b"".join(parts)


def random(size_px: tuple[int, int], seed: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (*size_px[::-1], 4), np.uint8)


@pytest.mark.parametrize("size_px", SIZES)
def test_every_pixel_and_every_time_is_read_back(size_px: tuple[int, int]) -> None:
    pictures, times = [random(size_px, i) for i in range(4)], [0, 1, 5, 100_000]
    with av.open(io.BytesIO(stream(pictures, times))) as container:
        assert container.format.name == "nut"
        video = container.streams.video[0]
        assert (video.codec_context.name, video.format.name) == ("rawvideo", "rgba")
        assert (video.width, video.height, video.time_base) == (*size_px, 1 / video.base_rate)
        frames = list(container.decode(video))
    assert [frame.pts for frame in frames] == times
    assert all(frame.key_frame for frame in frames)
    for frame, picture in zip(frames, pictures, strict=True):
        assert np.array_equal(frame.to_ndarray(format="rgba"), picture)


@pytest.mark.parametrize("fps", [1, 24, 30, 60, 240])
def test_the_rate_is_told(fps: int) -> None:
    with av.open(io.BytesIO(stream([random((16, 16), 0)] * 3, [0, 1, 2], fps))) as container:
        assert container.streams.video[0].base_rate == fps


def test_ffmpeg_finds_no_fault_in_any_checksum() -> None:
    assert faults(stream([random((64, 64), i) for i in range(3)], [0, 1, 2])) == []


@pytest.mark.parametrize("what", [b"NM", b"NS", b"NK"])
def test_ffmpeg_looks_at_the_checksums(what: bytes) -> None:
    """A changed bit in each kind of packet is noticed: the test above can fail."""
    broken = bytearray(stream([random((64, 64), 0)] * 3, [0, 1, 2]))
    broken[broken.index(what) + 10] ^= 1
    assert faults(bytes(broken))


class Pipe:
    """What cannot be sought in, as a socket: FFmpeg would look for an index at its end."""

    def __init__(self, data: bytes) -> None:
        self.read = io.BytesIO(data).read


def faults(data: bytes) -> list[str]:
    """Give what FFmpeg's reader complains of."""
    av.logging.set_level(av.logging.WARNING)
    try:
        with av.logging.Capture() as said, av.open(Pipe(data), format="nut") as container:
            for _ in container.decode(video=0):
                pass
    except av.FFmpegError as error:
        return [str(error)]
    finally:
        av.logging.set_level(None)
    return [text for _, _, text in said]
