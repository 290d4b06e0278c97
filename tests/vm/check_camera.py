"""Real capture: what is listed, asked, given and stamped; a pulled cable; a shut door."""

import os

import cv2
import numpy as np
import pytest

from tests.vm.devices import FED, FED_TOO, PLAIN, VIVID, as_nobody, fed, opened, unplug
from vtuber.capture.camera import Camera, Capture, Options, cameras
from vtuber.core.errors import DeviceLost, UserError
from vtuber.core.ports import SinkContext
from vtuber.output import virtualcam
from vtuber.runtime.clock import SystemClock


def camera(device: str, **options) -> Capture:
    return Capture(Options(device, **options), SystemClock())


def read_on(source: Capture) -> None:
    for _ in range(10):
        source.read()


def test_real_cameras_are_listed_first_and_idle_virtual_ones_not_at_all(faces):
    vivid = Camera(0, "vivid-000-vid-cap")
    assert cameras() == (vivid,)
    with fed(FED, "MJPG", 30, faces[:1]):
        assert cameras() == (vivid, Camera(20, "webcam", is_virtual=True))
    # Before 0.13 a sender that wrote and left is not noticed, but the device is no camera either.
    assert cameras() == (vivid,)


def test_one_that_calls_itself_a_camera_always_is_listed_while_it_is_fed(faces):
    assert 22 not in [camera.index for camera in cameras()]
    context = SinkContext((320, 240), 30.0, SystemClock(), print)
    sink = virtualcam.Output(virtualcam.Options(device=PLAIN), context)
    sink.open()
    try:
        assert 22 in [camera.index for camera in cameras()]
    finally:
        sink.close()


@pytest.mark.parametrize("fourcc", ["MJPG", "YUYV"])
def test_a_webcam_gives_its_pictures_in_order_with_the_drivers_stamps(fourcc, faces, results):
    source = camera("20", fourcc=fourcc)
    with fed(FED, fourcc, 30, faces):
        source.open()
        waits_ms, stamps_ns, differences = [], [], []
        shown = np.array([cv2.imread(str(p))[::8, ::8, ::-1] for p in faces[: len(faces) // 2]])
        for sequence in range(60):
            frame = source.read()
            assert frame.sequence == sequence
            waits_ms.append((SystemClock().now_ns() - frame.captured_ns) / 1e6)
            stamps_ns.append(frame.captured_ns)
            seen = frame.rgb[::8, ::8].astype(int)
            differences.append(np.abs(shown - seen).mean(axis=(1, 2, 3)).min())
        source.close()
    assert source.stamps == "driver"
    assert source.given.startswith(f"640x480 {fourcc}")
    assert frame.rgb.shape == (480, 640, 3)
    # every picture is one of those shown: JPEG and half the colour cost about 1
    assert max(differences[1:]) < 3
    steps_ms = np.diff(stamps_ns) / 1e6
    assert (steps_ms > 0).all()
    print(
        f"{fourcc}: {source.given}; {1000 / steps_ms.mean():.1f} fps; from the driver's stamp to "
        f"RGB {np.median(waits_ms):.1f} ms (p95 {np.percentile(waits_ms, 95):.1f})"
    )
    assert 25 < 1000 / steps_ms.mean() < 32
    assert 0 < np.median(waits_ms) < 40


@pytest.mark.parametrize("size", [(640, 360), (320, 180)])
def test_size_and_rate_are_asked_for_and_what_is_given_is_told(size):
    source = camera("0", width=size[0], height=size[1], fourcc="YUYV", fps=30)
    source.open()
    frame = source.read()
    source.close()
    assert frame.rgb.shape == (size[1], size[0], 3)
    assert source.given.startswith(f"{size[0]}x{size[1]} YUYV at ")
    bars = frame.rgb[-4, 4::8].reshape(-1, 3).astype(int)
    for colour in ([191, 191, 191], [191, 191, 0], [0, 191, 191], [191, 0, 0], [0, 0, 191]):
        assert np.abs(bars - colour).max(axis=1).min() <= 12, colour


def test_a_camera_without_mjpg_gives_yuyv():
    source = camera("0", fourcc="MJPG")
    source.open()
    frame = source.read()
    source.close()
    assert frame.rgb.shape == (480, 640, 3)
    assert source.given.startswith("640x480 YUYV")


def test_stamps_of_the_future_are_not_believed():
    """vivid stamps a picture with the end of its interval, 40 ms ahead."""
    source = camera("0", fourcc="YUYV", width=320, height=180)
    source.open()
    stamps_ns = [source.read().captured_ns for _ in range(10)]
    source.close()
    assert source.stamps == "hand-over"
    assert stamps_ns[-1] <= SystemClock().now_ns()
    assert (np.diff(stamps_ns) >= 0).all()


def test_a_pulled_cable_is_a_lost_device_and_after_plugging_in_it_works():
    source = camera("0", fourcc="YUYV")
    source.open()
    source.read()
    with opened(VIVID) as node:
        unplug(node)
        with pytest.raises(DeviceLost, match="unplugged"):
            read_on(source)
        source.close()
        with pytest.raises(UserError, match=r"camera 0"):
            source.open()
    source.open()
    assert source.read().sequence == 0
    source.close()


def test_a_camera_that_comes_back_under_another_number_is_found_by_its_name(faces):
    source = camera("20")
    with fed(FED, "MJPG", 30, faces[:1]):
        source.open()
        source.read()
    source.close()
    with pytest.raises(UserError, match="no camera 20"):
        source.open()
    with fed(FED_TOO, "MJPG", 30, faces[:1]):
        source.open()
        assert source.read().rgb.shape == (480, 640, 3)
        source.close()


def test_a_camera_in_use_is_named_with_what_to_do():
    first, second = camera("0", fourcc="YUYV"), camera("0", fourcc="YUYV")
    first.open()
    first.read()
    with pytest.raises(UserError, match=r"cannot open camera 0 \(vivid.*close other programs"):
        second.open()
    first.close()
    second.open()
    second.close()


def test_a_camera_that_is_not_there_is_answered_with_those_that_are():
    with pytest.raises(UserError, match=r"no camera 7; there is: 0 \(vivid-000-vid-cap\)"):
        camera("7").open()


def test_a_camera_that_the_user_may_not_read_says_which_group_to_join():
    os.chmod(VIVID, 0o660)
    done = as_nobody(
        "from tests.vm.check_camera import *",
        "try: camera('0').open()\nexcept UserError as error: print(error)",
    )
    assert "cannot open camera 0 (vivid-000-vid-cap) [no permission: sudo usermod" in done.stdout
    assert done.stderr == ""


def test_frames_that_stop_are_a_lost_device_within_seconds(faces):
    """A webcam that hangs gives no error, only nothing."""
    source = camera("20")
    with fed(FED, "MJPG", 30, faces[:2]) as feeder:
        source.open()
        source.read()
        feeder.kill()
        feeder.wait()
        start_ns = SystemClock().now_ns()
        with pytest.raises(DeviceLost):
            read_on(source)
    source.close()
    waited_s = (SystemClock().now_ns() - start_ns) / 1e9
    print(f"noticed after {waited_s:.1f} s")
    assert waited_s < 7
