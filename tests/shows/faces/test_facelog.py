"""Recordings of faces are whole or not there, and a full disk ends them alone."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from vtuber.core.errors import UserError
from vtuber.core.face import Face
from vtuber.core.pose import PoseInput
from vtuber.shows.faces.facelog import FaceLog
from vtuber.shows.files import part_of, whole_text, write_whole
from vtuber.track.facelog import read_faces

Write = Callable[[Path, bytes], None]
FACE = Face(0, 0, True, PoseInput.of({"jawOpen": 0.5}))


def write_text(path: Path, data: bytes) -> None:
    with whole_text(path) as file:
        file.write(data.decode())


def test_the_name_appears_at_the_end_and_the_old_recording_stays_until_then(tmp_path: Path) -> None:
    path = tmp_path / "faces.jsonl"
    path.write_text("old")
    log = FaceLog(path, pytest.fail)
    log.open()
    log.write(FACE)
    assert path.read_text() == "old"
    log.close()
    log.write(FACE)  # after the end: nothing
    assert len(list(read_faces(path))) == 1
    assert not part_of(path).exists()


def test_a_show_without_a_frame_leaves_the_old_recording_alone(tmp_path: Path) -> None:
    path = tmp_path / "faces.jsonl"
    path.write_text("old")
    log = FaceLog(path, pytest.fail)
    log.open()
    log.close()
    log.close()
    assert path.read_text() == "old"
    assert not part_of(path).exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is full")
def test_a_full_disk_is_said_once_and_raises_nothing(tmp_path: Path) -> None:
    said: list[str] = []
    path = tmp_path / "faces.jsonl"
    part_of(path).symlink_to("/dev/full")
    log = FaceLog(path, said.append)
    log.open()
    for _ in range(50):
        log.write(FACE)
    log.close()
    assert len(said) == 1
    assert "No space left" in said[0]
    assert not path.exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is full")
def test_a_text_on_a_full_disk_is_the_users_error_and_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "faces.jsonl"
    part_of(path).symlink_to("/dev/full")
    with pytest.raises(UserError, match="No space left"), whole_text(path) as file:
        file.write("x" * 100_000)
    assert list(tmp_path.iterdir()) == []


def test_a_text_that_was_not_finished_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), whole_text(tmp_path / "a") as file:
        file.write(f"half {1 / 0}")
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_written_is_the_users_error(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="folder"), whole_text(tmp_path):
        pass
    with pytest.raises(UserError, match="cannot write"), whole_text(tmp_path / "no" / "a"):
        pass
    with pytest.raises(UserError, match="cannot write"):
        write_whole(tmp_path / "no" / "a.png", b"")


@pytest.mark.parametrize("write", [write_whole, write_text])
def test_no_file_takes_the_place_of_a_device(write: Write, tmp_path: Path) -> None:
    """As root, `-o /dev/null` made a plain file of it, for the whole machine."""
    device = tmp_path / "device"
    os.mkfifo(device)
    with pytest.raises(UserError, match=r"device: it is a device or a pipe; name a file"):
        write(device, b"data")
    assert device.is_fifo()
    assert list(tmp_path.iterdir()) == [device]


@pytest.mark.parametrize("write", [write_whole, write_text])
def test_a_link_stays_one_and_the_file_that_it_means_is_written(
    write: Write, tmp_path: Path
) -> None:
    link, file = tmp_path / "link", tmp_path / "file"
    link.symlink_to(file)
    write(link, b"data")
    assert link.is_symlink()
    assert file.read_bytes() == b"data"
    assert {*tmp_path.iterdir()} == {link, file}


@pytest.mark.parametrize("name", [".", "/"])
def test_a_recording_that_cannot_begin_can_be_closed(name: str) -> None:
    log = FaceLog(Path(name), pytest.fail)
    with pytest.raises(UserError, match="name a file"):
        log.open()
    log.close()
