"""Real OBS shows what `alpha` sends: run by `test_obs.py`, where nothing but us is reachable.

A Media Source has straight alpha; the program picture over a colour follows OBS's own formula, with
'Apply alpha in linear space': light is added, so both are decoded from sRGB, mixed, and encoded.
"""

from __future__ import annotations

import base64
import contextlib
import io
import threading
import time
from collections.abc import Iterator

import numpy as np
import pytest
from PIL import Image

from tests.real.studio import CANVAS, HEIGHT, SCENE, SIZE, WIDTH, Studio, free_port, until
from vtuber.control.obs import Obs, ObsRefused
from vtuber.control.obs_follow import ObsWishes, SceneFollower
from vtuber.core.picture import Picture
from vtuber.image.alpha import alpha_box, premultiplied, straight
from vtuber.runtime.clock import SystemClock
from vtuber.runtime.meter import Meter
from vtuber.runtime.worker import Worker
from vtuber.settings import Settings
from vtuber.shows.live.obs import sources_for
from vtuber.shows.live.sinks import Sinks, parse_outputs

CELL, BITS = 32, 16  # the number of a picture, in squares of the first row
BACKGROUND = (40, 120, 200)


def drawing(number: int) -> Picture:
    """Draw a soft ball, every alpha on every colour, and the number of the picture in squares."""
    y, x = np.mgrid[:HEIGHT, :WIDTH].astype(np.float32)
    pixels = np.empty((HEIGHT, WIDTH, 4), np.uint8)
    pixels[..., 0], pixels[..., 1] = 255 * x / WIDTH, 255 * y / HEIGHT
    pixels[..., 2] = 128 + 100 * np.sin(x / 60)
    ball = np.clip((330 - np.hypot(x - WIDTH / 2, y - HEIGHT / 2)) / 120, 0, 1)
    pixels[..., 3] = np.round(ball * 255)
    for bit in range(BITS):
        is_set = number >> bit & 1
        pixels[:CELL, bit * CELL : (bit + 1) * CELL] = (255 * is_set, 255, 255 * is_set, 255)
    rgba = premultiplied(pixels)
    return Picture(rgba, alpha_box(rgba), 0, 0, number)


def number_in(pixels: np.ndarray) -> int:
    """Read the number in a screenshot, which may be a smaller one; -1 where there is none."""
    cell = CELL * pixels.shape[1] // WIDTH
    middles = pixels[cell // 2, cell // 2 :: cell][:BITS]
    if not (middles[:, 1] > 200).all():
        return -1
    return sum(int(middle[0] > 127) << bit for bit, middle in enumerate(middles))


STILL, MOVING = drawing(1), [drawing(number) for number in range(2, 32)]


class Show:
    """Sends one still, or numbered pictures, 30 times a second."""

    def __init__(self, output: str, moving: bool = False) -> None:
        self.sent_s: dict[int, float] = {}
        self._pictures = MOVING if moving else [STILL]
        chosen, clock = parse_outputs((output,), None, 30.0), SystemClock()
        self.sinks = Sinks(chosen, SIZE, clock, Meter(), lambda line: None)
        self.sinks.open()
        self._stop = threading.Event()
        self._beat = threading.Thread(target=self._run)
        self._beat.start()

    def _run(self) -> None:
        count = 0
        while not self._stop.wait(1 / 30):
            picture = self._pictures[count % len(self._pictures)]
            self.sent_s[picture.sequence] = time.monotonic()
            self.sinks.offer(picture, time.monotonic_ns())
            count += 1

    def __enter__(self) -> Show:
        return self

    def __exit__(self, *error: object) -> None:
        self._stop.set()
        self._beat.join()
        self.sinks.close(None, 0)


def fresh_output(kind: str) -> str:
    return f"alpha:port={free_port()},format={kind}"


@contextlib.contextmanager
def source(obs: Obs, output: str) -> Iterator[str]:
    """Make a Media Source with the settings that `vtuber obs setup` gives it."""
    media = sources_for(Settings(size=SIZE, outputs=(output,)), ())[0]
    name = f"avatar at {media.address}"
    make(obs, name, media.kind, {**media.needed, "clear_on_media_end": False})
    yield name
    obs.ask("RemoveInput", inputName=name)


def make(obs: Obs, name: str, kind: str, settings: dict) -> None:
    obs.ask(
        "CreateInput", sceneName=SCENE, inputName=name, inputKind=kind, inputSettings=settings,
        sceneItemEnabled=True,
    )  # fmt: skip


def screenshot(obs: Obs, name: str, size_px=SIZE) -> np.ndarray:
    """Give RGBA, straight; nothing while the source has no picture yet."""
    try:
        shot = obs.ask(
            "GetSourceScreenshot", sourceName=name, imageFormat="png",
            imageWidth=size_px[0], imageHeight=size_px[1],
        )  # fmt: skip
    except ObsRefused:
        return np.zeros((*size_px[::-1], 4), np.uint8)
    data = base64.b64decode(shot["imageData"].partition(",")[2])
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGBA"))


def shown(obs: Obs, name: str) -> int:
    """Give the number of the picture that a source shows now, -1 for none."""
    return number_in(screenshot(obs, name, (320, 180)))


@pytest.mark.parametrize("kind", ["nut", "rawvideo"])
def test_the_source_shows_our_pixels_bit_for_bit(obs: Obs, kind: str) -> None:
    output, ours = fresh_output(kind), straight(STILL.rgba, STILL.alpha_box)
    with Show(output), source(obs, output) as name:
        took_s = until(lambda: shown(obs, name) == 1, "no picture")
        seen = screenshot(obs, name)
        print(f"{kind}: first picture after {took_s:.2f} s")
        assert np.array_equal(seen[..., 3], ours[..., 3])
        assert np.array_equal(seen[ours[..., 3] > 0], ours[ours[..., 3] > 0])


def test_the_program_over_a_colour_is_what_the_formula_says(obs: Obs) -> None:
    output, (red, green, blue) = fresh_output("nut"), BACKGROUND
    colour = {"color": 0xFF << 24 | blue << 16 | green << 8 | red, "width": WIDTH, "height": HEIGHT}
    set_canvas(obs, *SIZE)
    make(obs, "behind", "color_source_v3", colour)
    try:
        with Show(output), source(obs, output) as name:
            until(lambda: shown(obs, name) == 1, "no picture")
            seen = screenshot(obs, SCENE)[..., :3].astype(int)
    finally:
        obs.ask("RemoveInput", inputName="behind")
        set_canvas(obs, *CANVAS)
    off = np.abs(seen - over_in_light(straight(STILL.rgba), BACKGROUND))
    print(f"off by {off.max():.2f} of 255 at most")
    assert off.max() <= 2


def over_in_light(rgba: np.ndarray, colour: tuple[int, int, int]) -> np.ndarray:
    alpha = rgba[..., 3:] / 255
    light = _light(rgba[..., :3]) * alpha + _light(np.array(colour)) * (1 - alpha)
    return 255 * np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)


