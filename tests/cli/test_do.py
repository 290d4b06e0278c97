"""`vtuber do`: its words become a line, which a running show answers."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.control.rooms import Desk
from vtuber.cli.do import line_of
from vtuber.cli.main import run
from vtuber.control.doorway import Doorway
from vtuber.core.command import parse_command
from vtuber.runtime.worker import Worker

ADDRESS = "http://127.0.0.1:9301/control?token=x"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """Let a show called miro run, whose every answer is ours."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    desk = Desk()
    doorway = Doorway(desk.ask, "miro")
    doorway.open(ADDRESS)
    worker = Worker("control socket", doorway.run)
    worker.start()
    yield desk
    worker.ask_to_stop()
    assert worker.join(5)
    doorway.close()


def test_a_command_is_done_and_what_the_show_says_is_printed(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["do", "move", "-0.1", "0", "over", "0.5"]) == 0
    assert run(["do", "--show", "miro", "say", "It's", "me"]) == 0
    assert desk.lines == ["move -0.1 0 over 0.5", "say It's me"]
    assert capsys.readouterr().out == "heard move -0.1 0 over 0.5\nheard say It's me\n"


def test_why_not_is_said_in_one_sentence_with_exit_2(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    for words, why in (
        (["do", "dance"], "no command called 'dance'"),
        (["do"], "what shall the show do?"),
        (["do", "--show", "other", "hide"], "no show called 'other' is running; there is: miro"),
        (["do", "--list", "hide"], "--list takes no command"),
        (["do", "--json", "hide"], "--json goes with --list"),
    ):
        assert run(words) == 2
        assert why in capsys.readouterr().err
    assert not desk.lines


def test_what_the_show_refuses_is_its_word_with_exit_2(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["do", "expression", "nosuch"]) == 2
    assert capsys.readouterr().err == "vtuber do: heard expression nosuch\n"


def test_shows_are_listed_with_their_pages(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["do", "--list"]) == 0
    assert capsys.readouterr().out == f"miro ({os.getpid()})  {ADDRESS}\n"
    assert run(["do", "--list", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert listed == [{"name": "miro", "pid": os.getpid(), "page": ADDRESS}]


def test_without_a_show_it_says_how_to_start_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert run(["do", "hide"]) == 2
    assert "no show is running; start one with: vtuber run" in capsys.readouterr().err
    assert run(["do", "--list"]) == 0
    assert capsys.readouterr().out == "no show is running\n"


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["expression joy over 1"], "expression joy over 1"),
        (["outfit", "summer dress"], "outfit 'summer dress'"),
        (["outfit", "it's"], """outfit 'it'"'"'s'"""),
        (["say", "two\nlines"], "say two lines"),
        (["@alice", "say", "[happy]", "hi"], "@alice say [happy] hi"),
    ],
)
def test_words_of_a_shell_become_one_line_that_means_the_same(words: list[str], line: str) -> None:
    assert line_of(words, Path("/")) == line
    parse_command(line)


def test_a_file_of_this_folder_is_named_wholly_for_the_show_is_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "cat.vtuber").touch()
    (tmp_path / "default").mkdir()
    assert line_of(["avatar", "cat.vtuber"], tmp_path) == f"avatar {tmp_path / 'cat.vtuber'}"
    assert line_of(["avatar", "default"], tmp_path) == "avatar default"
    assert line_of(["avatar", "dog.vtuber"], tmp_path) == "avatar dog.vtuber"
    assert line_of(["expression", "cat.vtuber"], tmp_path) == "expression cat.vtuber"


def test_say_speaks_through_a_running_show_and_takes_no_voice_of_its_own(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["say", "--live", "[happy] It's\nme"]) == 0
    assert desk.lines == ["say [happy] It's me"]
    assert run(["say", "hi", "--live", "--style", "happy"]) == 2
    assert "the voice of its settings" in capsys.readouterr().err
    assert len(desk.lines) == 1
