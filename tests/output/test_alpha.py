"""Pictures over TCP as OBS reads them, by FFmpeg: every bit, restarts, many readers at once."""

import io
import shutil
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import av
import numpy as np
import pytest

from vtuber.core.errors import UserError
from vtuber.core.picture import Box, Picture
from vtuber.image.alpha import straight
from vtuber.output.alpha import Options, Output
from vtuber.runtime.clock import ManualClock, SystemClock
from vtuber.runtime.feed import Feed

SIZE = (320, 180)
FORMATS = ("nut", "rawvideo")
MakePicture = Callable[..., Picture]


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@contextmanager
def beating(
    show, disc: MakePicture, port: int, kind: str = "nut", size_px=SIZE
) -> Iterator[list[Picture]]:
    """Send pictures 30 times a second, as a beat does; give the list of those that were sent."""
    sent: list[Picture] = []
    stop = threading.Event()
    sink = Output(Options(port, kind), show.context(size_px, feed=Feed, clock=SystemClock()))
    sink.open()

    def beat() -> None:
        while not stop.wait(1 / 30):
            sent.append(disc(len(sent) % 50, size_px))
            sink.send(sent[-1])

    thread = threading.Thread(target=beat)
    thread.start()
    try:
        yield sent
    finally:
        stop.set()
        thread.join()
        sink.close()


def reader(port: int, kind: str, size_px=SIZE) -> "av.container.InputContainer":
    """Open the port with the settings that the user is told to give OBS."""
    width, height = size_px
    raw = {"video_size": f"{width}x{height}", "pixel_format": "rgba", "framerate": "30"}
    if kind == "nut":
        return av.open(f"tcp://127.0.0.1:{port}", timeout=10)
    return av.open(f"tcp://127.0.0.1:{port}", format="rawvideo", options=raw, timeout=10)


def read(port: int, kind: str, count: int, size_px=SIZE) -> list[np.ndarray]:
    with reader(port, kind, size_px) as container:
        frames = container.decode(video=0)
        return [next(frames).to_ndarray(format="rgba") for _ in range(count)]


def position_in(sent: list[Picture], pixels: np.ndarray) -> int:
    """Find the picture that these pixels are, bit for bit."""
    straights = (straight(picture.rgba, picture.alpha_box) for picture in sent)
    found = [i for i, one in enumerate(straights) if np.array_equal(one, pixels)]
    assert found, "no picture that was sent has these pixels"
    return found[-1]


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("size_px", [SIZE, (321, 181), (1280, 720)])
def test_a_reader_gets_straight_alpha_bit_for_bit_in_order(show, disc, port, kind, size_px) -> None:
    with beating(show, disc, port, kind, size_px) as sent:
        pixels = read(port, kind, 6, size_px)
    at = [position_in(sent, one) for one in pixels]
    assert at == sorted(set(at))
    assert {0, 255} < set(np.unique(pixels[0][..., 3]))  # and soft edges between


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed")
def test_the_program_ffmpeg_reads_the_same(show, disc, port, kind, tmp_path: Path) -> None:
    how = [] if kind == "nut" else ["-f", "rawvideo", "-video_size", "320x180",
                                    "-pixel_format", "rgba", "-framerate", "30"]  # fmt: skip
    with beating(show, disc, port, kind) as sent:
        command = ["ffmpeg", "-v", "error", *how, "-i", f"tcp://127.0.0.1:{port}"]
        command += ["-frames:v", "3", "-f", "rawvideo", "-pix_fmt", "rgba", "-"]
        done = subprocess.run(command, capture_output=True, timeout=30)
    assert done.stderr == b""
    pixels = np.frombuffer(done.stdout, np.uint8).reshape(3, 180, 320, 4)
    assert [position_in(sent, one) for one in pixels]


@pytest.mark.parametrize("kind", FORMATS)
def test_an_avatar_that_has_gone_is_sent_as_nothing_at_all(show, port, kind) -> None:
    empty = Picture(np.zeros((180, 320, 4), np.uint8), Box(0, 0, 0, 0), 0, 0, 1)
    with beating(show, lambda *_: empty, port, kind):
        assert not read(port, kind, 2)[1].any()


