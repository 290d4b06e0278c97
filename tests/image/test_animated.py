"""Pictures of items: decoded as they look, timed as they say, bounded whatever they hold."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from vtuber.core.errors import UserError
from vtuber.image import animated
from vtuber.image.animated import decode_item

MS = 1_000_000


def encoded(kind: str, *frames: np.ndarray, **more: Any) -> bytes:
    """Write frames of RGBA as a picture file."""
    first, *others = (Image.fromarray(frame) for frame in frames)
    buffer = io.BytesIO()
    if others:
        more |= {"save_all": True, "append_images": others}
    first.save(buffer, kind, **more)
    return buffer.getvalue()


def plain(*rgba: int, size_px: tuple[int, int] = (6, 4)) -> np.ndarray:
    return np.full((size_px[1], size_px[0], 4), rgba, np.uint8)


RED, GREEN, BLUE = plain(200, 0, 0, 255), plain(0, 200, 0, 255), plain(0, 0, 200, 128)


def test_a_still_is_premultiplied_and_has_one_frame() -> None:
    item = decode_item(encoded("PNG", BLUE), "blue.png")
    assert item.size_px == (6, 4)
    assert [frame[0, 0].tolist() for frame in item.frames] == [[0, 0, 100, 128]]
    assert item.frame_at(10**12) == 0
    assert not item.frames[0].flags.writeable


def test_an_opaque_picture_and_one_with_a_palette_are_taken() -> None:
    rgb = io.BytesIO()
    Image.fromarray(RED[..., :3]).save(rgb, "PNG")
    palette = io.BytesIO()
    Image.fromarray(RED[..., :3]).convert("P").save(palette, "PNG")
    for data in (rgb.getvalue(), palette.getvalue()):
        assert decode_item(data, "red.png").frames[0][0, 0].tolist() == pytest.approx(
            [200, 0, 0, 255], abs=5
        )


@pytest.mark.parametrize(("kind", "more"), [("GIF", {"disposal": 2}), ("PNG", {})])
def test_frames_have_the_times_of_the_file(kind: str, more: dict[str, Any]) -> None:
    item = decode_item(encoded(kind, RED, GREEN, RED, duration=[40, 120, 200], loop=0, **more), "x")
    assert item.ends_ns == (40 * MS, 160 * MS, 360 * MS)
    assert item.plays == 0
    assert [item.frame_at(ms * MS) for ms in (0, 39, 40, 159, 160, 359, 360, 400)] == [
        0, 0, 1, 1, 2, 2, 0, 1,
    ]  # fmt: skip
    assert item.frames[1][0, 0].tolist() == [0, 200, 0, 255]


@pytest.mark.parametrize(
    ("kind", "loop", "plays"),
    [("GIF", None, 1), ("GIF", 0, 0), ("GIF", 2, 3), ("PNG", 0, 0), ("PNG", 2, 2)],
)
def test_it_is_played_as_often_as_it_says(kind: str, loop: int | None, plays: int) -> None:
    more = {} if loop is None else {"loop": loop}
    item = decode_item(encoded(kind, RED, GREEN, duration=50, **more), "x")
    assert item.plays == plays
    assert item.frame_at(60_000 * MS + 10 * MS) == (1 if plays else 0)


def test_a_gif_that_says_no_time_is_played_as_browsers_do() -> None:
    assert decode_item(encoded("GIF", RED, GREEN, duration=0), "x").ends_ns == (
        100 * MS,
        200 * MS,
    )


def test_only_what_changes_is_stored_and_every_frame_is_whole() -> None:
    dot = RED.copy()
    dot[1, 1] = (0, 200, 0, 255)
    item = decode_item(encoded("GIF", RED, dot, duration=50, disposal=1), "x")
    assert item.frames[1][0, 0].tolist() == [200, 0, 0, 255]
    assert item.frames[1][1, 1].tolist() == [0, 200, 0, 255]


def test_a_large_picture_is_kept_smaller_in_its_shape() -> None:
    item = decode_item(encoded("PNG", plain(9, 9, 9, 255, size_px=(4000, 1000))), "x")
    assert item.size_px == (2880, 720)
    screen = decode_item(encoded("PNG", plain(9, 9, 9, 255, size_px=(1920, 1080))), "x")
    assert screen.size_px == (1920, 1080)


def test_a_long_animation_is_kept_within_its_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(animated, "MOST_KEPT_BYTES", 64 * 64 * 4 * 3)
    frames = [plain(20 * i, 0, 0, 255, size_px=(64, 64)) for i in range(10)]
    item = decode_item(encoded("GIF", *frames, duration=50), "x")
    assert item.size_px == (32, 32)
    assert len(item.frames) == 10
    assert sum(frame.nbytes for frame in item.frames) <= animated.MOST_KEPT_BYTES


def test_too_many_frames_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    frames = [plain(20 * i, 0, 0, 255) for i in range(8)]
    gif = encoded("GIF", *frames, duration=50)
    for name, value in (("MOST_FRAMES", 7), ("MOST_DECODED_PX", 7 * 24)):
        with monkeypatch.context() as bounded:
            bounded.setattr(animated, name, value)
            with pytest.raises(UserError, match=r"dance\.gif has more than 7 frames"):
                decode_item(gif, "dance.gif")
    assert len(decode_item(gif, "dance.gif").frames) == 8


def _huge_png() -> bytes:
    head = b"IHDR" + struct.pack(">IIBBBBB", 60_000, 60_000, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n\0\0\0\x0d" + head + struct.pack(">I", zlib.crc32(head))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (_huge_png(), "is 60000x60000; a side has 1 to 4096 px"),
        (b"GIF89a" + struct.pack("<HH", 9000, 2) + bytes(8), "is 9000x2"),
        (b"", "give a PNG, APNG or GIF"),
        (b"\xff\xd8\xff\xe0 a photo", "give a PNG, APNG or GIF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "give a PNG"),
        (encoded("PNG", RED)[:50], "is broken or cut off; give"),
        (b"GIF89a" + struct.pack("<HH", 2, 2) + bytes(8), "is broken or cut off; give"),
        (bytes(animated.MOST_FILE_BYTES + 1), "has more than 16 MB"),
    ],
)
def test_what_is_no_picture_is_refused_in_words(data: bytes, says: str) -> None:
    with pytest.raises(UserError, match=rf"the picture mug\.png .*{says}"):
        decode_item(data, "mug.png")


WHOLE = [
    encoded("GIF", RED, GREEN, RED, duration=50, loop=0),
    encoded("PNG", RED, BLUE, RED, duration=50, loop=0),
    encoded("PNG", BLUE),
]


@settings(deadline=None, max_examples=150)
@given(
    whole=st.sampled_from(WHOLE),
    edits=st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), max_size=6),
    cut=st.floats(0.3, 1.0),
)
def test_a_damaged_file_is_a_picture_or_a_fault_of_the_user(
    whole: bytes, edits: list[tuple[float, int]], cut: float
) -> None:
    data = bytearray(whole[: int(len(whole) * cut)])
    for place, value in edits:
        data[int(place * len(data))] = value
    try:
        item = decode_item(bytes(data), "x")
    except UserError:
        return
    assert len(item.frames) == len(item.ends_ns)
    assert len({frame.shape for frame in item.frames}) == 1
