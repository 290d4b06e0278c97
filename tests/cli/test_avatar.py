"""`vtuber avatar`: what its words do, and what it says; drawing itself is tested elsewhere."""

import re
import shlex
from pathlib import Path

import pytest

from vtuber.cli.avatar import VERBS
from vtuber.cli.main import run

pytest.importorskip("skia", reason="drawing needs skia-python: pip install 'vtuber[design]'")


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the user's avatars a folder of their own, and work in an empty one."""
    monkeypatch.setenv("VTUBER_AVATARS", str(tmp_path / "own"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "own"


@pytest.mark.parametrize("what", VERBS)
def test_everything_that_it_does_can_be_asked_for(
    what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        run(["avatar", what, "--help"])
    assert ended.value.code == 0
    assert f"usage: vtuber avatar {what}" in capsys.readouterr().out


def test_an_avatar_is_drawn_changed_packed_and_taken_in(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in (
        "new kiri --seed 7 --size 256",
        "edit kiri --set palette=sunset",
        "export kiri -o kiri.vtuber",
        "import kiri.vtuber --name other",
        "check other",
        "show other",
        "list",
    ):
        assert run(["avatar", *words.split()]) == 0
    said = capsys.readouterr().out
    assert {path.name for path in own.iterdir()} == {"kiri", "other"}
    assert "kiri can be worn" in said
    assert "palette sunset" in said
    assert re.search(r"^other +kiri, by", said, re.MULTILINE)


def test_the_dice_say_the_words_that_draw_the_same_again(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rolled = ["--set", "palette=205 triad navy", "--set", "hair.front=hime"]
    assert run(["avatar", "random", "--count", "1", "--seed", "7", *rolled]) == 0
    (hint,) = re.findall(r"`vtuber (.*)`", capsys.readouterr().err)
    assert run([*shlex.split(hint.replace("NAME", "one")), "--size", "256"]) == 0
    assert run(["avatar", "new", "other", "--seed", "7", *rolled, "--size", "256"]) == 0
    one, other = ((own / name / "design.toml").read_text() for name in ("one", "other"))
    assert one.replace('"one"', '"other"') == other


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("new", "NAME"),
        ("new a --seed x", "0 to 4294967295"),
        ("new a --size 20", "256 to 4096"),
        ("new a --set hime", "write FIELD=VALUE"),
        ("new a --from default --seed 3", "not allowed with"),
        ("new . --seed 3", "is there already: choose another name"),
        ("new a:b --seed 3", "cannot call an avatar 'a:b'"),
        ("random --count 0", "1 to 200"),
        ("random --sheet a.jpg", "FILE.png"),
        ("edit nobody", "no avatar called 'nobody'"),
        ("edit default --set palette=sunset", "make your own of it"),
        ("export default -o a.zip", "FILE.vtuber"),
        ("import none.vtuber", "none.vtuber"),
        ("styles colour", "no field called 'colour'"),
        ("juggle", "invalid choice"),
    ],
)
def test_a_wrong_word_is_answered_in_words_and_leaves_nothing(
    words: str, named: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    before = sorted(tmp_path.rglob("*"))
    try:
        code = run(["avatar", *words.split()])
    except SystemExit as error:
        code = int(error.code or 0)
    said = capsys.readouterr()
    assert code == 2
    assert said.out == ""
    assert named in said.err
    assert sorted(tmp_path.rglob("*")) == before
