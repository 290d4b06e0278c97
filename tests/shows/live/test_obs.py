"""What OBS should have, by the settings of a show."""

import socket
from pathlib import Path

import pytest

from vtuber.control.obs_address import VARIABLE, config_folders
from vtuber.control.obs_scene import BROWSER, MEDIA, WEBCAM
from vtuber.core.errors import UserError
from vtuber.settings import Settings, load
from vtuber.shows.live.obs import ObsLink, feeds_of, is_open, sources_for, studio, wishes_of


def test_the_sources_fit_the_ports_size_and_colour_of_the_settings() -> None:
    outputs = ("web:port=9401", "alpha:port=9400", "virtualcam:background=#ff0000")
    settings = Settings(size="640x360", outputs=outputs)
    media, page, webcam = sources_for(settings, ("/dev/video10",))
    assert (media.kind, page.kind, webcam.kind) == (MEDIA, BROWSER, WEBCAM)
    assert (media.is_shown, page.is_shown, webcam.is_shown) == (True, False, False)
    assert media.address == "tcp://127.0.0.1:9400"
    assert media.needed["linear_alpha"] is True
    assert media.needed["is_local_file"] is False
    assert page.needed == {"url": "http://127.0.0.1:9401/", "width": 640, "height": 360}
    assert (webcam.address, webcam.key_colour) == ("/dev/video10", (255, 0, 0))


def test_without_outputs_and_cameras_they_are_those_by_default() -> None:
    media, page = sources_for(Settings(), ())
    assert (media.address, page.address) == ("tcp://127.0.0.1:9300", "http://127.0.0.1:9301/")
    assert (media.needed["input_format"], media.needed["ffmpeg_options"]) == ("", "")


def test_bare_pictures_need_their_size_said() -> None:
    settings = Settings(size="640x360", outputs=("alpha:format=rawvideo,fps=25",))
    needed = sources_for(settings, ())[0].needed
    assert needed["input_format"] == "rawvideo"
    assert "video_size=640x360 pixel_format=rgba framerate=25" in needed["ffmpeg_options"]


def test_a_show_wants_nothing_of_obs_unless_somebody_asks() -> None:
    assert wishes_of(Settings(outputs=("alpha",))) is None
    asked = wishes_of(Settings(obs={"on": True, "port": 4499}, outputs=("alpha", "alpha:port=9")))
    assert asked is not None
    assert (asked.address.port, asked.scenes) == (4499, {})
    assert asked.feeds == {"tcp://127.0.0.1:9300", "tcp://127.0.0.1:9"}
    assert feeds_of(Settings()) == {"tcp://127.0.0.1:9300"}
    assert feeds_of(Settings(outputs=("web",))) == frozenset()
    scenes = {"Game": "zoom to 0.5"}
    assert wishes_of(Settings(obs={"scenes": scenes})) is not None


def test_what_a_link_wants_is_read_again_when_the_settings_change() -> None:
    settings = [Settings()]
    link = ObsLink(lambda: settings[0], print, print, lambda feed: False)
    assert link._wishes() is None
    assert link.report() == {}
    settings[0] = Settings(obs={"scenes": {"S": "reset"}})
    wishes = link._wishes()
    assert wishes is not None
    assert wishes.scenes == {"S": "reset"}
    assert link._wishes() == wishes
    assert link.report() == {"connected": False, "scenes": 0, "commands": 0, "woken": 0}


def test_obs_may_write_its_password_after_the_show_has_begun(tmp_path: Path, monkeypatch) -> None:
    for name in ("HOME", "XDG_CONFIG_HOME", "APPDATA"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.delenv(VARIABLE, raising=False)
    settings = Settings(obs={"on": True})
    link = ObsLink(lambda: settings, print, print, lambda feed: False)
    before = link._wishes()
    file = config_folders()[0] / "plugin_config" / "obs-websocket" / "config.json"
    file.parent.mkdir(parents=True)
    file.write_text('{"server_port": 4466, "server_password": "late", "auth_required": true}')
    after = link._wishes()
    assert before is not None
    assert after is not None
    assert (before.address.port, before.address.password) == (4455, "")
    assert (after.address.port, after.address.password) == (4466, "late")
    link._follower.is_connected = True  # it stays, whatever becomes of the file
    file.unlink()
    assert link._wishes() is after


def test_wrong_commands_of_scenes_are_refused_all_at_once(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('[obs.scenes]\nA = "jump"\nB = "zoom"\n')
    with pytest.raises(UserError, match=r'scene "A".*jump.*scene "B"'):
        load(path, {})


def test_flags_count_before_the_settings_for_where_obs_is(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('outputs = ["alpha:fps=60"]\n[obs]\nhost = "10.0.0.7"\nport = 4499\n')
    found = studio(path)
    assert (found.address.host, found.address.port, found.fps) == ("10.0.0.7", 4499, 60.0)
    assert str(studio(path, "127.0.0.1", 4411, "secret").address) == "127.0.0.1:4411"


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("", "vtuber run --settings {path}"),
        ('outputs = ["alpha:port=9400"]', "vtuber run --settings {path}"),
        ('outputs = ["web"]', "vtuber run --settings {path} --output alpha"),
    ],
)
def test_the_command_that_is_named_sends_to_obs(text: str, start: str, tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(text)
    assert studio(path).start == start.format(path=path)


def test_an_address_is_open_as_long_as_somebody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"tcp://127.0.0.1:{listener.getsockname()[1]}"
        assert is_open(address)
    assert not is_open(address)
