"""The camera's picture for the performer's own eyes."""

import io
import urllib.request

import numpy as np
import pytest
from PIL import Image

from vtuber.core.errors import UserError
from vtuber.core.face import Face
from vtuber.core.frame import Frame
from vtuber.runtime.http import HttpServer
from vtuber.shows.faces.preview import MOST_PX, Preview, drawn

GREY = Frame(np.full((480, 640, 3), 120, np.uint8), 0, 0)


def face_at(x: float, y: float) -> Face:
    landmarks = np.tile(np.array([x, y, 0], np.float32), (478, 1))
    return Face(0, 0, True, None, landmarks, (640, 480))


def test_landmarks_are_drawn_on_a_copy() -> None:
    rgb = drawn(GREY, [face_at(200, 100)])
    assert (rgb[100, 200] != 120).any()
    assert (rgb[100, 210] == 120).all()
    assert (GREY.rgb == 120).all()


def test_where_nobody_is_found_the_edge_is_red() -> None:
    rgb = drawn(GREY, [Face.lost(0, 0)])
    assert rgb[0, 0, 0] > 2 * rgb[0, 0, 1]
    assert (rgb[240, 320] == 120).all()


def test_both_performers_are_drawn_each_in_a_colour_and_one_that_is_lost_is_no_red_edge() -> None:
    rgb = drawn(GREY, [face_at(200, 100), face_at(400, 300)])
    assert (rgb[100, 200] != 120).any()
    assert (rgb[300, 400] != 120).any()
    two = GREY.rgb.copy()
    meshes = [np.tile(np.array([x, 100, 0], np.float32), (468, 1)) for x in (200, 400)]
    irises = np.tile(np.array([9, 9, 0], np.float32), (10, 1))
    faces = [Face(0, 0, True, None, np.vstack([mesh, irises]), (640, 480)) for mesh in meshes]
    rgb = drawn(Frame(two, 0, 0), faces)
    assert rgb[100, 200].tolist() != rgb[100, 400].tolist() != [120, 120, 120]
    one_lost = drawn(GREY, [Face.lost(0, 0), face_at(400, 300)])
    assert (one_lost[0, 0] == 120).all()
    assert (one_lost[300, 400] != 120).any()


def test_irises_have_a_colour_of_their_own_and_large_pictures_are_drawn_smaller() -> None:
    landmarks = np.tile(np.array([400, 200, 0], np.float32), (478, 1))
    landmarks[468:] = (800, 600, 0)
    face = Face(0, 0, True, None, landmarks, (1280, 960))
    rgb = drawn(Frame(np.full((960, 1280, 3), 120, np.uint8), 0, 0), [face])
    assert rgb.shape == (480, 640, 3)
    mesh, iris = rgb[100, 200].tolist(), rgb[300, 400].tolist()
    assert [120, 120, 120] not in (mesh, iris)
    assert mesh != iris


@pytest.mark.parametrize("size", [(1, 1), (2, 5), (720, 1280), (4000, 9)])
@pytest.mark.parametrize("place", [-1e9, 3.0, 1e9])
def test_any_picture_and_any_landmark_can_be_drawn(size: tuple[int, int], place: float) -> None:
    rgb = drawn(Frame(np.zeros((*size, 3), np.uint8), 0, 0), [face_at(place, place)])
    assert max(rgb.shape[:2]) <= MOST_PX


def test_the_page_shows_the_newest_picture_and_nothing_is_drawn_unasked() -> None:
    asked: list[int] = []

    def looked() -> tuple[Frame, list[Face]] | None:
        asked.append(1)
        return (GREY, [face_at(200, 100)]) if len(asked) > 1 else None

    server = HttpServer("127.0.0.1", 0)
    server.start()
    try:
        page = Preview(looked).open(server)
        assert page == server.url + "preview"
        with urllib.request.urlopen(page) as answer:
            assert b"/preview.jpg" in answer.read()
        assert not asked
        sizes = []
        for _ in range(2):
            with urllib.request.urlopen(page + ".jpg") as answer:
                assert answer.headers["content-type"] == "image/jpeg"
                sizes.append(Image.open(io.BytesIO(answer.read())).size)
        assert sizes == [(320, 240), (640, 480)]
        with pytest.raises(UserError):
            Preview(looked).open(server)
    finally:
        server.stop()
