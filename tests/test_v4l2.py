"""What asks Linux's video devices, as far as it goes without one. Real ones: tests/vm."""

import os
import sys
from pathlib import Path

import pytest

from vtuber import v4l2

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="V4L2 is Linux's")


def test_what_is_not_there_or_no_video_device_is_none(tmp_path: Path) -> None:
    (tmp_path / "video0").write_bytes(b"")
    assert v4l2.ask(tmp_path / "video0") is None
    assert v4l2.ask(tmp_path / "video1") is None
    assert v4l2.ask("/dev/null") is None


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() == 0, reason="root may open all")
def test_a_device_that_this_user_may_not_open_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "video0").touch(0o000)
    with pytest.raises(PermissionError):
        v4l2.ask(tmp_path / "video0")


def test_the_reply_is_as_long_as_the_number_of_the_question_says() -> None:
    """The kernel's request numbers hold the size of what they fill: bits 16 to 29."""
    assert v4l2._REPLY.size == v4l2._QUERYCAP >> 16 & 0x3FFF


def test_only_one_file_asks() -> None:
    package = Path(v4l2.__file__).parent
    asking = [p.name for p in package.rglob("*.py") if "0x80685600" in p.read_text("utf-8")]
    assert asking == ["v4l2.py"]
