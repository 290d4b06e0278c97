import contextlib
import gc
import os
import struct
import sys
import weakref
from fractions import Fraction

import av
import numpy as np
import pytest

from vtuber.capture.card import draw_card
from vtuber.capture.video import LATE_NS, Capture, Options
from vtuber.core.errors import SourceEnded, UserError
from vtuber.runtime.clock import ManualClock


@pytest.fixture
def card_clip(tmp_path):
    """Give a clip of 12 pictures of the card at 20 fps, 192x144."""
    path = tmp_path / "card.mp4"
    with av.open(str(path), "w") as file:
        stream = file.add_stream("libx264", rate=20, options={"crf": "12"})
        stream.width, stream.height, stream.pix_fmt = 192, 144, "yuv420p"
        for n in range(12):
            picture = av.VideoFrame.from_ndarray(draw_card(192, 144, n * 7), "rgb24")
            picture.pts, picture.time_base = n, Fraction(1, 20)
            file.mux(stream.encode(picture))
        file.mux(stream.encode())
    return path


def _all(source):
    frames = []
    with contextlib.suppress(SourceEnded):
        while len(frames) < 1000:
            frames.append(source.read())
    return frames


def _opened(clock, path, **options):
    source = Capture(Options(str(path), **options), clock)
    source.open()
    return source


def test_a_clip_read_at_any_pace_carries_its_own_times(card_clip):
    clock = ManualClock(1_000)
    frames = _all(_opened(clock, card_clip, paced=False))
    assert [frame.sequence for frame in frames] == list(range(12))
    assert [frame.captured_ns - 1_000 for frame in frames] == [n * 50_000_000 for n in range(12)]
    assert clock.now_ns() == 1_000


def test_pictures_come_as_rgb_top_row_first(card_clip):
    frame = _opened(ManualClock(), card_clip).read()
    assert frame.rgb.flags.c_contiguous
    assert np.abs(frame.rgb.astype(int) - draw_card(192, 144, 0)).mean() < 6


def test_a_paced_clip_waits_for_each_picture(card_clip):
    clock = ManualClock(9)
    source = _opened(clock, card_clip)
    for n in range(12):
        assert source.read().captured_ns == clock.now_ns() == 9 + n * 50_000_000


def test_a_paced_clip_that_fell_behind_goes_on_without_a_rush(card_clip):
    clock = ManualClock()
    source = _opened(clock, card_clip)
    source.read()
    clock.advance(10.0)
    late, next_one = source.read(), source.read()
    assert late.captured_ns >= 10_000_000_000 - LATE_NS
    assert next_one.captured_ns - late.captured_ns == 50_000_000


def test_a_loop_counts_on_and_its_times_never_jump(card_clip):
    source = _opened(ManualClock(), card_clip, loop=True)
    frames = [source.read() for _ in range(30)]
    assert [frame.sequence for frame in frames] == list(range(30))
    assert set(np.diff([frame.captured_ns for frame in frames])) == {50_000_000}


def test_a_clip_of_a_turned_phone_is_set_upright(card_clip):
    content = card_clip.read_bytes()
    at = content.index(b"tkhd") + 44  # the track's matrix: 16.16 numbers, its last column 2.30
    quarter_clockwise = struct.pack(">9i", 0, 1 << 16, 0, -1 << 16, 0, 0, 144 << 16, 0, 1 << 30)
    card_clip.write_bytes(content[:at] + quarter_clockwise + content[at + 36 :])
    rgb = _opened(ManualClock(), card_clip).read().rgb
    assert rgb.shape == (192, 144, 3)
    assert rgb.flags.c_contiguous
    assert np.abs(rgb.astype(int) - np.rot90(draw_card(192, 144, 0), -1)).mean() < 6


@pytest.mark.parametrize("content", [None, b"", b"no clip" * 100])
def test_what_is_no_video_is_the_users_error(tmp_path, content):
    path = tmp_path / "x.mp4"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UserError, match=r"x\.mp4"):
        Capture(Options(str(path)), ManualClock()).open()


def test_what_nothing_decodes_is_the_users_error(tmp_path):
    drawing = tmp_path / "x.svg"
    drawing.write_text("<svg/>")
    with pytest.raises(UserError, match="cannot decode"):
        Capture(Options(str(drawing)), ManualClock()).open()


def test_a_sound_file_is_the_users_error(data):
    with pytest.raises(UserError, match="holds no video"):
        Capture(Options(str(data / "speech/jfk.wav")), ManualClock()).open()


def test_a_clip_cut_off_ends_like_any_other(card_clip):
    content = card_clip.with_suffix(".264")
    with av.open(str(card_clip)) as file, av.open(str(content), "w", format="h264") as raw:
        stream = raw.add_stream_from_template(file.streams.video[0])
        for packet in file.demux(video=0):
            if packet.dts is not None:
                packet.stream = stream
                raw.mux(packet)
    whole = content.read_bytes()
    content.write_bytes(whole[: len(whole) * 2 // 3])
    assert 1 <= len(_all(_opened(ManualClock(), content))) <= 12


@pytest.mark.parametrize(
    ("name", "count", "step_ms"),
    [("head-pose-face-detection-female.gif", 23, 1000 / 12), ("Zhling_1280x720.264", 19, 40)],
)
def test_gifs_and_raw_streams_play_too(data, name, count, step_ms):
    frames = _all(_opened(ManualClock(), data / "video" / name))
    assert len(frames) == count
    steps_ms = np.diff([frame.captured_ns for frame in frames]) / 1e6
    assert np.median(steps_ms) == pytest.approx(step_ms, rel=0.1)
    assert steps_ms.min() > 0


@pytest.mark.skipif(sys.platform != "linux", reason="counts threads in /proc")
def test_a_clip_that_is_closed_leaves_no_thread_and_no_picture_behind(card_clip):
    def threads() -> int:
        return len(os.listdir("/proc/self/task"))

    _opened(ManualClock(), card_clip).read()  # what its libraries keep
    before = threads()
    clip = _opened(ManualClock(), card_clip)
    clip.read()
    assert threads() <= before
    known = weakref.ref(clip)
    gc.disable()
    try:
        clip.close()
        del clip
        assert known() is None
    finally:
        gc.enable()
