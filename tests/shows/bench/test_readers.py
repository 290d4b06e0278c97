"""Readers that need no show: a film, and the page that a browser is given."""

import json
from pathlib import Path

import numpy as np

from tests.shows.bench.test_marks import picture
from vtuber.shows.bench.browser import Page, _table
from vtuber.shows.bench.marks import Marks, gray, learn
from vtuber.shows.bench.readers import read_film, tick


def marks() -> Marks:
    return learn(picture(), [picture(i) for i in range(5)])


def numbered(number: int) -> np.ndarray:
    return picture(*(i for i in range(5) if gray(number) >> i & 1))


def test_a_film_gives_the_number_of_each_picture_beside_when_it_was_sent(tmp_path: Path) -> None:
    import av

    path = tmp_path / "film.mp4"
    with av.open(str(path), "w") as film:
        stream = film.add_stream("libx264", rate=30, options={"crf": "10"})
        stream.height, stream.width, stream.pix_fmt = (*picture().shape[:2], "yuv420p")
        for number in range(8):
            rgb = np.ascontiguousarray(numbered(number)[..., :3])
            film.mux(stream.encode(av.VideoFrame.from_ndarray(rgb, format="rgb24")))
        film.mux(stream.encode())
    sent_ns = [number * 33 for number in range(8)]
    assert read_film(str(path), marks(), sent_ns) == list(zip(sent_ns, range(8), strict=True))


def test_what_the_page_is_told_is_what_a_canvas_needs_to_read_marks() -> None:
    table = json.loads(json.dumps(_table(marks())))
    left, top, width, height = table["box"]
    for number in (0, 3, 17, 31):
        pixels = numbered(number)[top : top + height, left : left + width].reshape(-1).astype(int)
        code = 0
        for i, mark in enumerate(table["marks"]):
            change, off = np.array(mark["change"]), np.array(mark["off"])
            seen = np.stack([pixels[np.array(mark["at"]) + c] for c in range(3)], -1)
            code |= int(((seen - off) * change).sum() > 0.5 * (change**2).sum()) << i
        assert code == gray(number)


def test_a_page_without_a_browser_has_seen_nothing() -> None:
    from vtuber.runtime.clock import SystemClock

    page = Page(marks(), SystemClock())
    assert page.sightings() == []
    assert not page.is_there


def test_a_bare_ticker_counts_its_beats() -> None:
    (told,) = tick(50.0)(0.3)
    assert told["beats"] + told["late_beats"] in range(14, 18)
    assert told["wake_ms_p99"] >= told["wake_ms_p50"] >= 0
