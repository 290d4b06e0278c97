"""Films are decoded again: size, rate, count, colours; and what is left when things go wrong."""

import contextlib
import os
import signal
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from vtuber.core.errors import UserError
from vtuber.output.record import Options, Output

BACKGROUND = (0x23, 0x26, 0x2E)


def film(path: Path, show, disc, frames: int = 20, size_px=(320, 180), **options) -> Output:
    sink = Output(Options(str(path), **options), show.context(size_px))
    sink.open()
    for sequence in range(frames):
        sink.send(disc(sequence, size_px))
    sink.close()
    return sink


def decoded(path: Path) -> list[np.ndarray]:
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


@pytest.mark.parametrize("suffix", [".mp4", ".mov", ".mkv"])
def test_n_pictures_make_n_frames_at_the_rate_and_a_duration_of_n_intervals(
    tmp_path: Path, show, disc, suffix: str
) -> None:
    path = tmp_path / f"film{suffix}"
    film(path, show, disc, frames=45)
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        assert (stream.codec_context.name, stream.codec_context.pix_fmt) == ("h264", "yuv420p")
        assert (stream.width, stream.height) == (320, 180)
        assert stream.average_rate == Fraction(30)
        assert container.duration == 1_500_000
        times = [frame.time for frame in container.decode(video=0)]
    assert times == pytest.approx([i / 30 for i in range(45)], abs=1e-3)
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_colours_survive_over_the_background_and_are_tagged_as_bt709(tmp_path, show, disc) -> None:
    path = tmp_path / "film.mp4"
    film(path, show, disc, size_px=(1280, 720))
    with av.open(str(path)) as container:
        frame = next(container.decode(video=0))
        tags = (frame.colorspace, frame.color_range, frame.color_primaries, frame.color_trc)
        assert tags == (1, 1, 1, 1)
        rgb = frame.to_ndarray(format="rgb24", src_colorspace=1).astype(int)
    assert np.abs(rgb[10, 10] - BACKGROUND).max() <= 3
    assert np.abs(rgb[360, 384] - (200, 60, 40)).max() <= 3


def test_the_film_moves_as_the_pictures_did(tmp_path, show, disc) -> None:
    path = tmp_path / "film.mkv"
    film(path, show, disc, frames=40)
    reds = [np.nonzero(frame[90, :, 0] > 120)[0].mean() for frame in decoded(path)]
    assert reds[39] - reds[0] == pytest.approx(78, abs=1.5)


def test_an_odd_size_loses_a_row_or_column_and_says_so(tmp_path, show, disc) -> None:
    path = tmp_path / "film.mp4"
    film(path, show, disc, size_px=(321, 181))
    assert decoded(path)[0].shape == (180, 320, 3)
    assert any("320x180" in line for line in show.announced)


def test_an_older_film_of_that_name_is_kept(tmp_path, show, disc) -> None:
    path = tmp_path / "film.mp4"
    for frames in (3, 4, 5):
        film(path, show, disc, frames=frames)
    counts = {p.name: len(decoded(p)) for p in tmp_path.iterdir()}
    assert counts == {"film.1.mp4": 3, "film.2.mp4": 4, "film.mp4": 5}
    assert any("film.1.mp4" in line for line in show.announced)


def test_a_recording_without_a_picture_leaves_nothing_and_touches_nothing(
    tmp_path, show, disc
) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(b"mine")
    film(path, show, disc, frames=0)
    assert [p.name for p in tmp_path.iterdir()] == ["film.mp4"]
    assert path.read_bytes() == b"mine"


def test_the_size_may_be_recorded_again_after_closing_twice(tmp_path, show, disc) -> None:
    sink = film(tmp_path / "film.mp4", show, disc, frames=2)
    sink.close()
    sink.open()
    sink.send(disc())
    sink.close()
    assert len(decoded(tmp_path / "film.mp4")) == 1


FIVE_SECONDS = """
import sys, numpy as np
from vtuber.core.errors import DeviceLost
from vtuber.core.picture import Box, Picture
from vtuber.core.ports import SinkContext
from vtuber.output.record import Options, Output
from vtuber.runtime.clock import SystemClock
sink = Output(Options(sys.argv[1]), SinkContext((320, 180), 30, SystemClock(), print))
sink.open()
if len(sys.argv) > 2:
    import resource, signal
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
noise = np.random.default_rng(0).integers(0, 255, (180, 320, 4), np.uint8)
noise[..., 3] = 255
try:
    for i in range(150):
        sink.send(Picture(np.roll(noise, i, 1), Box(0, 0, 320, 180), 0, 0, i))
except DeviceLost as error:
    print(error)
    sink.close()
    sys.exit()
print("five seconds", flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills by SIGKILL")
@pytest.mark.parametrize("suffix", [".mp4", ".mkv"])
def test_a_process_killed_midway_leaves_a_film_that_plays(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"film{suffix}"
    process = subprocess.Popen(
        [sys.executable, "-c", FIVE_SECONDS, str(path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "five seconds"
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
    assert not path.exists()
    assert len(decoded(tmp_path / f"film.part{suffix}")) >= 60  # of 150


@pytest.mark.skipif(sys.platform == "win32", reason="limits the file's size by setrlimit")
@pytest.mark.parametrize("limit_bytes", [10_000, 500_000])
@pytest.mark.parametrize("suffix", [".mp4", ".mkv"])
def test_a_full_disk_ends_the_recording_in_words_and_never_the_process(
    tmp_path: Path, suffix: str, limit_bytes: int
) -> None:
    path = tmp_path / f"film{suffix}"
    done = subprocess.run(
        [sys.executable, "-c", FIVE_SECONDS, str(path), str(limit_bytes)],
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert f"recording to {path} stopped" in done.stdout
    assert not path.exists()
    part = tmp_path / f"film.part{suffix}"
    assert part.exists()
    if limit_bytes > 100_000:
        frames = 0
        with av.open(str(part)) as container, contextlib.suppress(av.error.InvalidDataError):
            for _ in container.decode(video=0):  # the very last picture may be cut off
                frames += 1
        assert frames >= 20


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (Options(), "name one"),
        (Options("film.avi"), r"\.mp4, \.mov, \.mkv"),
        (Options("film"), r"\.mp4, \.mov, \.mkv"),
        (Options("film.mp4", background="red"), "no colour"),
        (Options("film.mp4", crf=99), "crf=99"),
        (Options("film.mp4", preset="warp"), "preset"),
    ],
)
def test_a_wrong_setting_is_refused_before_anything_is_opened(show, options, sentence) -> None:
    with pytest.raises(UserError, match=sentence):
        Output(options, show.context())


def test_a_folder_that_is_not_there_is_named(tmp_path, show) -> None:
    sink = Output(Options(str(tmp_path / "nowhere" / "film.mp4")), show.context())
    with pytest.raises(UserError, match=r"no folder .*nowhere"):
        sink.open()


def test_a_folder_in_the_films_place_is_named(tmp_path, show) -> None:
    (tmp_path / "film.mp4").mkdir()
    sink = Output(Options(str(tmp_path / "film.mp4")), show.context())
    with pytest.raises(UserError, match="it is a folder"):
        sink.open()


@pytest.mark.skipif(
    not Path("/sys/kernel").is_dir(), reason="needs a folder even root cannot write"
)
def test_a_folder_that_cannot_be_written_is_told_at_once(show) -> None:
    sink = Output(Options("/sys/kernel/film.mp4"), show.context())
    with pytest.raises(UserError, match=r"cannot record to /sys/kernel/film\.mp4"):
        sink.open()
