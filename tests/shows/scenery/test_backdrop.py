"""What stands behind everybody: words in; colours, pictures and videos out, faults in words."""

import itertools
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from tests.shows.waiting import until
from vtuber.animate.behind import Behind
from vtuber.core.errors import UserError
from vtuber.core.look import Background
from vtuber.runtime.clock import ManualClock, SystemClock
from vtuber.shows.plays.scripted import Engine
from vtuber.shows.scenery.backdrop import (
    MOST_NS,
    Backdrops,
    Reel,
    check_background,
    open_background,
)

SIZE_PX = (64, 48)
FRAMES, RATE = 5, 10
MS = 1_000_000


def write_clip(path: Path, greys: list[int], size_px: tuple[int, int] = (128, 96)) -> Path:
    with av.open(str(path), "w") as file:
        stream = file.add_stream("libx264", rate=RATE, options={"crf": "4"})
        (stream.width, stream.height), stream.pix_fmt = size_px, "yuv420p"
        for n, grey in enumerate(greys):
            rgb = np.full((size_px[1], size_px[0], 3), grey, np.uint8)
            picture = av.VideoFrame.from_ndarray(rgb, "rgb24")
            picture.pts, picture.time_base = n, Fraction(1, RATE)
            file.mux(stream.encode(picture))
        file.mux(stream.encode())
    return path


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    """Give a clip of half a second: five greys, 40 apart."""
    return write_clip(tmp_path / "clip.mp4", [20 + 40 * n for n in range(FRAMES)])


def grey(background: Background | None) -> int | None:
    """Give the number of the frame by its grey."""
    if background is None:
        return None
    assert background.rgb.shape == (48, 64, 3)
    return round((float(background.rgb.mean()) - 20) / 40)


def opened(what: str) -> Background:
    background = open_background(what, SIZE_PX, ManualClock())
    assert isinstance(background, Background)
    return background


def test_a_name_is_a_colour_first_and_a_path_is_a_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Image.new("RGB", (8, 8), (1, 2, 3)).save("red", "png")
    Image.new("RGB", (8, 8), (1, 2, 3)).save("my room.PNG")
    assert open_background("transparent", SIZE_PX, ManualClock()) is None
    assert opened("red").rgb.tolist() == [[[255, 0, 0]]]
    assert opened("#20c060").rgb.tolist() == [[[32, 192, 96]]]
    assert (opened("my room.PNG").rgb == (1, 2, 3)).all()


def test_a_picture_is_cut_to_the_scene_when_it_is_read(tmp_path: Path) -> None:
    wide = np.zeros((50, 400, 3), np.uint8)
    wide[:, 200:] = 255
    Image.fromarray(wide).save(tmp_path / "wide.png")
    rgb = opened(str(tmp_path / "wide.png")).rgb
    assert rgb.shape == (48, 64, 3)
    assert (rgb[:, :30] == 0).all()
    assert (rgb[:, 34:] == 255).all()


def test_each_frame_of_a_video_shows_from_its_time_on_over_and_over(clip: Path) -> None:
    reel = Reel(str(clip), SIZE_PX, ManualClock())
    shown = [grey(reel.advance(ms * MS)) for ms in range(0, 1100, 50)]
    changes = [n for n in shown if n is not None]
    assert changes == [0, 1, 2, 3, 4] * 2 + [0]
    assert shown[:4] == [0, None, 1, None]
    reel.close()


def test_frames_that_nobody_waited_for_are_left_out(clip: Path) -> None:
    reel = Reel(str(clip), SIZE_PX, ManualClock())
    assert [grey(reel.advance(ms * MS)) for ms in (0, 320, 330, 1650)] == [0, 3, None, 1]
    reel.close()


class Slow(ManualClock):
    """A clock for which everything takes time: it moves on when it is looked at."""

    looks_ns = 0

    def now_ns(self) -> int:
        self.sleep_until(super().now_ns() + self.looks_ns)
        return super().now_ns()


