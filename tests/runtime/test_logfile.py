"""The log file of a show."""

import gc
import logging
from pathlib import Path

import pytest

from vtuber.runtime import logfile
from vtuber.runtime.logfile import logged_to

FULL = Path("/dev/full")  # a disk without room, on Linux


@pytest.fixture(autouse=True)
def _no_garbage_of_other_tests() -> None:
    """Let go now of what would speak in the log when it goes: tasks of web servers that ended."""
    gc.collect()


def test_what_was_said_and_what_failed_stand_in_it_with_their_times(tmp_path: Path) -> None:
    path = tmp_path / "logs" / "vtuber.log"
    with logged_to(path) as write:
        write("hello")
        try:
            raise ZeroDivisionError("of all things")
        except ZeroDivisionError as error:
            logging.getLogger("vtuber.shows.watch").info("it failed", exc_info=error)
    first, second, *rest = path.read_text().splitlines()
    assert first[:2] == "20"
    assert first.endswith("INFO vtuber.said: hello")
    assert second.endswith("INFO vtuber.shows.watch: it failed")
    assert rest[-1] == "ZeroDivisionError: of all things"


def test_secrets_are_not_in_it(tmp_path: Path) -> None:
    with logged_to(tmp_path / "a.log") as write:
        write("camera rtsp://me:hunter2@10.0.0.4/?token=4711 at %s")
    text = (tmp_path / "a.log").read_text()
    assert "hunter2" not in text
    assert "4711" not in text
    assert "10.0.0.4" in text


def test_it_rotates_and_three_files_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logfile, "BYTES", 1000)
    with logged_to(tmp_path / "a.log") as write:
        for number in range(100):
            write(f"sentence {number}")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.log", "a.log.1", "a.log.2"]
    assert all(p.stat().st_size <= 1000 for p in tmp_path.iterdir())
    assert "sentence 99" in (tmp_path / "a.log").read_text()


def test_terminals_show_what_they_did_before(tmp_path: Path) -> None:
    seen: list[str] = []

    class Shown(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            seen.append(record.getMessage())

    root, shown = logging.getLogger(), Shown()
    root.addHandler(shown)
    try:
        with logged_to(tmp_path / "a.log") as write:
            write("said")
            logging.getLogger("vtuber.x").info("information")
            logging.getLogger("vtuber.x").warning("warning")
        logging.getLogger("vtuber.x").info("afterwards")
    finally:
        root.removeHandler(shown)
    assert seen == ["warning"]
    assert shown.level == logging.NOTSET


def test_a_file_that_cannot_be_written_is_an_error_and_leaves_nothing_behind(
    tmp_path: Path,
) -> None:
    before = logging.getLogger().handlers[:]
    with pytest.raises(OSError), logged_to(tmp_path):  # noqa: PT011
        pass
    assert logging.getLogger().handlers == before


@pytest.mark.skipif(not FULL.exists(), reason="no /dev/full here")
def test_a_disk_that_is_full_is_no_error_of_the_show() -> None:
    with logged_to(FULL) as write:
        write("hello")
