"""Avatars on disk: new, edit, pack, take in; nothing that a person made is ever lost."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("skia", reason="drawing needs skia-python: pip install 'vtuber[design]'")

import tomli_w

from vtuber.avatar.bundle import BadAvatar, load
from vtuber.core.errors import UserError
from vtuber.design.dice import roll
from vtuber.design.export import bundle
from vtuber.design.png import png
from vtuber.resources import avatar_path
from vtuber.shows.avatars import make as avatars
from vtuber.shows.avatars.words import words

HEIGHT_PX = 320


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the user's avatars a folder of their own."""
    monkeypatch.setenv("VTUBER_AVATARS", str(tmp_path / "own"))
    return tmp_path / "own"


@pytest.fixture
def kiri(own: Path) -> Path:
    return avatars.new("kiri", roll(3), HEIGHT_PX)


def manifest(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "avatar.toml").read_text(encoding="utf-8"))


def rewrite(folder: Path, table: dict[str, Any]) -> None:
    (folder / "avatar.toml").write_text(tomli_w.dumps(table), encoding="utf-8")


def test_a_new_avatar_loads_by_its_name_and_keeps_its_design(kiri: Path, own: Path) -> None:
    assert kiri == own / "kiri"
    assert load(kiri).canvas_px[1] == HEIGHT_PX
    assert avatars.design_of(kiri) == roll(3)
    assert words(kiri)[1].startswith("a")


def test_the_same_design_gives_the_same_bytes() -> None:
    one, other = bundle(roll(4), HEIGHT_PX), bundle(roll(4), HEIGHT_PX)
    assert one.pictures == other.pictures
    assert one.manifest == other.manifest


@pytest.mark.parametrize("name", ["樱花", "Zoë 2", "мила"])
def test_an_avatar_may_be_called_in_any_script(name: str) -> None:
    assert avatars.place(name).name == name


def test_a_name_that_is_taken_or_that_no_folder_may_have_is_refused(kiri: Path) -> None:
    for name, said in (("kiri", "already|called"), ("default", "ships with"), ("..", "cannot call"),
                       ("a*b", "cannot call")):  # fmt: skip
        with pytest.raises(UserError, match=said if name != ".." else "there already"):
            avatars.new(name, roll(1), HEIGHT_PX)


def test_an_edit_draws_again_what_nobody_touched(kiri: Path) -> None:
    before = (kiri / "layers/front_hair.png").read_bytes()
    _, kept = avatars.edit("kiri", {"palette": "ember", "name": "Kiri"})
    assert kept == []
    assert (kiri / "layers/front_hair.png").read_bytes() != before
    assert load(kiri).name == "Kiri"


def test_a_repainted_layer_and_lines_changed_by_hand_outlive_an_edit(kiri: Path) -> None:
    mine = png(np.full((40, 30, 4), 200, np.uint8))
    (kiri / "layers/face.png").write_bytes(mine)
    (kiri / "layers/badge.png").write_bytes(mine)
    (kiri / "notes.txt").write_text("mine")
    table = manifest(kiri)
    face = next(layer for layer in table["layers"] if layer["name"] == "face")
    face["offset_px"] = [7.0, 9.0]
    place = [layer["name"] for layer in table["layers"]].index("nose")
    badge = {"name": "badge", "role": "accessory", "file": "layers/badge.png", "offset_px": [1, 2]}
    table["layers"].insert(place + 1, badge)
    table["layers"] = [layer for layer in table["layers"] if layer["name"] != "sweat"]
    table["expressions"]["joy"]["blush"] = 0.9
    table["expressions"]["mine"] = {"jawOpen": 0.5}
    rewrite(kiri, table)

    _, kept = avatars.edit("kiri", {"palette": "ember"})
    assert kept == ["layers/badge.png", "layers/face.png"]
    assert (kiri / "layers/face.png").read_bytes() == mine
    assert (kiri / "notes.txt").read_text() == "mine"
    again = manifest(kiri)
    names = [layer["name"] for layer in again["layers"]]
    assert names[names.index("nose") + 1] == "badge"
    assert "sweat" not in names
    assert next(one for one in again["layers"] if one["name"] == "face")["offset_px"] == [7.0, 9.0]
    assert again["expressions"]["joy"]["blush"] == 0.9
    assert again["expressions"]["mine"] == {"jawOpen": 0.5}


@pytest.mark.parametrize(
    "name", ["notes.txt", "layers/face.kra", "layers/FACE.PNG", "layers/old/face.png",
             "backup/avatar.toml", "backup/design.toml"],
)  # fmt: skip
def test_an_edit_loses_nothing_that_a_person_laid_beside_the_avatar(kiri: Path, name: str) -> None:
    mine = kiri / name
    mine.parent.mkdir(exist_ok=True)
    mine.write_bytes(b"mine")
    avatars.edit("kiri", {"palette": "ember"})
    assert mine.read_bytes() == b"mine"