def test_a_video_that_decodes_too_slowly_goes_on_slower_and_holds_nobody_up(clip: Path) -> None:
    clock = Slow()
    reel = Reel(str(clip), SIZE_PX, clock)
    assert grey(reel.advance(0)) == 0
    clock.looks_ns = MOST_NS * 2 // 3
    assert grey(reel.advance(100_000 * MS)) == 2, "two frames, then it gives the rest up"
    assert [grey(reel.advance((100_000 + ms) * MS)) for ms in (1, 50, 102)] == [3, None, 4]
    reel.close()


def test_an_engine_in_real_time_waits_for_no_backlog_of_a_video(bundle: Path, clip: Path) -> None:
    clock = Slow()
    with Engine(str(bundle), SIZE_PX, clock) as engine:
        engine.do(f"background '{clip}' over 0")
        engine.draw()
        clock.looks_ns = MOST_NS
        engine.wait(100.0)
        engine.draw()
        assert engine._reel is not None
        assert engine._reel._ahead.sequence < 10


def test_what_stays_alike_is_not_given_again(tmp_path: Path) -> None:
    Image.new("RGB", SIZE_PX, (9, 9, 9)).save(tmp_path / "still.gif")
    reel = Reel(str(tmp_path / "still.gif"), SIZE_PX, ManualClock())
    given = [reel.advance(ms * MS) for ms in range(0, 2000, 30)]
    assert len([background for background in given if background is not None]) == 1
    reel.close()


@pytest.mark.parametrize(
    ("what", "says"),
    [
        ("", "the background '' is a folder; give transparent, a colour"),
        ("redd", "the background 'redd' is not there; give transparent, a colour such as"),
        ("~nobody/of this name.png", "the background '~nobody/of this name.png' is not there"),
        ("x" * 300, "is not there; give transparent"),
        ("#20c06", "'#20c06' is no colour; write red, green and blue"),
        ("none.mp4", "the background 'none.mp4' is not there"),
        ("broken.mp4", "cannot read the video broken.mp4"),
        ("broken.png", "cannot read the picture broken.png"),
        ("broken", "cannot read the video broken"),
        ("huge.png", "the picture huge.png is 9000x8000; the most is"),
    ],
)
def test_what_cannot_be_a_background_is_refused_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str, says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("broken.mp4", "broken.png", "broken"):
        Path(name).write_bytes(b"no picture")
    if what == "huge.png":
        Image.new("1", (9000, 8000)).save(what)
    with pytest.raises(UserError) as caught:
        check_background(what)
    assert says in str(caught.value)


class Wall:
    """A stage of which only the background is of interest, and what was said."""

    def __init__(self) -> None:
        self.behind = Behind()
        self.said: list[str] = []
        self.seen: list[int] = []
        self.backdrops = Backdrops(SystemClock(), self.said.append)
        self.worker = self.backdrops.watched.worker

    @property
    def background(self) -> Background | None:
        return self.behind.at(0)[0]

    def look(self) -> Background | None:
        """Take what is new, as a beat does."""
        before = self.background
        self.backdrops.follow(self, 0)  # type: ignore[arg-type]
        if self.background is not None and self.background is not before:
            self.seen.append(round(float(self.background.rgb.mean())))
        return self.background


@pytest.fixture
def wall() -> Iterator[Wall]:
    wall = Wall()
    wall.worker.start()
    yield wall
    wall.worker.ask_to_stop()
    wall.backdrops.close()
    assert wall.worker.join(10.0)
    reel = wall.backdrops._reel
    assert reel is None or reel._source._container is None, "its file is closed"


def reached(wall: Wall, is_so: Callable[[], bool]) -> None:
    until(lambda: (wall.look(), is_so())[1])


def test_a_video_plays_beside_the_beat_until_something_else_is_wished_for(
    wall: Wall, clip: Path
) -> None:
    wall.backdrops.ask(str(clip), SIZE_PX, 0.0)
    reached(wall, lambda: len(wall.seen) >= 8)  # more than it has: over and over
    forwards = sum((b - a) % 200 in (39, 40, 41, 80) for a, b in itertools.pairwise(wall.seen))
    assert forwards >= 6, wall.seen
    wall.backdrops.ask("navy", SIZE_PX, 0.0)
    reached(wall, lambda: wall.background is not None and len(wall.background.rgb) == 1)
    wall.backdrops.ask("transparent", SIZE_PX, 0.0)
    reached(wall, lambda: wall.background is None)
    assert wall.said == []


