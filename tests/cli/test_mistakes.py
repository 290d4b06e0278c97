"""The user's mistakes: exit code 2, one sentence that names the thing, no traceback, no file."""

import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from vtuber.cli.main import run

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(autouse=True)
def _empty_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.chdir(tmp_path)


def refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """Run in this process and give the one sentence."""
    try:
        code = run(words)
    except SystemExit as error:  # argparse
        code = error.code  # type: ignore[assignment]
    said = capsys.readouterr()
    assert code == 2, said
    assert said.out == ""
    assert said.err.count("\n") == 1, said.err
    return said.err


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["run", "--fps", "0"], "fps is '0'"),
        (["run", "--fps", "nan"], "fps is 'nan'"),
        (["run", "--fps", "241"], "1 to 240"),
        (["run", "--size", "12", "--fps", "x"], "flag --size is '12'"),
        (["run", "--size", "63x64"], "64 to 4096"),
        (["run", "--size", "5000x5000"], "64 to 4096"),
        (["run", "--seconds", "-1"], "--seconds"),
        (["run", "--seconds", "inf"], "--seconds"),
        (["run", "--output", "nul"], "did you mean null?"),
        (["run", "--output", "web:prot=1"], "did you mean port?"),
        (["run", "--output", "null:fps=0"], "fps=0"),
        (["run", "--output", "null:fps=x"], "fps=x"),
        (["run", "--output", "nul", "--output", "web:prot=1"], "did you mean null?; output web"),
        (["run", "--output", "record"], "no file"),
        (["run", "--video", "a" * 300], "is not there"),
        (["still", "--avatar", "a" * 300, "-o", "x.png"], "no avatar called"),
        (["still", "--avatar", "~nobody-here/x", "-o", "x.png"], "no avatar called"),
        (["run", "--record", "film.avi"], ".mp4"),
        (["run", "--camera", "nonsense"], "no camera called 'nonsense'"),
        (["run", "--camera", "0", "--video", "a.mp4"], "not allowed with"),
        (["run", "--video", ""], "path"),
        (["run", "--video", "a.mp4:lop=1"], "did you mean loop?"),
        (["run", "--replay", "a.jsonl", "--record-faces", "b.jsonl"], "--record-faces"),
        (["run", "--settings", "none.toml"], "no settings file at none.toml"),
        (["run", "--bogus"], "vtuber run: no flag --bogus; `vtuber run --help` says more"),
        (["run", "--vidoe", "a.mp4"], "no flag --vidoe; did you mean --video?"),
        (["run", "--vid", "a.mp4"], "no flag --vid; did you mean --video?"),
        (["run", "me.mp4"], "'me.mp4' means nothing here"),
        (["run", "--", "me.mp4"], "'me.mp4' means nothing here"),
        (["avatar", "show", "a", "b"], "vtuber avatar show: 'b' means nothing here"),
        (["rnu"], "no VERB 'rnu'; did you mean run?"),
        (["avatar", "nwe", "x"], "no WHAT 'nwe'; did you mean new?"),
        (["run", "--warper", "magic"], "--warper: no 'magic'; choose one of: rig, guess, network"),
        (["run", "--faces", "3"], "--faces: no 3; choose one of: 1, 2"),
        (["run", "--tracker", "x"], "no tracker called 'x'"),
        (["still"], "-o"),
        (["still", "-o", "a.jpg"], "PNG"),
        (["still", "-o", "a.png", "--pose", "{"], "not JSON"),
        (["still", "-o", "a.png", "--pose", "[]"], "not an object"),
        (["still", "-o", "a.png", "--pose", '{"headYaw": "x"}'], "headYaw"),
        (["still", "-o", "a.png", "--pose", '{"headYaw": NaN}'], "headYaw"),
        (["still", "-o", "a.png", "--pose", '{"headYaw": 1e400}'], "headYaw"),
        (["still", "-o", "a.png", "--pose", '{"headYaww": 1}'], "did you mean headYaw?"),
        (["still", "-o", "a.png", "--expression", "nonsense"], "no expression 'nonsense'"),
        (["still", "-o", "a.png", "--size", "99999x9"], "64 to 4096"),
        (["still", "-o", "a.png", "--avatar", "defalt"], "did you mean default?"),
        (["track", "a.mp4", "--predict", "-1"], "--predict: '-1': give 0 to 1000"),
        (["track", "a.mp4", "--predict", "5000"], "--predict: '5000': give 0 to 1000"),
        (["track", "a.mp4", "--smoothing", "nan"], "--smoothing: 'nan': give 0 to 10"),
        (["track", "a.mp4", "--fov", "200"], "--fov: '200': give 5 to 150"),
        (["perform", "a.puppet", "--fps", "1/0"], "--fps: '1/0': give such as 30"),
        (["perform", "a.puppet", "--fps", "1e999999999"], "--fps: '1e999999999'"),
        (["perform", "a.puppet", "--timeline", "a.json", "--seconds", "nan"], "--seconds: 'nan'"),
        (["perform", "a.puppet", "--timeline", "a.json", "--seconds", "-1"], "--seconds: '-1'"),
        (["perform", "a.puppet", "--render", "a.mp4", "--jobs", "-1"], "--jobs: '-1'"),
        (["nonsense"], "nonsense"),
    ],
)
def test_a_wrong_word_is_answered_in_one_sentence(
    words: list[str], named: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert named in refused(words, capsys)
    assert list(tmp_path.iterdir()) == []


def test_a_script_without_statements_is_no_film(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.puppet").write_text("# nothing yet\n")
    said = refused(["perform", "a.puppet", "--render", "a.mp4"], capsys)
    assert "a.puppet holds no statement" in said
    assert run(["perform", "a.puppet", "--check"]) == 0


def test_who_has_no_speaker_is_told_of_files(capsys: pytest.CaptureFixture[str]) -> None:
    said = refused(["say", "Hi", "--voice", "silent", "--speaker", "no such one"], capsys)
    assert said.endswith("; or write a file: -o FILE.wav\n")


@pytest.mark.parametrize("words", [[], ["avatar"], ["obs"], ["voice"], ["warp"], ["bench"]])
def test_who_names_nothing_is_shown_what_there_is(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        run(words)
    assert capsys.readouterr().err.startswith(f"usage: {' '.join(['vtuber', *words])} [-h]")


def test_broken_settings_are_refused_with_every_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("miror = true\nfps = 0\n[view]\nzoom = 99\n")
    assert run(["run", "--settings", str(path)]) == 2
    head, *faults = capsys.readouterr().err.splitlines()
    assert head == f"vtuber run: {path} has 3 faults:"
    for part, fault in zip(("fps", "view.zoom", "did you mean mirror?"), faults, strict=True):
        assert part in fault


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["run", "--camera", "77"], "no camera 77"),
        (["run", "--video", "none.mp4"], "none.mp4"),
        (["run", "--video", "text.mp4"], "text.mp4"),
        (["run", "--video", "/dev/null"], "/dev/null"),
        (["run", "--replay", "none.jsonl"], "none.jsonl"),
        (["run", "--replay", "text.mp4"], "text.mp4, line 1"),
        (["run", "--record", "no/film.mp4"], "no folder no"),
        (["run", "--video", "text.mp4", "--record-faces", "no/a.jsonl"], "text.mp4"),
        (["run", "--avatar", "none"], "no avatar called 'none'"),
        (["run", "--avatar", "folder"], "folder"),
        (["run", "--avatar", "text.mp4"], "text.mp4"),
        (["still", "-o", "no/a.png"], "no/a.png"),
        (["still", "-o", "folder/a.png", "--avatar", "broken.vtuber"], "broken.vtuber"),
        (["track", "none.mp4"], "none.mp4"),
        (["track", "text.mp4"], "text.mp4"),
        (["track", "text.png"], "text.png"),
        (["track", "folder"], "folder"),
        (["track", "text.mp4", "-o", "no/a.jsonl"], "no/a.jsonl"),
        (["track", "text.mp4", "-o", "folder"], "folder"),
        (["track", "text.mp4", "-o", "text.mp4"], "is the input"),
        (["track", "77"], "no camera 77"),
    ],
)
def test_a_thing_that_is_missing_or_broken_is_answered_in_one_sentence(
    words: list[str], named: str, vtuber: Run, tmp_path: Path
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "text.mp4").write_text("this is no film\n")
    (tmp_path / "text.png").write_text("this is no picture\n")
    (tmp_path / "broken.vtuber").write_bytes(b"PK\x03\x04 not a zip")
    before = sorted(tmp_path.rglob("*"))
    quick = ["--output", "null", "--seconds", "1"] if words[0] == "run" else []
    done = vtuber(*words, *quick)
    assert done.returncode == 2, done
    assert done.stdout == ""
    assert named in done.stderr
    lines = 2 if "--avatar" in words else 1  # an avatar's faults are listed, one a line
    assert done.stderr.count("\n") <= lines, done.stderr
    log = tmp_path / "state"  # what a show says is in a log, too
    assert sorted(p for p in tmp_path.rglob("*") if not p.is_relative_to(log)) == before


def test_a_port_that_was_asked_for_and_is_taken_is_an_error(vtuber: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = vtuber("run", "--output", f"web:port={port}", "--seconds", "1")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert str(port) in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is full")
@pytest.mark.parametrize("words", [["avatar", "list"], ["avatar", "styles"], ["doctor"]])
def test_a_full_disk_behind_the_output_is_answered_in_one_sentence(
    words: list[str], vtuber: Run
) -> None:
    with open("/dev/full", "w") as full:
        done = vtuber(*words, capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 2, done
    assert "No space left on device" in done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
