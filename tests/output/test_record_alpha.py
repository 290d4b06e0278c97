"""Films and pictures with transparency, read again by FFmpeg: alpha, colour, rate, what is left."""

import os
import signal
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from vtuber.core.errors import DeviceLost, UserError
from vtuber.image.alpha import straight
from vtuber.output import _stills
from vtuber.output.record import Options, Output

NAMES = ("film.mov", "film.webm", "film.png")


def record(path: Path, show, disc, frames=20, size_px=(320, 180), background="transparent") -> None:
    sink = Output(Options(str(path), background=background), show.context(size_px))
    sink.open()
    for sequence in range(frames):
        sink.send(disc(sequence, size_px))
    sink.close()


def films(path: Path) -> list[np.ndarray]:
    """Decode straight RGBA; FFmpeg's own VP9 decoder does not know alpha, libvpx's does."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        decoder = stream.codec_context
        if path.suffix == ".webm":
            decoder = av.CodecContext.create("libvpx-vp9", "r")
            decoder.extradata = stream.codec_context.extradata
        frames = [f for packet in container.demux(stream) for f in decoder.decode(packet)]
    return [frame.to_ndarray(format="rgba", src_colorspace=1) for frame in frames]


def pictures(folder: Path) -> list[np.ndarray]:
    return [np.asarray(Image.open(path)) for path in sorted(folder.iterdir())]


@pytest.mark.parametrize(
    ("name", "codec", "most_alpha_off", "most_colour_off"),
    [("film.mov", "prores", 1, 2), ("film.webm", "vp9", 24, 4)],
)
def test_a_film_has_the_pictures_alpha_and_colour_at_the_rate(
    tmp_path: Path, show, disc, name: str, codec: str, most_alpha_off: int, most_colour_off: int
) -> None:
    path = tmp_path / name
    record(path, show, disc, frames=45)
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        assert stream.codec_context.name.endswith(codec)
        assert stream.average_rate == Fraction(30)
        assert container.duration == pytest.approx(1_500_000, abs=2_000)
    frames = films(path)
    assert len(frames) == 45
    for number in (0, 17, 44):
        ours, seen = straight(disc(number).rgba), frames[number].astype(int)
        off = np.abs(seen[..., 3] - ours[..., 3])
        assert off.max() <= most_alpha_off
        assert off.mean() < 0.1
        assert (seen[10, ..., 3] == 0).all()
        assert (seen[90, 90 + 2 * number : 100 + 2 * number, 3] == 255).all()
        inside = np.s_[60:120, 96 + 2 * number - 30 : 96 + 2 * number + 30, :3]
        assert np.abs(seen[inside] - ours[inside]).max() <= most_colour_off
    assert [p.name for p in tmp_path.iterdir()] == [name]


def test_the_pictures_are_exact_and_one_that_repeats_is_stored_once(tmp_path, show, disc) -> None:
    sink = Output(Options(str(tmp_path / "show.png")), show.context((321, 181)))
    sink.open()
    sent = [disc(i, (321, 181)) for i in range(3)]
    for picture in (sent[0], sent[1], sent[1], sent[1], sent[2]):
        sink.send(picture)
    assert [p.name for p in tmp_path.iterdir()] == ["show.part"]
    sink.close()
    folder = tmp_path / "show"
    names = sorted(path.name for path in folder.iterdir())
    assert names == ["000001.png", "000002.png", "000003.png", "000004.png", "000005.png"]
    for seen, ours in zip(pictures(folder), [sent[i] for i in (0, 1, 1, 1, 2)], strict=True):
        assert np.array_equal(seen, straight(ours.rgba))
    assert (folder / "000002.png").stat().st_nlink == 3
    assert show.announced == [f"recorded {folder}"]


def test_a_disk_without_second_names_holds_every_picture_anew(
    tmp_path, show, disc, monkeypatch
) -> None:
    monkeypatch.setattr(_stills, "_is_linked", lambda old, new: False)
    sink = Output(Options(str(tmp_path / "show.png")), show.context())
    sink.open()
    picture = disc(1)
    for _ in range(3):
        sink.send(picture)
    sink.close()
    assert len(pictures(tmp_path / "show")) == 3


def test_an_older_folder_of_that_name_is_kept_and_an_empty_show_leaves_none(
    tmp_path, show, disc
) -> None:
    path = tmp_path / "show.png"
    for frames in (3, 4, 0):
        record(path, show, disc, frames)
    counts = {p.name: len(pictures(p)) for p in tmp_path.iterdir()}
    assert counts == {"show.1": 3, "show": 4}


def test_over_a_colour_they_are_opaque(tmp_path, show, disc) -> None:
    record(tmp_path / "show.png", show, disc, 1, background="#2060a0")
    (one,) = pictures(tmp_path / "show")
    assert one.shape == (180, 320, 3)
    assert tuple(one[0, 0]) == (0x20, 0x60, 0xA0)
    record(tmp_path / "film.webm", show, disc, 3, background="#2060a0")
    seen = films(tmp_path / "film.webm")[0]
    assert np.abs(seen[0, 0].astype(int) - (0x20, 0x60, 0xA0, 255)).max() <= 3


@pytest.mark.parametrize("suffix", [".mp4", ".mkv"])
def test_what_cannot_be_transparent_says_so_and_what_can(show, suffix: str) -> None:
    with pytest.raises(UserError, match=rf"{suffix} cannot be transparent; name it \.mov, \.webm"):
        Output(Options(f"film{suffix}", background="transparent"), show.context())


SIX_SECONDS = """
import sys, numpy as np
from vtuber.core.picture import Box, Picture
from vtuber.core.ports import SinkContext
from vtuber.output.record import Options, Output
from vtuber.runtime.clock import SystemClock
options = Options(sys.argv[1], background="transparent")
sink = Output(options, SinkContext((160, 90), 30, SystemClock(), print))
sink.open()
soft = np.random.default_rng(0).integers(0, 255, (90, 160, 4), np.uint8)
soft[..., :3] = np.minimum(soft[..., :3], soft[..., 3:])
for i in range(180):
    sink.send(Picture(np.roll(soft, i, 1), Box(0, 0, 160, 90), 0, 0, i))
print("six seconds", flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills by SIGKILL")
@pytest.mark.parametrize("name", NAMES)
def test_a_process_killed_midway_leaves_what_plays(tmp_path: Path, name: str) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", SIX_SECONDS, str(tmp_path / name)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "six seconds"
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
    (part,) = tmp_path.iterdir()
    assert ".part" in part.name
    left = pictures(part) if part.is_dir() else films(part)
    assert len(left) >= 120  # of 180
    assert len({int(alpha) for alpha in np.unique(left[-1][..., 3])}) > 50


@pytest.mark.parametrize("name", NAMES)
def test_a_full_disk_ends_it_in_words_and_what_was_whole_is_kept(
    tmp_path: Path, show, disc, name: str
) -> None:
    resource = pytest.importorskip("resource", reason="limits the file's size by setrlimit")
    before, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    sink = Output(Options(str(tmp_path / name), background="transparent"), show.context())
    sink.open()
    for number in range(60):
        sink.send(disc(number))
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(DeviceLost, match=r"recording to .* stopped: File too large"):
            all(sink.send(disc(number)) is None for number in range(60, 160))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (before, hard))
    sink.close()
    (kept,) = tmp_path.iterdir()
    left = pictures(kept) if kept.is_dir() else films(kept)
    assert len(left) >= 30
    assert kept.stem == "film"