def _light(srgb: np.ndarray) -> np.ndarray:
    """Decode sRGB (IEC 61966-2-1)."""
    value = srgb / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def set_canvas(obs: Obs, width: int, height: int) -> None:
    names = ("base", "output")
    sizes = {f"{n}Width": width for n in names} | {f"{n}Height": height for n in names}
    obs.ask("SetVideoSettings", fpsNumerator=30, fpsDenominator=1, **sizes)


def answers_after_s(obs: Obs) -> float:
    """Measure how busy the machine is: how long OBS takes to say its name."""
    begin_s = time.monotonic()
    for _ in range(10):
        obs.ask("GetVersion")
    return (time.monotonic() - begin_s) / 10


@pytest.mark.parametrize("kind", ["nut", "rawvideo"])
def test_it_moves_soon_after_we_do(obs: Obs, kind: str) -> None:
    output, late_s, seen = fresh_output(kind), [], set()
    with Show(output, moving=True) as show, source(obs, output) as name:
        until(lambda: shown(obs, name) > 1, "no picture")
        busy_s = answers_after_s(obs)
        # asked again at once: OBS may answer quicker than it draws
        while len(late_s) < 40 or len(seen) <= 10:
            assert len(late_s) < 4000, "it stands still"
            asked_s = time.monotonic()
            number = shown(obs, name)
            seen.add(number)
            late_s.append(max(0.0, asked_s - show.sent_s[number]))
        busy_s = max(busy_s, answers_after_s(obs))
    late = f"{np.median(late_s):.2f} s late (median), {np.max(late_s):.2f} at most"
    print(f"{kind}: {late}; OBS answers after {busy_s:.3f} s")
    assert np.median(late_s) < 0.75 + 20 * busy_s, "0.1 on a free machine; numbers begin anew at 1"


@contextlib.contextmanager
def follower(studio: Studio, output: str, show: Show) -> Iterator[SceneFollower]:
    """Follow OBS as a show does."""
    settings = Settings(size=SIZE, outputs=(output,))
    feeds = frozenset({sources_for(settings, ())[0].address})
    wishes = ObsWishes(studio.address, {}, feeds)
    made = SceneFollower(lambda: wishes, print, print, show.sinks.is_missed)
    worker = Worker("OBS", made.run)
    worker.start()
    try:
        yield made
    finally:
        worker.ask_to_stop()
        worker.join(30)


@pytest.mark.parametrize("down_s", [0.2, 3.0])
def test_it_is_back_soon_after_a_restart(obs: Obs, studio: Studio, down_s: float) -> None:
    """OBS 29 may give up a port that was closed; a show that follows OBS wakes it."""
    output, before = fresh_output("nut"), contextlib.ExitStack()
    before.enter_context(Show(output))
    with before, source(obs, output) as name:
        until(lambda: shown(obs, name) == 1, "no picture")
        before.close()
        time.sleep(down_s)
        busy_s = answers_after_s(obs)
        with Show(output, moving=True) as show, follower(studio, output, show) as made:
            took_s = until(lambda: shown(obs, name) >= 2, "it does not come back")
            busy_s = max(busy_s, answers_after_s(obs))
    print(f"down {down_s:g} s: back after {took_s:.2f} s, {made.woken} times woken")
    print(f"OBS answers after {busy_s:.3f} s")
    assert took_s < 10 + 50 * busy_s, "2 on a free machine; left alone, OBS may never come back"
