"""The web page in real headless Chromium: transparent, exact alpha, moving, back by itself."""

import io
import shutil
import socket
import threading
from collections.abc import Iterator

import numpy as np
import pytest
from PIL import Image

from vtuber.core.picture import Box, Picture
from vtuber.core.ports import SinkContext
from vtuber.output.web import Options, Output
from vtuber.runtime.clock import SystemClock
from vtuber.runtime.http import HttpServers

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
    pytest.mark.alone,
]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTH, HEIGHT = 640, 360


def drawing(sequence: int, shift: int) -> Picture:
    """Make a soft ball over smooth colours, the worst alpha there is: every value on every edge."""
    y, x = np.mgrid[:HEIGHT, :WIDTH].astype(np.float32)
    alpha = np.clip((150 - np.hypot(x - 200 - shift, y - 190)) / 40, 0, 1)
    alpha = np.round(alpha * 255)
    colour = np.stack([255 * x / WIDTH, 255 * y / HEIGHT, 128 + 100 * np.sin(x / 60)], -1)
    rgba = np.dstack([np.round(colour * alpha[..., None] / 255), alpha]).astype(np.uint8)
    ys, xs = np.nonzero(rgba[..., 3])
    box = Box(int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1)
    return Picture(rgba, box, SystemClock().now_ns(), 0, sequence)


class Show:
    """Feeds the page 30 times a second, as a beat would, with a drawing that the test chooses."""

    def __init__(self, port: int) -> None:
        self.servers = HttpServers()
        self.url = ""
        self.moving = True
        context = SinkContext((WIDTH, HEIGHT), 30, SystemClock(), self._note, self.servers.get)
        self.sink = Output(Options(port=port), context)
        self.sink.open()
        self._stop = threading.Event()
        self._beat = threading.Thread(target=self._run)
        self._beat.start()

    def _note(self, sentence: str) -> None:
        self.url = sentence.rpartition(" ")[2]

    def _run(self) -> None:
        sequence = 0
        while not self._stop.wait(1 / 30):
            sequence += 1
            self.sink.send(drawing(sequence, 4 * (sequence % 50) if self.moving else 0))

    def close(self) -> None:
        self._stop.set()
        self._beat.join()
        self.sink.close()
        self.servers.stop()


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@pytest.fixture
def show(port: int) -> Iterator[Show]:
    show = Show(port)
    yield show
    show.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    with playwright.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser, show: Show):
    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
    page.goto(show.url)
    page.wait_for_function("vtuber.drawn > 3")
    yield page
    page.close()


def screenshot(page) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(page.screenshot(omit_background=True))).convert("RGBA"))


def still(page, show: Show) -> np.ndarray:
    show.moving = False
    drawn = page.evaluate("vtuber.drawn")
    page.wait_for_function(f"vtuber.drawn > {drawn} + 5")
    return screenshot(page)


def test_the_page_is_transparent_its_alpha_exact_and_its_colour_close(page, show: Show) -> None:
    seen, drawn = still(page, show), drawing(0, 0).rgba
    assert seen[0, 0, 3] == 0
    assert np.array_equal(seen[..., 3], drawn[..., 3])
    premultiplied = seen[..., :3] * (seen[..., 3:] / 255.0)
    error = np.mean((premultiplied - drawn[..., :3]) ** 2)
    assert 10 * np.log10(255**2 / error) > 35


def test_pictures_advance_and_move(page) -> None:
    before = screenshot(page)
    page.wait_for_function(f"vtuber.drawn > {page.evaluate('vtuber.drawn')} + 8")
    assert np.abs(screenshot(page).astype(int) - before).max() > 50


def test_the_canvas_keeps_its_shape_and_stands_on_the_lower_edge(page, show: Show) -> None:
    page.set_viewport_size({"width": WIDTH, "height": 2 * HEIGHT})
    seen = still(page, show)
    assert not seen[:HEIGHT].any()
    assert np.abs(seen[HEIGHT:, :, 3].astype(int) - drawing(0, 0).rgba[..., 3]).max() <= 1


def test_debug_shows_figures_over_the_picture(page, show: Show) -> None:
    page.goto(show.url + "?debug")
    page.wait_for_function("/[1-9][0-9.]* fps\\nlatency [0-9]+ ms/.test(figures.textContent)")
    assert page.is_visible("#figures")
    show.close()
    page.wait_for_function("figures.textContent === 'waiting for vtuber ...'")


def test_two_pages_move_at_once_beside_a_client_that_reads_nothing(
    browser, page, show: Show, port: int
) -> None:
    other = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
    other.goto(show.url)
    with socket.create_connection(("127.0.0.1", port)) as deaf:
        deaf.sendall(
            f"GET /pictures HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
            "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n".encode()
        )
        other.wait_for_function("vtuber.drawn > 3")
        before = page.evaluate("vtuber.drawn")
        other.wait_for_function("vtuber.drawn > 20")
        assert page.evaluate("vtuber.drawn") - before > 8
    assert np.array_equal(still(other, show)[..., 3], still(page, show)[..., 3])
    other.close()


def test_the_page_comes_back_after_the_program_was_started_again(page, show: Show) -> None:
    port = int(show.url.rstrip("/").rsplit(":", 1)[1])
    show.close()
    page.wait_for_function("!vtuber.connected")
    assert not screenshot(page).any()  # no frozen avatar meanwhile
    drawn = page.evaluate("vtuber.drawn")
    again = Show(port)
    try:
        page.wait_for_function(f"vtuber.connected && vtuber.drawn > {drawn} + 3", timeout=5000)
    finally:
        again.close()


def test_an_old_browser_without_bitmaps_shows_the_same(browser, show: Show) -> None:
    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
    page.add_init_script("delete window.createImageBitmap")
    page.goto(show.url)
    page.wait_for_function("vtuber.drawn > 3")
    assert np.array_equal(still(page, show)[..., 3], drawing(0, 0).rgba[..., 3])
    page.close()


WIDTH_OF_IMAGE = """u => new Promise(done => { var image = new Image();
    image.onload = () => done(image.naturalWidth); image.onerror = () => done(0); image.src = u; })
"""


@pytest.mark.parametrize("path", ["frame.png", "stream.mjpg"])
def test_an_image_of_our_own_page_shows_the_frame_and_the_stream(page, show, path: str) -> None:
    assert page.evaluate(WIDTH_OF_IMAGE, show.url + path) == WIDTH


def test_a_page_of_another_site_gets_nothing(browser, show: Show, port: int) -> None:
    other = HttpServers()
    foreign = other.get("127.0.0.1", 0)
    foreign.add_page("/", "text/html", lambda: b"<!DOCTYPE html><title>other</title>")
    try:
        page = browser.new_page()
        page.goto(foreign.url)
        asked = "u => fetch(u).then(r => 'let in', () => 'refused')"
        assert page.evaluate(asked, show.url) == "refused"
        status = page.evaluate("u => fetch(u, {mode: 'no-cors'}).then(r => 'in', () => 'no')", "/")
        assert status == "in"  # its own server answers it
        opened = (
            "u => new Promise(done => { var s = new WebSocket(u);"
            " s.onopen = () => done('let in'); s.onerror = () => done('refused'); })"
        )
        assert page.evaluate(opened, f"ws://127.0.0.1:{port}/pictures") == "refused"
        for path in ("frame.png", "stream.mjpg"):
            assert page.evaluate(WIDTH_OF_IMAGE, show.url + path) == 0
        page.close()
    finally:
        other.stop()
