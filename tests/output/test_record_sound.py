"""The sound of films, decoded again: where it is heard, what fills its gaps, what a kill leaves."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import av
import numpy as np
import pytest

from vtuber.core.errors import DeviceLost
from vtuber.core.picture import Box, Picture
from vtuber.core.speech import SAMPLE_RATE_HZ, Sound
from vtuber.output import record
from vtuber.output.record import Options, Output

FPS = 30
SIZE = WIDTH, HEIGHT = 64, 36
PICTURE_S = 1 / FPS
BEGIN_NS = 7_000_000_000  # when the film begins, on the show's clock
DRAWN_NS = 8_000_000  # after its beat a picture is there
BEEP = (0.9 * np.sin(2 * np.pi * 1000 * np.arange(480) / SAMPLE_RATE_HZ)).astype(np.float32)
KINDS = {
    "film.mp4": ("", "h264", "aac"),
    "film.mov": ("", "h264", "aac"),
    "film.mkv": ("", "h264", "aac"),
    "film.webm": ("", "vp9", "opus"),
    "alpha.mov": ("transparent", "prores", "pcm_s16le"),
}


def picture(number: int, *, is_white: bool = False, late_ns: int = DRAWN_NS) -> Picture:
    rgba = np.full((HEIGHT, WIDTH, 4), 255, np.uint8)
    rgba[..., :3] = 255 * is_white
    beat_ns = BEGIN_NS + number * 10**9 // FPS
    return Picture(rgba, Box(0, 0, WIDTH, HEIGHT), beat_ns, beat_ns + late_ns, number)


def sound(samples: np.ndarray, at_s: float) -> Sound:
    return Sound(samples.astype(np.float32), BEGIN_NS + round(at_s * 1e9))


def opened(path: Path, show, background: str = "", *, has_sound: bool = True) -> Output:
    sink = Output(
        Options(str(path), background=background), show.context(SIZE, has_sound=has_sound)
    )
    sink.open()
    return sink


def flashes_s(path: Path) -> list[float]:
    """Give when white pictures are shown."""
    with av.open(str(path)) as film:
        frames = [(f.time, f.to_ndarray(format="rgb24").mean()) for f in film.decode(video=0)]
    return [time for time, mean in frames if mean > 128]


def heard(path: Path) -> np.ndarray:
    """Give the track, each sample at its place; a place that no sample has is NaN."""
    track = np.full(90 * SAMPLE_RATE_HZ, np.nan, np.float32)
    end = 0
    with av.open(str(path)) as film:
        for frame in film.decode(audio=0):
            samples = frame.to_ndarray().reshape(-1)
            if samples.dtype == np.int16:
                samples = samples / 32768
            at = round(frame.time * SAMPLE_RATE_HZ)
            end = at + len(samples)
            track[at:end] = samples
    return track[:end]


def beeps_s(track: np.ndarray) -> list[float]:
    """Give when beeps begin."""
    loud = np.flatnonzero(np.abs(np.nan_to_num(track)) > 0.25) / SAMPLE_RATE_HZ
    return [float(t) for n, t in enumerate(loud) if n == 0 or t - loud[n - 1] > 0.05]


@pytest.mark.parametrize("name", KINDS)
def test_a_beep_is_heard_with_the_picture_that_it_belongs_to_and_between_them_is_silence(
    tmp_path: Path, show, name: str
) -> None:
    background, video, codec = KINDS[name]
    sink = opened(tmp_path / name, show, background)
    for number in range(90):
        if number in (31, 61):  # what was heard by then comes before the next picture
            sink.hear(sound(BEEP, (number - 1) * PICTURE_S))
        sink.send(picture(number, is_white=number in (30, 60)))
    sink.close()
    with av.open(str(tmp_path / name)) as film:
        assert [s.codec_context.name for s in film.streams] == [video, codec]
        assert film.streams.audio[0].codec_context.sample_rate == SAMPLE_RATE_HZ
        assert film.duration == pytest.approx(3_000_000, abs=25_000)
    flashes, beeps = flashes_s(tmp_path / name), beeps_s(track := heard(tmp_path / name))
    assert flashes == pytest.approx([1.0, 2.0], abs=1e-3)
    assert beeps == pytest.approx(flashes, abs=PICTURE_S)
    assert len(track) / SAMPLE_RATE_HZ == pytest.approx(3.0, abs=0.025)
    quiet = np.nan_to_num(track[: SAMPLE_RATE_HZ * 9 // 10])
    assert np.abs(quiet).max() < 1e-3


def test_blocks_that_come_uneven_late_or_twice_never_drift(tmp_path: Path, show) -> None:
    """A minute of blocks of 20 ms, with a beep each second: a hole, an overlap, one too late."""
    path, block = tmp_path / "film.mkv", SAMPLE_RATE_HZ // 50
    spoken = np.zeros(60 * SAMPLE_RATE_HZ, np.float32)
    for second in range(60):
        spoken[second * SAMPLE_RATE_HZ :][: len(BEEP)] = BEEP
    sink = opened(path, show)
    rng = np.random.default_rng(0)
    blocks = iter(range(60 * 50))
    for number in range(60 * FPS):
        sink.send(picture(number))
        for each in blocks:
            begin = each * block
            if each % 50 != 25:  # a hole now and then
                longer = int(rng.integers(0, 200))  # and a part that comes again
                sink.hear(sound(spoken[begin : begin + block + longer], begin / SAMPLE_RATE_HZ))
            if (each + 1) * 0.02 >= (number + 1) * PICTURE_S:
                break
    sink.hear(sound(BEEP, 3.5))  # for this there is no place any more
    sink.close()
    beeps = beeps_s(heard(path))
    # by as much as a picture is drawn after its beat, all are early alike
    assert beeps == pytest.approx(
        [max(0.0, second - DRAWN_NS / 1e9) for second in range(60)], abs=2e-3
    )


def test_a_first_picture_that_takes_long_to_draw_puts_off_no_sound(tmp_path: Path, show) -> None:
    sink = opened(tmp_path / "film.mkv", show)
    for number in range(60):
        if number == 31:
            sink.hear(sound(BEEP, 1.0))
        sink.send(picture(number, late_ns=300_000_000 if number == 0 else DRAWN_NS))
    sink.close()
    assert beeps_s(heard(tmp_path / "film.mkv")) == pytest.approx([1.0], abs=PICTURE_S)


def test_pictures_that_are_repeated_put_off_no_sound(tmp_path: Path, show) -> None:
    sink, held = opened(tmp_path / "film.mkv", show), picture(9)
    for number in range(60):
        if number == 31:
            sink.hear(sound(BEEP, 1.0))
        sink.send(held if 9 <= number < 40 else picture(number))
    sink.close()
    assert beeps_s(heard(tmp_path / "film.mkv")) == pytest.approx([1.0], abs=PICTURE_S)


def test_a_show_without_sound_makes_a_film_without_a_track(tmp_path: Path, show) -> None:
    sink = opened(tmp_path / "film.mp4", show, has_sound=False)
    sink.send(picture(0))
    sink.hear(sound(BEEP, 0.0))
    sink.close()
    with av.open(str(tmp_path / "film.mp4")) as film:
        assert [stream.type for stream in film.streams] == ["video"]


@pytest.mark.parametrize("name", KINDS)
def test_a_show_that_says_nothing_makes_a_silent_track_of_the_films_length(
    tmp_path: Path, show, name: str
) -> None:
    sink = opened(tmp_path / name, show, KINDS[name][0])
    for number in range(45):
        sink.send(picture(number))
    sink.close()
    track = heard(tmp_path / name)
    assert len(track) / SAMPLE_RATE_HZ == pytest.approx(1.5, abs=0.025)
    assert np.abs(np.nan_to_num(track)).max() < 1e-3


def test_a_folder_of_pictures_says_that_it_has_no_sound(tmp_path: Path, show) -> None:
    sink = opened(tmp_path / "film.png", show)
    sink.send(picture(0))
    sink.hear(sound(BEEP, 0.0))
    sink.close()
    assert any("without the sound" in line for line in show.announced)
    assert [p.name for p in (tmp_path / "film").iterdir()] == ["000001.png"]


def test_a_film_that_goes_on_in_another_file_goes_on_in_time(tmp_path, show, monkeypatch) -> None:
    path, free = tmp_path / "film.mkv", record.LEAST_FREE_BYTES
    sink = opened(path, show)
    for number in range(30):
        sink.send(picture(number))
    monkeypatch.setattr(record, "LEAST_FREE_BYTES", 2**62)
    with pytest.raises(DeviceLost):
        sink.send(picture(30))
    sink.close()
    monkeypatch.setattr(record, "LEAST_FREE_BYTES", free)
    sink.open()
    sink.hear(sound(BEEP, 1.9))  # before the first picture of this file: it is in none
    for number in range(60, 120):
        if number == 91:
            sink.hear(sound(BEEP, 3.0))
        sink.send(picture(number, is_white=number == 90))
    sink.close()
    second = tmp_path / "film-2.mkv"
    assert flashes_s(second) == pytest.approx([1.0], abs=1e-3)
    assert beeps_s(heard(second)) == pytest.approx([1.0], abs=PICTURE_S)


EIGHT_SECONDS = """
import sys
from pathlib import Path
from tests.output.test_record_sound import BEEP, PICTURE_S, opened, picture, sound
class Show:
    def context(self, size_px, **more):
        from vtuber.core.ports import SinkContext
        from vtuber.runtime.clock import SystemClock
        return SinkContext(size_px, 30, SystemClock(), print, **more)
sink = opened(Path(sys.argv[1]), Show())
for number in range(240):
    if number in (16, 46):
        sink.hear(sound(BEEP, (number - 1) * PICTURE_S))
    sink.send(picture(number, is_white=number % 30 == 15))
print("eight seconds", flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills by SIGKILL")
@pytest.mark.parametrize("suffix", [".mp4", ".mkv", ".webm"])
def test_a_process_killed_midway_leaves_a_film_that_plays_with_its_sound(
    tmp_path: Path, suffix: str
) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", EIGHT_SECONDS, str(tmp_path / f"film{suffix}")],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    try:
        assert process.stdout is not None
        while (line := process.stdout.readline().strip()) != "eight seconds":
            assert line, "it ended"
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
    part = tmp_path / f"film.part{suffix}"
    flashes, beeps = flashes_s(part), beeps_s(heard(part))
    assert len(flashes) >= 6  # of eight: also what came after the last sound
    assert beeps == pytest.approx(flashes[:2], abs=PICTURE_S)