def test_an_edit_brings_folders_and_links_along_and_reads_no_file_of_a_person(kiri: Path) -> None:
    sources = kiri / "face.kra"
    sources.write_bytes(b"mine")
    sources.chmod(0o200)
    inode = sources.stat().st_ino
    (kiri / "empty").mkdir()
    (kiri / "link").symlink_to("layers")
    avatars.edit("kiri", {"palette": "ember"})
    assert sources.stat().st_ino == inode
    assert (kiri / "empty").is_dir()
    assert (kiri / "link").readlink() == Path("layers")


@pytest.mark.parametrize("text", ["kiri", "{own}/kiri"])
def test_an_avatar_that_a_killed_edit_has_set_aside_is_put_back_and_that_is_said(
    text: str, kiri: Path, own: Path, caplog: pytest.LogCaptureFixture
) -> None:
    kiri.rename(own / ".kiri.before")
    name = text.format(own=own)
    assert load(avatar_path(name)).name == roll(3).name
    assert [record.message for record in caplog.records] == [
        f"{kiri} is back as it was: the edit that was changing it was killed"
    ]
    assert [path.name for path in own.iterdir()] == ["kiri"]


def test_a_new_avatar_does_not_take_the_place_of_one_that_is_set_aside(
    kiri: Path, own: Path, tmp_path: Path
) -> None:
    packed = avatars.pack("kiri", tmp_path / "kiri.vtuber")
    kiri.rename(own / ".kiri.before")
    with pytest.raises(UserError, match="there is an avatar called"):
        avatars.new("kiri", roll(1), HEIGHT_PX)
    kiri.rename(own / ".kiri.before")
    with pytest.raises(UserError, match="there is an avatar called"):
        avatars.take_in(packed)
    assert avatars.design_of(kiri) == roll(3)


def test_an_edit_with_a_fault_leaves_everything_as_it_was(kiri: Path) -> None:
    before = {path: path.read_bytes() for path in kiri.rglob("*") if path.is_file()}
    with pytest.raises(UserError, match="no palette"):
        avatars.edit("kiri", {"palette": "mud"})
    table = manifest(kiri)
    table["layers"][0]["file"] = "layers/gone.png"
    rewrite(kiri, table)
    with pytest.raises(BadAvatar, match="is not there"):
        avatars.edit("kiri", {"palette": "ember"})
    before[kiri / "avatar.toml"] = (kiri / "avatar.toml").read_bytes()
    assert {path: path.read_bytes() for path in kiri.rglob("*") if path.is_file()} == before
    assert [path.name for path in kiri.parent.iterdir()] == ["kiri"]


def test_without_the_record_of_what_was_drawn_every_picture_counts_as_painted(kiri: Path) -> None:
    (kiri / "drawn.json").unlink()
    before = (kiri / "layers/face.png").read_bytes()
    _, kept = avatars.edit("kiri", {"palette": "ember"})
    assert "layers/face.png" in kept
    assert (kiri / "layers/face.png").read_bytes() == before


def test_what_ships_or_has_no_design_cannot_be_edited(tmp_path: Path, kiri: Path) -> None:
    with pytest.raises(UserError, match="--from default"):
        avatars.edit("default", {"palette": "ember"})
    (kiri / "design.toml").unlink()
    with pytest.raises(UserError, match="no design"):
        avatars.edit("kiri", {"palette": "ember"})


def test_packed_twice_it_is_the_same_file_and_comes_back_as_it_was(
    kiri: Path, tmp_path: Path
) -> None:
    one, other = tmp_path / "one.vtuber", tmp_path / "other.vtuber"
    avatars.pack("kiri", one)
    avatars.pack(str(kiri), other)
    assert one.read_bytes() == other.read_bytes()
    folder = avatars.take_in(one, "second")
    assert (folder / "avatar.toml").read_bytes() == (kiri / "avatar.toml").read_bytes()
    assert len(load(folder).layers) == len(load(kiri).layers)
    assert avatars.edit("second", {"palette": "ember"})[1] == []


def test_what_cannot_be_worn_is_neither_packed_nor_taken_in(kiri: Path, tmp_path: Path) -> None:
    (kiri / "layers/face.png").write_bytes(b"no picture")
    with pytest.raises(BadAvatar, match="is not a PNG"):
        avatars.pack("kiri", tmp_path / "x.vtuber")
    with pytest.raises(BadAvatar, match="is not a PNG"):
        avatars.take_in(kiri, "second")
    assert not (tmp_path / "x.vtuber").exists()
