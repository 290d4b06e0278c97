"""Films are decoded again: size, rate, count, colours; and what is left when things go wrong."""

import contextlib
import dataclasses
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from vtuber.core.errors import DeviceLost, UserError
from vtuber.core.picture import Box, Picture
from vtuber.output import record
from vtuber.output._film import Film, FilmBroken
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
    assert f"recording to {path} stopped: File too large" in done.stdout
    if limit_bytes < 100_000:
        assert list(tmp_path.iterdir()) == []  # not a second of it could be kept
    else:
        assert f"recorded {path} (0:00 to 0:01)" in done.stdout
        assert [p.name for p in tmp_path.iterdir()] == [path.name]
        assert len(decoded(path)) >= 30


def at(second: float, picture: Picture) -> Picture:
    return dataclasses.replace(picture, drawn_ns=round(second * 1e9))


def filmed(sink: Output, disc, begin_s: float, frames: int) -> None:
    """Record at 30 a second from a moment of the show on."""
    for number in range(frames):
        sink.send(at(begin_s + number / 30, disc(number)))


def test_a_film_that_breaks_off_goes_on_in_another_file_and_which_holds_what_is_said(
    tmp_path: Path, show, disc, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, free = tmp_path / "film.mp4", record.LEAST_FREE_BYTES
    sink = Output(Options(str(path)), show.context())
    sink.open()
    filmed(sink, disc, 100.0, 60)
    monkeypatch.setattr(record, "LEAST_FREE_BYTES", 2**62)
    with pytest.raises(DeviceLost, match="the disk is full; free some space"):
        filmed(sink, disc, 102.0, 1)
    sink.close()
    assert show.announced == [f"recorded {path} (0:00 to 0:02)"]
    with pytest.raises(UserError, match="disk is full"):
        sink.open()
    monkeypatch.setattr(record, "LEAST_FREE_BYTES", free)
    sink.open()
    filmed(sink, disc, 165.0, 90)
    sink.close()
    second = tmp_path / "film-2.mp4"
    assert show.announced[1:] == [f"recorded {path} (0:00 to 0:02), {second} (1:05 to 1:08)"]
    assert {p.name: len(decoded(p)) for p in tmp_path.iterdir()} == {
        "film.mp4": 60,
        "film-2.mp4": 90,
    }
    sink.open()  # the next film is a new one
    filmed(sink, disc, 200.0, 3)
    sink.close()
    assert show.announced[-1] == f"recorded {path}"
    assert len(decoded(tmp_path / "film.1.mp4")) == 60


def test_scraps_of_a_disk_that_flaps_are_said_together(
    tmp_path: Path, show, disc, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, free = tmp_path / "film.mp4", record.LEAST_FREE_BYTES
    sink = Output(Options(str(path)), show.context())
    for begin_s in (100.0, 110.0, 120.0):
        monkeypatch.setattr(record, "LEAST_FREE_BYTES", free)
        sink.open()
        filmed(sink, disc, begin_s, 30)
        monkeypatch.setattr(record, "LEAST_FREE_BYTES", 2**62)
        with pytest.raises(DeviceLost, match="the disk is full"):
            filmed(sink, disc, begin_s + 1, 1)
        sink.close()
    assert show.announced == [f"recorded {path} (0:00 to 0:01)"]
    monkeypatch.setattr(record, "LEAST_FREE_BYTES", free)
    sink.open()
    filmed(sink, disc, 130.0, 30)
    sink.close()
    assert len(show.announced) == 2
    assert show.announced[1].endswith(f"{tmp_path / 'film-4.mp4'} (0:30 to 0:31)")


def test_a_piece_takes_no_other_films_place(tmp_path: Path, show, disc, monkeypatch) -> None:
    (tmp_path / "film-2.mp4").write_bytes(b"mine")
    free = record.LEAST_FREE_BYTES
    sink = Output(Options(str(tmp_path / "film.mp4")), show.context())
    sink.open()
    filmed(sink, disc, 0.0, 30)
    monkeypatch.setattr(record, "LEAST_FREE_BYTES", 2**62)
    with pytest.raises(DeviceLost):
        filmed(sink, disc, 1.0, 1)
    sink.close()
    monkeypatch.setattr(record, "LEAST_FREE_BYTES", free)
    sink.open()
    filmed(sink, disc, 2.0, 5)
    sink.close()
    assert (tmp_path / "film-2.1.mp4").read_bytes() == b"mine"


@contextlib.contextmanager
def files_of_at_most(size_bytes: int) -> Iterator[None]:
    resource = pytest.importorskip("resource", reason="limits the file's size by setrlimit")
    before, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (before, hard))


@pytest.mark.parametrize("spare_bytes", [0, 200, 1000, 5000])  # 200: in the midst of an index
@pytest.mark.parametrize("suffix", [".mp4", ".mov", ".mkv"])
def test_a_film_that_fails_at_its_very_end_plays_and_the_loss_is_told(
    tmp_path: Path, show, suffix: str, spare_bytes: int
) -> None:
    path = tmp_path / f"film{suffix}"
    sink = Output(Options(str(path)), show.context())
    sink.open()
    noise = np.random.default_rng(0).integers(0, 255, (180, 320, 4), np.uint8)
    for number in range(100):
        rgba = np.roll(noise, number, 1)
        sink.send(Picture(rgba, Box(0, 0, 320, 180), 0, number * 33_333_333, number))
    (part,) = tmp_path.iterdir()
    with (
        files_of_at_most(part.stat().st_size + spare_bytes),
        pytest.raises(DeviceLost, match=r"end of .*film\.m.. could not be written: File too large"),
    ):
        sink.close()
    sink.close()
    assert show.announced == [f"recorded {path} (0:00 to 0:02)"]
    assert len(decoded(path)) == 60


def test_a_folder_that_vanishes_is_told_within_a_second_and_the_film_goes_on_when_it_is_back(
    tmp_path: Path, show, disc
) -> None:
    folder = tmp_path / "films"
    folder.mkdir()
    sink = Output(Options(str(folder / "film.mp4")), show.context())
    sink.open()
    filmed(sink, disc, 0.0, 40)
    shutil.rmtree(folder)
    with pytest.raises(DeviceLost, match=r"film\.part\.mp4 was moved or deleted"):
        filmed(sink, disc, 2.0, 30)
    sink.close()
    assert show.announced == []
    with pytest.raises(UserError, match=r"no folder .*films; make it"):
        sink.open()
    folder.mkdir()
    sink.open()
    filmed(sink, disc, 5.0, 60)
    sink.close()
    assert show.announced == [f"recorded {folder / 'film.mp4'} (0:05 to 0:07)"]
    assert len(decoded(folder / "film.mp4")) == 60


def test_a_folder_that_is_moved_takes_a_film_along_that_plays_and_the_end_says_where(
    tmp_path: Path, show, disc
) -> None:
    folder = tmp_path / "films"
    folder.mkdir()
    sink = Output(Options(str(folder / "film.mp4")), show.context())
    sink.open()
    filmed(sink, disc, 0.0, 20)
    folder.rename(tmp_path / "elsewhere")
    with pytest.raises(DeviceLost, match="if its folder was moved, the film is there"):
        sink.close()
    assert len(decoded(tmp_path / "elsewhere" / "film.part.mp4")) == 20


def test_a_film_that_was_cut_off_earlier_is_left_alone_and_named(tmp_path, show, disc) -> None:
    left = tmp_path / "film.part.mp4"
    left.write_bytes(b"mine")
    film(tmp_path / "film.mp4", show, disc, frames=3)
    assert left.read_bytes() == b"mine"
    assert show.announced[0].startswith(f"{left} stays as it is")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (Options(), "name one"),
        (Options("film.avi"), r"\.mp4, \.mov, \.mkv"),
        (Options("film"), r"\.mp4, \.mov, \.mkv"),
        (Options("film.mp4", background="grene"), "no colour"),
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


def test_a_file_that_somebody_began_at_the_same_moment_is_not_touched(tmp_path: Path) -> None:
    theirs = tmp_path / "film.part.mp4"
    theirs.write_bytes(b"theirs")
    with pytest.raises(FilmBroken, match="exists"):
        Film(theirs, (320, 180), 30.0, 18, "veryfast")
    assert theirs.read_bytes() == b"theirs"


@pytest.mark.skipif(
    not Path("/sys/kernel").is_dir(), reason="needs a folder even root cannot write"
)
def test_a_folder_that_cannot_be_written_is_told_at_once(show) -> None:
    sink = Output(Options("/sys/kernel/film.mp4"), show.context())
    with pytest.raises(UserError, match=r"cannot record to /sys/kernel/film\.mp4"):
        sink.open()


def test_seconds_that_are_not_on_the_disk_are_not_said_to_be_recorded(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    kind = record.KINDS[".mp4", False]
    film = Film(path, kind, (320, 180), 30, record.codec_options(kind.codec, 18, "veryfast"))
    noise = np.random.default_rng(0).integers(0, 255, (180, 320, 3), np.uint8)
    for number in range(70):
        film.add(np.roll(noise, number, 1))
    assert film.safe_frames > 0
    film.fault = "File too large"
    with files_of_at_most(5_000):
        os.truncate(path, 5_000)  # as a write that failed, of which FFmpeg tells later
        film.end()
    assert film.safe_frames == 0
