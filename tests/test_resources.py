"""What ships is found by name, in a checkout or in a wheel."""

from pathlib import Path

import pytest

from vtuber import resources
from vtuber.core.errors import UserError


def test_shaders_are_read_by_file_name() -> None:
    assert "void main()" in resources.shader("layer.frag")


def test_the_default_avatar_ships_and_is_found_by_name() -> None:
    assert "default" in resources.avatar_names()
    assert (resources.avatar_path("default") / "avatar.toml").is_file()


def test_a_path_that_exists_is_taken_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "mine.vtuber").write_bytes(b"")
    assert resources.avatar_path(tmp_path / "mine.vtuber") == tmp_path / "mine.vtuber"


def test_an_unknown_avatar_is_an_error_that_names_the_nearest_and_all() -> None:
    with pytest.raises(UserError, match=r"'defualt'.*did you mean default\?.*one of: .*default"):
        resources.avatar_path("defualt")


@pytest.mark.parametrize("name", ["x" * 300, "~nobody/of this name", "x\0"])
def test_a_name_that_no_file_can_have_is_not_there(name: str) -> None:
    with pytest.raises(UserError, match="no avatar called"):
        resources.avatar_path(name)
    with pytest.raises(UserError, match="no picture at"):
        resources.item_path(name)


def test_the_data_of_a_wheel_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "vtuber"
    (package / "_data" / "avatars" / "packed").mkdir(parents=True)
    (package / "_data" / "avatars" / "packed" / "avatar.toml").write_text("")
    (tmp_path / "shaders").mkdir()
    monkeypatch.setattr(resources, "_PACKAGE", package)
    assert resources.avatar_names() == ["packed"]
    assert resources.folder("shaders") == tmp_path / "shaders"


def test_an_avatar_is_found_by_what_it_is_called_inside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VTUBER_AVATARS", str(tmp_path))
    assert resources.avatar_path("Miro") == resources.avatar_path("miro")
    assert resources.avatar_path("miro") == resources.avatar_path("default")
    assert resources.is_avatar_name("MIRO")
    assert resources.avatar_titles()["default"] == "Miro"
    for name, text in (("a", 'name = "Twin"'), ("b", 'name = "Twin"'), ("c", "no TOML")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "avatar.toml").write_text(text)
    assert resources.avatar_titles()["c"] == "c"
    with pytest.raises(UserError, match="no avatar called 'twin'"):  # which of both?
        resources.avatar_path("twin")


def test_the_nearest_is_said_for_a_path_too() -> None:
    with pytest.raises(UserError, match="did you mean rowan"):
        resources.avatar_path("/nowhere/rowann")