@pytest.mark.parametrize("kind", FORMATS)
def test_many_read_at_once_and_one_that_stops_or_dies_costs_the_others_nothing(
    show, disc, port, kind
) -> None:
    with beating(show, disc, port, kind) as sent, reader(port, kind):  # this one reads nothing
        dead = socket.create_connection(("127.0.0.1", port))
        dead.recv(10)
        dead.close()
        results: list[list[np.ndarray]] = []
        crowd = [
            threading.Thread(target=lambda: results.append(read(port, kind, 10))) for _ in range(20)
        ]
        for one in crowd:
            one.start()
        for one in crowd:
            one.join(20)
    assert len(results) == 20
    for pixels in results:
        at = [position_in(sent, one) for one in (pixels[0], pixels[-1])]
        assert at[1] > at[0]


@pytest.mark.parametrize("kind", FORMATS)
def test_after_a_restart_the_same_address_answers_and_pictures_of_another_size_arrive(
    show, disc, port, kind
) -> None:
    for size_px in (SIZE, (160, 90)):
        with beating(show, disc, port, kind, size_px) as sent:
            assert position_in(sent, read(port, kind, 2, size_px)[1]) >= 1


@contextmanager
def by_hand(show, port: int, fps: int = 30) -> Iterator[tuple[Output, ManualClock]]:
    clock = ManualClock()
    sink = Output(Options(port, fps=fps), show.context(feed=Feed, clock=clock))
    sink.open()
    yield sink, clock
    sink.close()


def test_times_count_the_pictures_that_were_sent_whatever_the_clock_says(show, disc, port) -> None:
    """OBS plays by these times, and waits for none that is late."""
    address = ("127.0.0.1", port)
    with (
        by_hand(show, port) as (sink, clock),
        socket.create_connection(address, timeout=5) as client,
    ):
        kept = bytearray()
        for pause_s in (0.0, 0.04, 1.0, 0.03):
            clock.advance(pause_s)
            sink.send(disc())
            kept += until_still(client)
    with av.open(io.BytesIO(bytes(kept)), format="nut") as container:
        assert [frame.pts for frame in container.decode(video=0)] == [0, 1, 2, 3]


def until_still(client: socket.socket) -> bytes:
    """Read one picture and what stands before it."""
    got = bytearray()
    while len(got) < 320 * 180 * 4:
        got += client.recv(1 << 20)
    return bytes(got)


def test_nothing_is_converted_when_nobody_reads(show, disc, port, monkeypatch) -> None:
    from vtuber.output import alpha

    made: list[int] = []
    monkeypatch.setattr(alpha, "VIEWS", Counting(made))
    with by_hand(show, port) as (sink, _):
        sink.send(disc(1))
        assert not made
        with socket.create_connection(("127.0.0.1", port), timeout=5) as client:
            sink.send(disc(2))
            assert made == [2]
            until_still(client)


class Counting:
    def __init__(self, made: list[int]) -> None:
        self._made = made

    def straight(self, picture: Picture) -> np.ndarray:
        self._made.append(picture.sequence)
        return straight(picture.rgba, picture.alpha_box)


def test_the_user_is_told_what_obs_needs(show, port) -> None:
    for kind in FORMATS:
        sink = Output(Options(port, kind), show.context(feed=Feed))
        sink.open()
        sink.close()
    nut, raw = show.announced
    assert nut.startswith(
        f"for OBS's Media Source: tcp://127.0.0.1:{port} (`vtuber obs setup` makes it"
    )
    assert "rawvideo" in raw
    assert "video_size=320x180 pixel_format=rgba framerate=30" in raw
    assert all("linear space" in line for line in show.announced)


def test_a_port_that_is_taken_is_said_and_nothing_is_left_open(show, port) -> None:
    with socket.create_server(("127.0.0.1", port)):
        sink = Output(Options(port), show.context(feed=Feed))
        with pytest.raises(UserError, match=f"port {port}: Address already in use"):
            sink.open()
        sink.close()
    sink.open()
    sink.close()


@pytest.mark.parametrize("options", [Options(port=0), Options(port=70_000), Options(readers=0)])
def test_a_wrong_setting_is_refused_at_once(show, options: Options) -> None:
    with pytest.raises(UserError, match=r"="):
        Output(options, show.context(feed=Feed))
