"""`vtuber avatar`: what its words do, and what it says; drawing itself is tested elsewhere."""

import re
import shlex
import struct
from pathlib import Path

import pytest

from tests.bundles import make_bundle
from vtuber.cli.avatar import VERBS, _progress
from vtuber.cli.main import run
from vtuber.shows.avatars.sheet import CELL_PX, COLUMNS, GAP_PX, MARGIN_PX

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


def test_the_dice_take_the_place_of_no_picture_that_nobody_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "sheet.png").write_bytes(b"mine")
    for name in ("sheet-2.png", "sheet-3.png"):
        assert run(["avatar", "random", "--count", "1", "--seed", "7"]) == 0
        assert capsys.readouterr().out == f"{name}\n"
        assert (tmp_path / name).stat().st_size > 1000
    assert (tmp_path / "sheet.png").read_bytes() == b"mine"
    assert run(["avatar", "random", "--count", "1", "--sheet", "sheet.png"]) == 0
    assert (tmp_path / "sheet.png").stat().st_size > 1000


def test_without_a_terminal_a_line_comes_for_every_dozen(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for done in range(1, 31):
        _progress(done, 30)
    assert capsys.readouterr().err == "12 of 30 drawn\n24 of 30 drawn\n"


def test_an_avatar_can_be_meant_by_its_toml(
    own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = make_bundle(tmp_path / "small")
    assert run(["avatar", "check", str(folder / "avatar.toml")]) == 0
    assert "can be worn" in capsys.readouterr().out
    assert run(["avatar", "import", "small/avatar.toml"]) == 0
    assert capsys.readouterr().out == f"{own / 'small'}\n"


@pytest.mark.parametrize("words", ["new Small --seed 3", "import small --name SMALL"])
def test_names_that_differ_only_in_case_would_share_a_folder_somewhere(
    words: str, own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_bundle(tmp_path / "small")
    make_bundle(own / "small")
    assert run(["avatar", *words.split()]) == 2
    assert "there is an avatar called 'small'" in capsys.readouterr().err
    assert [path.name for path in own.iterdir()] == ["small"]


def test_two_avatars_of_one_name_are_told_apart_by_their_folders(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = ("first", "an-avatar-with-quite-a-long-name")
    for name in names:
        make_bundle(own / name)
    assert run(["avatar", "list"]) == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith(names)]
    folders, shown = zip(*(re.split(r" {2,}", line) for line in lines), strict=True)
    assert sorted(folders) == sorted(names)
    assert shown[0] == shown[1]
    assert lines[0].index(shown[0]) == lines[1].index(shown[1])


def test_a_sheet_shows_heads_as_large_in_a_turn_as_in_an_expression(tmp_path: Path) -> None:
    make_bundle(tmp_path / "small")
    assert run(["avatar", "sheet", "./small", "-o", "small.png"]) == 0
    width, height = struct.unpack(">II", (tmp_path / "small.png").read_bytes()[16:24])
    rows = 1 + 1 + 1  # turns; the faces and expressions of a small one; clothes
    assert height > rows * CELL_PX
    assert width == 2 * MARGIN_PX + COLUMNS * (CELL_PX + GAP_PX) - GAP_PX


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
        ("juggle", "no WHAT 'juggle'"),
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
