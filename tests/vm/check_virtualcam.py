"""Real virtual cameras: what other programs see, start and stop, watchers, a device that goes."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator

import numpy as np
import pytest

from tests.vm.devices import (
    CAPTURE,
    FED,
    OUTPUT,
    PLAIN,
    VIRTUAL,
    VIVID,
    Viewer,
    as_nobody,
    fed,
    offers,
)
from vtuber.core.errors import DeviceLost, UserError
from vtuber.core.picture import Box, Picture
from vtuber.core.ports import SinkContext
from vtuber.output.virtualcam import Options, Output, available
from vtuber.runtime.clock import SystemClock

FPS, BITS = 20, 8
COLOURS = ((255, 0, 0), (0, 0, 255), (255, 255, 255), (20, 20, 20))


def output(size_px=(640, 360), device=VIRTUAL, said=None) -> Output:
    announce = [].append if said is None else said.append
    return Output(Options(device=device), SinkContext(size_px, FPS, SystemClock(), announce))


def numbered(number: int, size_px=(640, 360)) -> Picture:
    """A picture whose upper rows carry its number in black and white; below: bars, half clear."""
    width, height = size_px
    rgba = np.zeros((height, width, 4), np.uint8)
    top, block, bar = height // 16 * 2, width // BITS, width // len(COLOURS)
    for bit in range(BITS):
        rgba[:top, bit * block : (bit + 1) * block, :3] = 255 * (number >> bit & 1)
    rgba[:top, :, 3] = 255
    for i, colour in enumerate(COLOURS):
        rgba[top : height // 2, i * bar : (i + 1) * bar] = (*colour, 255)
    return Picture(rgba, Box(0, 0, width, height // 2), 0, 0, number)


def number_in(rgb: np.ndarray) -> int:
    block = rgb.shape[1] // BITS
    return sum(int(rgb[8, i * block + block // 2, 1] > 127) << i for i in range(BITS))


def expected(number: int) -> np.ndarray:
    """What a viewer should see: the picture over green."""
    rgba = numbered(number).rgba
    return np.where(rgba[..., 3:] > 0, rgba[..., :3], (0, 255, 0)).astype(int)


def send_until(sink: Output, is_over, size_px=(640, 360), within_s: float = 30.0) -> int:
    """Send numbered pictures at the sink's rate; give how many."""
    clock = SystemClock()
    start_ns, number = clock.now_ns(), 0
    while not is_over() and number < within_s * FPS:
        sink.send(numbered(number % 256, size_px))
        number += 1
        clock.sleep_until(start_ns + round(number / FPS * 1e9))
    assert is_over(), "this took too long"
    return number


@contextlib.contextmanager
def opened(size_px=(640, 360), **more) -> Iterator[Output]:
    sink = output(size_px, **more)
    sink.open()
    try:
        yield sink
    finally:
        sink.close()


def test_it_is_a_camera_from_its_opening_to_its_closing_and_can_be_opened_again():
    said = []
    assert offers(VIRTUAL) == OUTPUT
    for size_px in ((640, 360), (640, 360), (320, 180), (1280, 720)):
        with opened(size_px, said=said) as sink:
            assert offers(VIRTUAL) == CAPTURE  # before any picture of the show
            sink.send(numbered(1, size_px))
        assert offers(VIRTUAL) == OUTPUT
        sink.close()
    assert said == [f"virtual camera {VIRTUAL}"] * 4


def test_another_program_sees_every_picture_in_order_over_green(tmp_path):
    with opened() as sink, Viewer(VIRTUAL, 3.0, tmp_path) as viewer:
        sent = send_until(sink, viewer.has_ended)
        pictures, times_s = viewer.seen()
    numbers = [number_in(p) for p in pictures]
    steps = np.diff(numbers) % 256
    assert len(numbers) > 45
    assert (steps <= 2).all()
    assert (steps == 1).mean() > 0.9
    worst = [int(np.abs(p - expected(n)).max()) for n, p in zip(numbers, pictures, strict=True)]
    rate_hz = (len(times_s) - 1) / np.ptp(times_s)
    print(f"{rate_hz:.1f} of {FPS} pictures a second, {sent} sent; off by {max(worst)} of 255")
    # limited range costs a few levels in a saturated colour; a torn picture costs 255
    assert sum(w <= 6 for w in worst) >= 0.9 * len(worst)


def test_ffmpegs_own_reader_gets_the_same_picture():
    import av

    with opened() as sink:
        sink.send(numbered(77))
        with av.open(VIRTUAL, format="v4l2") as camera:
            frames = camera.decode(video=0)
            sink.send(numbered(77))
            rgb = next(frames).to_ndarray(format="rgb24")
    assert rgb.shape == (360, 640, 3)
    assert number_in(rgb) == 77
    assert np.abs(rgb - expected(77)).max() <= 6


