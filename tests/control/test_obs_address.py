"""Where OBS is: what is said counts before what is found, and a password is never shown."""

from pathlib import Path

import pytest

from vtuber.control.obs_address import ObsAddress, config_folders, find_address

NEW = '{"server_port": 4466, "server_password": "new", "auth_required": true, "server_enabled": %s}'
OLD = """\ufeff[General]
LastVersion=1
[OBSWebSocket]
ServerEnabled=%s
ServerPort=4477
AuthRequired=true
ServerPassword=o%%ld
"""


def new_file(folder: Path, enabled: str = "true") -> None:
    path = folder / "plugin_config" / "obs-websocket" / "config.json"
    path.parent.mkdir(parents=True)
    path.write_text(NEW % enabled)


def test_without_anything_it_is_obs_own_port_on_this_machine(tmp_path: Path) -> None:
    assert find_address(environ={}, folders=(tmp_path,)) == ObsAddress("127.0.0.1", 4455)


def test_the_file_of_obs_31_says_port_and_password(tmp_path: Path) -> None:
    new_file(tmp_path)
    (tmp_path / "global.ini").write_text(OLD % "true")
    found = find_address(environ={}, folders=(tmp_path / "none", tmp_path))
    assert (found.port, found.password, found.is_off) == (4466, "new", False)
    assert found.origin.endswith("config.json")


def test_the_file_of_obs_28_to_30_says_port_and_password(tmp_path: Path) -> None:
    (tmp_path / "global.ini").write_text(OLD % "false", encoding="utf-8")
    found = find_address(environ={}, folders=(tmp_path,))
    assert (found.port, found.password, found.is_off) == (4477, "o%ld", True)


def test_no_password_where_obs_wants_none(tmp_path: Path) -> None:
    (tmp_path / "global.ini").write_text((OLD % "true").replace("Required=true", "Required=false"))
    assert find_address(environ={}, folders=(tmp_path,)).password == ""


def test_a_word_counts_before_the_environment_and_that_before_the_file(tmp_path: Path) -> None:
    new_file(tmp_path)
    environ = {"VTUBER_OBS_PASSWORD": "env"}
    said = find_address(password="said", environ=environ, folders=(tmp_path,))
    assert (said.password, said.origin, said.port) == ("said", "--password", 4466)
    known = find_address(environ=environ, folders=(tmp_path,))
    assert (known.password, known.origin) == ("env", "VTUBER_OBS_PASSWORD")


@pytest.mark.parametrize(("host", "port"), [("10.0.0.7", 0), ("", 4499)])
def test_the_file_is_not_of_an_obs_elsewhere(tmp_path: Path, host: str, port: int) -> None:
    new_file(tmp_path)
    found = find_address(host, port, environ={}, folders=(tmp_path,))
    assert found.password == ""
    assert found.port == (port or 4455)


PORTS = [f'{{"server_port": {port}}}' for port in ('"many"', "null", "1e999", "99999", "0")]


@pytest.mark.parametrize("text", ["", "[", "[1]", "\x00" * 9, *PORTS])
def test_a_broken_file_says_nothing(tmp_path: Path, text: str) -> None:
    new_file(tmp_path)
    (tmp_path / "plugin_config" / "obs-websocket" / "config.json").write_text(text)
    (tmp_path / "global.ini").write_bytes(b"\xff\xfe\x00[")
    assert find_address(environ={}, folders=(tmp_path,)).port == 4455


def test_a_port_that_there_is_not_says_nothing_in_an_older_file_either(tmp_path: Path) -> None:
    (tmp_path / "global.ini").write_text((OLD % "true").replace("4477", "99999"))
    assert find_address(environ={}, folders=(tmp_path,)) == ObsAddress("127.0.0.1", 4455)


def test_no_text_of_an_address_holds_its_password() -> None:
    address = ObsAddress("::1", 4455, "secret", "the test")
    assert "secret" not in f"{address} {address!r} {address.url}"
    assert address.url == "ws://[::1]:4455"


@pytest.mark.parametrize(
    ("platform", "environ", "place"),
    [
        ("linux", {"HOME": "/h"}, "/h/.config/obs-studio"),
        ("linux", {"HOME": "/h", "XDG_CONFIG_HOME": "/c"}, "/c/obs-studio"),
        ("linux", {"HOME": "/h"}, "/h/.var/app/com.obsproject.Studio/config/obs-studio"),
        ("darwin", {"HOME": "/h"}, "/h/Library/Application Support/obs-studio"),
        ("win32", {"HOME": "/h", "APPDATA": "/a"}, "/a/obs-studio"),
    ],
)
def test_obs_keeps_its_settings_where_each_system_does(platform, environ, place) -> None:
    assert Path(place) in config_folders(environ, platform)
