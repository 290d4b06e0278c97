"""Views of a picture are made once, whoever asks and how many at a time."""

import threading

import numpy as np

from vtuber.core.picture import Box, Picture
from vtuber.image.views import PictureViews


def picture(sequence: int = 0) -> Picture:
    rgba = np.zeros((4, 6, 4), np.uint8)
    rgba[1:3, 2:4] = (50, 0, 0, 100)
    return Picture(rgba, Box(2, 1, 4, 3), 0, 0, sequence)


def test_a_view_is_made_once_and_is_right() -> None:
    views, one = PictureViews(), picture()
    assert views.straight(one) is views.straight(one)
    assert tuple(views.straight(one)[1, 2]) == (128, 0, 0, 100)
    assert views.over(one, (0, 0, 0)) is views.over(one, (0, 0, 0))
    assert tuple(views.over(one, (0, 255, 0))[0, 0]) == (0, 255, 0)
    assert views.i420(one, (0, 0, 0)).shape == (6, 6)


def test_two_pictures_of_equal_content_are_two_pictures() -> None:
    views = PictureViews()
    assert views.straight(picture()) is not views.straight(picture())


def test_nobody_can_write_into_a_view() -> None:
    assert not PictureViews().straight(picture()).flags.writeable


def test_old_pictures_are_let_go() -> None:
    views, first = PictureViews(kept=2), picture()
    kept = views.straight(first)
    for sequence in (1, 2):
        views.straight(picture(sequence))
    assert views.straight(first) is not kept


def test_threads_that_ask_at_once_get_the_same_array() -> None:
    views, one, barrier = PictureViews(), picture(), threading.Barrier(8)
    got: list[np.ndarray] = []

    def ask() -> None:
        barrier.wait()
        got.append(views.straight(one))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 8
    assert len({id(array) for array in got}) == 1