def test_a_wish_that_cannot_be_is_said_once_and_the_video_goes_on(wall: Wall, clip: Path) -> None:
    (clip.parent / "broken.mp4").write_bytes(b"no picture")
    wall.backdrops.ask(str(clip), SIZE_PX, 0.0)
    reached(wall, lambda: len(wall.seen) >= 2)
    wall.backdrops.ask(str(clip.parent / "broken.mp4"), SIZE_PX, 0.0)
    until(lambda: len(wall.said) == 1)
    assert wall.said[0].startswith("cannot read the video")
    assert wall.said[0].endswith("(the old background stays)")
    seen = len(wall.seen)
    reached(wall, lambda: len(wall.seen) >= seen + 3)
    wall.backdrops.ask("redd", SIZE_PX, 0.0)
    until(lambda: len(wall.said) == 2)
    assert "'redd' is not there" in wall.said[1]
    assert len(wall.said) == 2


def test_what_is_mistyped_does_not_take_the_place_of_the_wish_before_it() -> None:
    wall = Wall()
    for what in ("red", "navy", "navi", "redd"):
        wall.backdrops.ask(what, SIZE_PX, 0.0)
    assert wall.said == [], "no disk is asked on the beat"
    wall.worker.start()
    reached(wall, lambda: wall.background is not None)
    assert wall.background is not None
    assert wall.background.rgb.tolist() == [[[0, 0, 128]]]
    assert ["redd" in said or "navi" in said for said in wall.said] == [True, True]
    wall.worker.ask_to_stop()
    wall.backdrops.close()
    assert wall.worker.join(10.0)


def test_a_video_whose_file_goes_is_said_once_and_its_last_picture_stays(
    wall: Wall, clip: Path
) -> None:
    wall.backdrops.ask(str(clip), SIZE_PX, 0.0)
    reached(wall, lambda: len(wall.seen) >= 1)
    clip.unlink()
    reached(wall, lambda: len(wall.said) == 1)
    assert wall.said[0].startswith("cannot read the video")
    last = wall.look()
    assert last is not None
    assert wall.worker.is_alive
    wall.backdrops.ask("navy", SIZE_PX, 0.0)
    reached(wall, lambda: wall.background is not last)
    assert len(wall.said) == 1


def test_a_pause_of_a_video_does_not_hold_the_next_wish_up(wall: Wall, tmp_path: Path) -> None:
    slides = [Image.new("RGB", SIZE_PX, (n, n, n)) for n in (10, 200)]
    path = tmp_path / "slides.gif"
    slides[0].save(path, save_all=True, append_images=slides[1:], duration=60_000, loop=0)
    wall.backdrops.ask(str(path), SIZE_PX, 0.0)
    reached(wall, lambda: len(wall.seen) == 1)
    wall.backdrops.ask("navy", SIZE_PX, 0.0)
    reached(wall, lambda: wall.background is not None and len(wall.background.rgb) == 1)


def drawn_grey(engine: Engine) -> int:
    rgba = engine.rgba()
    assert (rgba[..., 3] == 255).all()
    return round((float(rgba[2, 2, :3].mean()) - 20) / 40)


def test_a_film_shows_each_moment_of_a_video_whatever_it_leaves_out(
    bundle: Path, clip: Path
) -> None:
    with Engine(str(bundle), SIZE_PX) as engine:
        engine.do(f"background '{clip}' over 0")
        greys = []
        for _ in range(11):
            greys.append(drawn_grey(engine))
            engine.wait(0.1)
        assert greys == [0, 1, 2, 3, 4] * 2 + [0]
    with Engine(str(bundle), SIZE_PX) as engine:
        engine.do(f"background '{clip}' over 0")
        engine.wait(0.75)
        assert drawn_grey(engine) == 2
        with pytest.raises(UserError, match="'redd' is not there"):
            engine.do("background redd")
        assert drawn_grey(engine) == 2
        reel = engine._reel
        assert reel is not None
        engine.do("background transparent over 0")
        assert reel._source._container is None, "its file is closed"
        assert engine.rgba()[2, 2, 3] == 0
