"""A fault of the program leaves a report; a mistake of the user's does not."""

from collections.abc import Callable
from pathlib import Path

import pytest

from vtuber.core.errors import UserError
from vtuber.runtime.meter import Meter
from vtuber.settings import Settings
from vtuber.shows.live.crash import Evidence, meters, reported


def crashed(folder: Path, do: Callable[[], object], say: Callable[[str], None]) -> str:
    """Let it happen in a show; give the report, or "" when there is none."""
    settings = Settings.model_validate(
        {"camera": {"device": "rtsp://me:hunter2@10.0.0.4/"}, "fps": 30}
    )
    meter = Meter()
    meter.add("draw", 7_000_000)
    with (
        pytest.raises((ZeroDivisionError, UserError, KeyboardInterrupt, OSError)),
        reported(folder, lambda: Evidence(settings, "llvmpipe", meter), say),
    ):
        do()
    return "".join(path.read_text() for path in folder.glob("crash-*.txt"))


def test_the_report_holds_all_that_an_issue_needs_and_no_secret(tmp_path: Path) -> None:
    said: list[str] = []
    text = crashed(tmp_path / "logs", lambda: 1 // 0, said.append)
    for words in (
        "python 3", "numpy", "renderer llvmpipe", "ZeroDivisionError", "in crashed\n    do()",
        "rtsp://***@10.0.0.4/", '"fps": 30', "-1 s  draw", "7.00",
    ):  # fmt: skip
        assert words in text, words
    assert "hunter2" not in text
    assert len(said) == 1
    assert "attach it to an issue" in said[0]


def test_mistakes_of_the_user_and_ctrl_c_and_lost_files_are_no_faults(tmp_path: Path) -> None:
    def raising(error: BaseException) -> Callable[[], object]:
        def do() -> None:
            raise error

        return do

    said: list[str] = []
    for error in (UserError("no"), KeyboardInterrupt(), FileNotFoundError(2, "no file", "x")):
        assert crashed(tmp_path, raising(error), said.append) == ""
    assert said == []


def test_a_folder_that_cannot_be_written_is_said_and_the_fault_goes_on(tmp_path: Path) -> None:
    said: list[str] = []
    (tmp_path / "file").touch()
    assert crashed(tmp_path / "file", lambda: 1 // 0, said.append) == ""
    assert said[0].startswith("no crash report")


def test_only_the_last_five_seconds_of_the_meters_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    now_ns = 0
    monkeypatch.setattr("time.perf_counter_ns", lambda: now_ns)
    meter = Meter()
    for second in range(10):
        now_ns = second * 1_000_000_000
        meter.add("draw", second * 1_000_000)
    lines = meters(meter).splitlines()[1:]
    assert [line.split()[-1] for line in lines] == ["5.00", "6.00", "7.00", "8.00", "9.00"]
