"""What can be known without a device: messages, finding one, settings. The rest: tests/vm."""

import sys
from pathlib import Path

import pytest

from vtuber.core.errors import UserError
from vtuber.output import virtualcam
from vtuber.output.virtualcam import Options, Output

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="v4l2loopback is Linux's")


def device(folder: Path, name: str, *, is_loopback: bool) -> None:
    (folder / name).mkdir(parents=True)
    (folder / name / "name").write_text("vtuber\n")
    if is_loopback:
        (folder / name / "max_openers").write_text("10\n")


@linux
def test_loopback_devices_are_listed_by_number_and_webcams_are_not(tmp_path: Path) -> None:
    device(tmp_path, "video0", is_loopback=False)
    device(tmp_path, "video11", is_loopback=True)
    device(tmp_path, "video9", is_loopback=True)
    assert virtualcam.loopbacks(tmp_path) == ("/dev/video9", "/dev/video11")


def test_a_machine_without_devices_has_none(tmp_path: Path) -> None:
    assert virtualcam.loopbacks(tmp_path / "not there") == ()


@linux
@pytest.mark.skipif(virtualcam.available() is not None, reason="there is a virtual camera here")
def test_without_a_device_the_commands_that_make_one_are_told(show) -> None:
    sink = Output(Options(), show.context())
    with pytest.raises(UserError, match="sudo apt install v4l2loopback-dkms") as caught:
        sink.open()
    assert "modprobe v4l2loopback exclusive_caps=1 max_buffers=8" in str(caught.value)
    assert "\n" not in str(caught.value)
    sink.close()


@linux
def test_a_device_that_is_not_there_is_named(show) -> None:
    sink = Output(Options(device="/dev/video987"), show.context())
    with pytest.raises(UserError, match="/dev/video987"):
        sink.open()


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_windows_and_macos_are_sent_to_obs(platform: str) -> None:
    assert "Start Virtual Camera" in virtualcam.advice(platform)


def test_a_wrong_background_is_refused_before_anything_is_opened(show) -> None:
    with pytest.raises(UserError, match="no colour"):
        Output(Options(background="chroma"), show.context())


@linux
def test_nothing_is_released_where_nothing_is(tmp_path: Path) -> None:
    assert virtualcam.release(str(tmp_path / "video0"), was_ours=True) is False
    (tmp_path / "video0").write_bytes(b"")  # not a device
    assert virtualcam.release(str(tmp_path / "video0")) is False
