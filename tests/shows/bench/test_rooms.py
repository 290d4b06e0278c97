"""The rooms' benchmarks: run as programs, their ratios held to a record."""

import json
from pathlib import Path

import pytest

from vtuber.cli.main import run
from vtuber.core.errors import UserError
from vtuber.shows.bench import rooms
from vtuber.shows.bench.rooms import FOLDER, ROOMS, Room, measure, record, recorded, worse

# Stands for a benchmark: prints the number of its first word, and of the second when run again.
PROGRAM = """
import json, pathlib, sys
said, count = sys.argv[2:], pathlib.Path(__file__ + ".count")
runs = int(count.read_text()) if count.exists() else 0
count.write_text(str(runs + 1))
if said[0] == "breaks":
    sys.exit("no such thing")
print("noise")
print(json.dumps({"ours": float(said[min(runs, len(said) - 1)]), "theirs": 2.0}))
"""


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Give a way to have one benchmark that says some numbers, and a record of 0.5."""
    (tmp_path / "one.py").write_text(PROGRAM)
    held = tmp_path / "ratios.json"
    monkeypatch.setattr(rooms, "FOLDER", tmp_path)
    monkeypatch.setattr(rooms, "RECORD", held)
    record({"ours / theirs": 0.5}, held)

    def says(*words: str) -> None:
        room = Room("one.py", "One.", lambda r: {"ours / theirs": r["ours"] / r["theirs"]}, words)
        monkeypatch.setitem(ROOMS, "render", room)

    return says


def test_every_benchmark_of_the_table_is_there() -> None:
    assert all((FOLDER / room.file).is_file() for room in ROOMS.values())


def test_every_ratio_has_a_record() -> None:
    assert len(recorded()) >= len(ROOMS)
    assert all(ratio > 0 for ratio in recorded().values())


def test_a_ratio_is_read_out_of_the_report(bench) -> None:
    bench("1.2")
    said: list[str] = []
    (result,) = measure(("render",), is_quick=True, say=said.append)
    assert result.ratios == {"ours / theirs": 0.6}
    assert result.report["theirs"] == 2.0
    assert said == ["render (1 of 1): One."]


def test_fifteen_per_cent_are_borne_and_more_are_not() -> None:
    assert worse({"a": 1.14, "b": 1.16, "new": 9.0}, {"a": 1.0, "b": 1.0}) == {"b": 1.16}


def test_what_got_worse_is_said_in_a_line_and_ends_with_1(
    bench, capsys: pytest.CaptureFixture[str]
) -> None:
    bench("1.2")
    assert run(["bench", "render", "--check"]) == 1
    assert capsys.readouterr().err == ("ours / theirs: 0.6, 20 % worse than its record of 0.5\n")


def test_what_was_worse_once_is_measured_again(bench) -> None:
    bench("1.2", "1.0")
    assert run(["bench", "render", "--check"]) == 0


def test_a_benchmark_that_breaks_is_named_with_its_last_word(bench) -> None:
    bench("breaks")
    with pytest.raises(UserError, match=r"benchmarks/one\.py failed: no such thing"):
        list(measure(("render",), is_quick=False))


def test_without_a_checkout_it_is_said_what_can_be_measured(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(rooms, "FOLDER", tmp_path / "none")
    with pytest.raises(UserError, match="vtuber bench latency"):
        list(measure(("render",), is_quick=False))


def test_a_record_keeps_what_it_had_and_a_broken_one_is_named(tmp_path: Path) -> None:
    path = tmp_path / "ratios.json"
    record({"a": 1.0}, path)
    record({"b": 2.0}, path)
    assert recorded(path) == json.loads(path.read_text()) == {"a": 1.0, "b": 2.0}
    path.write_text("[1]")
    with pytest.raises(UserError, match="ratios"):
        recorded(path)


def test_the_soak_test_is_run_by_its_name_and_said_where_there_is_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(rooms, "FOLDER", tmp_path / "benchmarks")
    with pytest.raises(UserError, match="checkout"):
        rooms.soak(1.0)
    (tmp_path / "tests").mkdir()
    script = tmp_path / "tests" / "soak.py"
    script.write_text(
        "import json, sys\n"
        "print(json.dumps({'is_well': sys.argv[2] == '2.0', 'table': ' '.join(sys.argv[1:])}))"
    )
    assert run(["bench", "soak", "--minutes", "2", "--video", "c.mp4"]) == 0
    assert capsys.readouterr().out == "--minutes 2.0 --json --video c.mp4\n"
    assert run(["bench", "soak", "--minutes", "3", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["is_well"] is False
    script.write_text("raise SystemExit('no clip')")
    assert run(["bench", "soak"]) == 2
    assert "no clip" in capsys.readouterr().err
