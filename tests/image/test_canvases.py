"""Pictures that are lent are clear outside their box, and never another's who still looks."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from vtuber.core.picture import Box
from vtuber.image.canvases import Canvases

SHAPE = (12, 16, 4)
BOXES = st.builds(
    lambda x, y, w, h: Box(x, y, min(x + w, 16), min(y + h, 12)),
    st.integers(0, 15), st.integers(0, 11), st.integers(0, 16), st.integers(0, 12),
)  # fmt: skip


def filled(canvases: Canvases, box: Box, value: int, shape=SHAPE) -> np.ndarray:
    """Fill a box, as one does who copies a picture that is clear outside it."""
    array, around = canvases.lend(shape, box)
    picture = np.zeros(shape, np.uint8)
    picture[box.top : box.bottom, box.left : box.right] = value
    part = slice(around.top, around.bottom), slice(around.left, around.right)
    array[part] = picture[part]
    return array


@given(st.lists(BOXES, min_size=1, max_size=8))
def test_what_is_lent_is_clear_outside_its_box_whatever_it_held(boxes: list[Box]) -> None:
    canvases = Canvases()
    for box in boxes:
        array = filled(canvases, box, 255)
        assert array.sum() == 255 * 4 * (box.right - box.left) * (box.bottom - box.top)
        del array


def test_memory_comes_back_when_nobody_holds_a_part_of_it() -> None:
    canvases, box = Canvases(), Box(0, 0, 16, 12)
    first = filled(canvases, box, 1)
    place, part = first.ctypes.data, first[3:5].data
    del first
    second = filled(canvases, box, 2)
    assert second.ctypes.data != place
    assert bytes(part) == b"\1" * len(bytes(part))
    del part
    assert filled(canvases, box, 3).ctypes.data == place


def test_another_size_gets_memory_of_its_own() -> None:
    canvases = Canvases()
    filled(canvases, Box(0, 0, 16, 12), 9)
    other = filled(canvases, Box(0, 0, 1, 1), 9, (6, 6, 4))
    assert other.shape == (6, 6, 4)
    assert other.sum() == 36