def test_the_show_may_start_again_while_somebody_watches(tmp_path):
    with opened() as first, Viewer(VIRTUAL, 4.0, tmp_path) as viewer:
        send_until(first, viewer.sees)
        first.close()
        with opened() as again:
            send_until(again, viewer.has_ended)
        pictures, _ = viewer.seen()
    assert len({number_in(p) for p in pictures[-40:]}) > 30
    assert offers(VIRTUAL) == OUTPUT


def test_another_size_is_refused_in_words_while_somebody_watches(tmp_path):
    with opened() as first, Viewer(VIRTUAL, 30.0, tmp_path) as viewer:
        send_until(first, viewer.sees)
        first.close()
        with pytest.raises(UserError, match=r"stays 640x360 YU12 as long as .* --size 640x360"):
            output((320, 180)).open()
    with opened((320, 180)):  # the viewer has gone
        pass


def test_a_viewer_that_goes_away_does_not_disturb_the_show(tmp_path):
    with opened() as sink:
        with Viewer(VIRTUAL, 60.0, tmp_path) as viewer:
            send_until(sink, viewer.sees)
            viewer.process.kill()
            send_until(sink, viewer.has_ended)
        with Viewer(VIRTUAL, 0.5, tmp_path) as viewer:
            send_until(sink, viewer.has_ended)
            assert len(viewer.seen()[0]) > 5


def test_a_sender_that_was_killed_leaves_a_usable_camera():
    code = (
        "import os, signal; from tests.vm.check_virtualcam import output\n"
        "sink = output(); sink.open(); os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", code])
    assert done.returncode == -9
    with opened() as sink:
        sink.send(numbered(1))


def test_a_device_that_goes_is_lost_and_one_that_comes_back_is_used_again():
    with opened() as sink:
        os.rename(VIRTUAL, VIRTUAL + ".away")
        try:
            with pytest.raises(DeviceLost, match=f"{VIRTUAL} has gone"):
                sink.send(numbered(1))
            sink.close()
            with pytest.raises(UserError, match="no virtual camera"):
                sink.open()
        finally:
            os.rename(VIRTUAL + ".away", VIRTUAL)
        sink.open()
        sink.send(numbered(2))
    assert offers(VIRTUAL) == OUTPUT


def test_a_device_that_was_made_anew_under_its_name_is_noticed_and_opened_again():
    """As after `rmmod` and `modprobe`: the old one takes no more pictures."""
    with opened() as sink:
        sink.send(numbered(1))
        numbers = os.stat(VIRTUAL)
        os.rename(VIRTUAL, VIRTUAL + ".old")
        try:
            os.mknod(VIRTUAL, numbers.st_mode, numbers.st_rdev)
            with pytest.raises(DeviceLost, match=f"{VIRTUAL} has gone"):
                sink.send(numbered(2))
            sink.close()
            sink.open()
            sink.send(numbered(3))
        finally:
            os.replace(VIRTUAL + ".old", VIRTUAL)


def test_several_programs_see_the_same_show_at_once(tmp_path):
    folders = [tmp_path / name for name in ("one", "two", "three")]
    for folder in folders:
        folder.mkdir()
    with contextlib.ExitStack() as open_:
        sink = open_.enter_context(opened((320, 180)))
        viewers = [open_.enter_context(Viewer(VIRTUAL, 2.0, folder)) for folder in folders]
        send_until(sink, lambda: all(viewer.has_ended() for viewer in viewers), (320, 180))
        for viewer in viewers:
            pictures, _ = viewer.seen()
            numbers = [number_in(p) for p in pictures]
            assert len(numbers) > 20
            assert (np.diff(numbers) % 256 <= 4).all()  # in order; three share one core


def test_the_first_that_nobody_sends_to_is_chosen(faces):
    assert available() == FED
    with fed(FED, "MJPG", 30, faces[:1]):
        assert available() == VIRTUAL
        said = []
        with opened(device="", said=said):
            assert said == [f"virtual camera {VIRTUAL}"]
            assert available() == PLAIN
    assert available() == FED


def test_a_device_that_others_send_to_says_so(faces):
    with fed(FED, "MJPG", 30, faces[:1]), pytest.raises(UserError) as caught:
        output(device=FED).open()
    assert f"another program sends to {FED}" in str(caught.value)


def test_a_webcam_is_no_virtual_camera():
    with pytest.raises(UserError, match=f"{VIVID} .*that device is no virtual camera; run: sudo"):
        output(device=VIVID).open()


def test_a_device_that_the_user_may_not_write_says_which_group_to_join():
    os.chmod(VIRTUAL, 0o660)
    done = as_nobody(
        "from tests.vm.check_virtualcam import *",
        "try: output().open()\nexcept UserError as error: print(error)\nprint(available())",
    )
    assert "you may not use /dev/video21: sudo usermod -aG video" in done.stdout
    assert "None" in done.stdout
