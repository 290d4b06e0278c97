"""A folder takes another's place whole or not at all, and nothing that a person made is lost."""

import os
from pathlib import Path

import pytest

from vtuber.core.errors import UserError
from vtuber.resources import set_aside
from vtuber.shows.avatars.folder import put_in_place, stamps_of

ALL = frozenset({"drawn", "layers/drawn"})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with two files that were drawn, and things of a person."""
    folder = tmp_path / "kiri"
    (folder / "layers/empty").mkdir(parents=True)
    for name in (*ALL, "mine", "layers/mine"):
        (folder / name).write_text("old")
    (folder / "to nothing").symlink_to("../nothing")
    (folder / "to layers").symlink_to("layers", target_is_directory=True)
    return folder


def fine(part: Path) -> None: ...


def holds(folder: Path) -> dict[str, str]:
    """Give what is in a folder: text of files, targets of links, "/" for folders."""
    return {
        path.relative_to(folder).as_posix(): os.readlink(path)
        if path.is_symlink()
        else "/"
        if path.is_dir()
        else path.read_text()
        for path in folder.rglob("*")
    }


@pytest.mark.parametrize("links", [True, False])
def test_new_files_replace_the_drawn_ones_and_everything_else_comes_along(
    links: bool, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not links:

        def refuse(source: str, target: str) -> None:
            raise PermissionError

        monkeypatch.setattr(os, "link", refuse)
    inode = (folder / "mine").stat().st_ino
    before = holds(folder)
    put_in_place(folder, {"drawn": b"new"}, fine, ALL, stamps_of(folder))
    expected = {**before, "drawn": "new"}
    del expected["layers/drawn"]
    assert holds(folder) == expected
    assert ((folder / "mine").stat().st_ino == inode) == links
    assert [path.name for path in folder.parent.iterdir()] == ["kiri"]


def test_what_fails_its_check_changes_nothing(folder: Path) -> None:
    before = holds(folder)

    def refuse(part: Path) -> None:
        assert (part / "drawn").read_text() == "new"
        raise UserError("not fit")

    with pytest.raises(UserError, match="not fit"):
        put_in_place(folder, {"drawn": b"new"}, refuse, ALL, stamps_of(folder))
    assert holds(folder) == before
    assert [path.name for path in folder.parent.iterdir()] == ["kiri"]


@pytest.mark.parametrize("name", ["drawn", "layers/drawn", "mine", "layers/another", "deep/er/one"])
def test_what_a_person_saves_meanwhile_is_brought_over(folder: Path, name: str) -> None:
    known = stamps_of(folder)

    def save(part: Path) -> None:
        saved = folder / "saved"
        saved.write_text("newest")
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        saved.replace(folder / name)  # as painting programs save

    put_in_place(folder, {"drawn": b"new", "layers/drawn": b"new"}, save, ALL, known)
    assert (folder / name).read_text() == "newest"


def test_a_folder_where_a_file_is_to_be_written_is_kept_and_said(folder: Path) -> None:
    (folder / "preview").mkdir()
    (folder / "preview/mine").write_text("mine")
    before = holds(folder)
    with pytest.raises(UserError, match="cannot write"):
        put_in_place(folder, {"preview": b"new"}, fine, ALL, stamps_of(folder))
    assert holds(folder) == before


def test_a_link_to_a_folder_stays_one(folder: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(folder)
    put_in_place(link, {"drawn": b"new"}, fine, ALL, stamps_of(link))
    assert link.is_symlink()
    assert (folder / "drawn").read_text() == "new"
    assert {path.name for path in tmp_path.iterdir()} == {"kiri", "link"}


def test_what_a_killed_one_has_left_is_no_hindrance(folder: Path) -> None:
    part = folder.with_name(".kiri.part")
    part.mkdir()
    os.link(folder / "mine", part / "drawn")  # written into, it would be lost
    set_aside(folder).mkdir()
    put_in_place(folder, {"drawn": b"new"}, fine, ALL, stamps_of(folder))
    assert (folder / "mine").read_text() == "old"
    assert (folder / "drawn").read_text() == "new"
    assert [path.name for path in folder.parent.iterdir()] == ["kiri"]
