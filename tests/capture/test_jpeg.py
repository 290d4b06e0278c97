import io

import numpy as np
import pytest
from PIL import Image

from vtuber.capture._jpeg import HOPELESS, PATIENCE, JpegDecoder
from vtuber.capture.card import draw_card

CARD = draw_card(160, 120, 30)


def bytes_of(data: bytes) -> np.ndarray:
    return np.frombuffer(data, np.uint8)


@pytest.fixture
def jpeg() -> bytes:
    file = io.BytesIO()
    Image.fromarray(CARD).save(file, "JPEG", quality=95)
    return file.getvalue()


def without_huffman_tables(jpeg: bytes) -> bytes:
    """Leave out the DHT segments, as USB webcams do."""
    kept, at = jpeg[:2], 2
    while jpeg[at + 1] != 0xDA:  # start of scan
        length = 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if jpeg[at + 1] != 0xC4:
            kept += jpeg[at : at + length]
        at += length
    return kept + jpeg[at:]


def test_a_picture_comes_as_rgb(jpeg):
    rgb = JpegDecoder().decode(bytes_of(jpeg))
    assert np.abs(rgb.astype(int) - CARD).mean() < 3


def test_a_webcams_jpeg_without_huffman_tables_is_read(jpeg):
    bare = without_huffman_tables(jpeg)
    assert len(bare) < len(jpeg) - 100
    decoder = JpegDecoder()
    assert (decoder.decode(bytes_of(bare)) == decoder.decode(bytes_of(jpeg))).all()


def test_a_cut_off_picture_is_left_out_and_nothing_is_printed(jpeg, capfd):
    decoder = JpegDecoder()
    assert decoder.decode(bytes_of(jpeg[: len(jpeg) // 2])) is None
    assert decoder.decode(bytes_of(jpeg)) is not None
    assert decoder.broken == 0
    assert capfd.readouterr() == ("", "")


def test_a_camera_whose_every_picture_has_a_fault_is_read_in_the_end(jpeg):
    decoder = JpegDecoder()
    odd = bytes_of(jpeg[: len(jpeg) // 2] + jpeg[len(jpeg) // 2 + 40 :])
    given = [decoder.decode(odd) is not None for _ in range(PATIENCE + 3)]
    assert given == [False] * PATIENCE + [True] * 3
    assert not decoder.is_hopeless


def test_what_is_never_a_picture_is_hopeless():
    decoder = JpegDecoder()
    for _ in range(HOPELESS):
        assert not decoder.is_hopeless
        assert decoder.decode(bytes_of(b"no picture")) is None
    assert decoder.is_hopeless
