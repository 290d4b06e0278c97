import os
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import vtuber.settings
from vtuber.core.errors import UserError
from vtuber.settings import LIVE, Settings, SettingsFile, load
from vtuber.settings import file as module


@pytest.fixture(autouse=True)
def no_file_of_this_user(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "default_path", lambda: tmp_path / "none" / "settings.toml")


@pytest.fixture
def write(tmp_path):
    """Write a settings file whose change shows, and give its path."""
    path, count = tmp_path / "show.toml", 0

    def write(text: str) -> Path:
        nonlocal count
        count += 1
        path.write_text(text)
        os.utime(path, ns=(count * 10**9, count * 10**9))
        return path

    return write


def test_without_a_file_or_a_flag_there_are_defaults():
    assert load(None, {}) == Settings()
    assert Settings().size == (1280, 720)
    assert Settings().fps == "auto"


def test_the_example_in_the_docstring_is_a_settings_file(write):
    example = vtuber.settings.__doc__.partition("\n\n")[2]
    settings = load(write(example), {})
    assert settings.outputs == ("web", "virtualcam:background=#00ff00")
    assert (settings.view.zoom, settings.keys) == (1.2, {"j": "expression joy"})
    assert settings.look.outline == "white"
    assert settings.filter["head"].cutoff_hz == 0.5
    assert settings.lost_groups == {"mouth": "rest"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[filter.hair]\nbeta = 1", "filter.hair"),
        ("[filter.head]\ncutoff_hz = 0", "filter.head.cutoff_hz"),
        ('[lost_groups]\nmouth = "hide"', "lost_groups.mouth"),
        ('[lost_groups]\nnose = "hold"', "lost_groups.nose"),
    ],
)
def test_a_group_that_is_not_there_or_a_filter_that_cannot_be_is_named(write, text, said):
    with pytest.raises(UserError, match=said):
        load(write(text), {})


def test_a_profile_is_a_file_of_its_own_and_no_path():
    assert module.profile_path("me").name == "me.json"
    assert module.profile_path("") is None
    with pytest.raises(UserError, match="profile"):
        load(None, {"profile": "../me"})


def test_a_file_that_is_named_must_be_there(tmp_path):
    with pytest.raises(UserError, match=r"no settings file at .*gone.toml; check the path"):
        load(tmp_path / "gone.toml", {})


def test_the_file_of_the_user_is_read_when_none_is_named(write, monkeypatch):
    path = write('avatar = "cat"')
    monkeypatch.setattr(module, "default_path", lambda: path)
    assert load(None, {}).avatar == "cat"


def test_flags_lie_over_the_file(write):
    path = write('avatar = "cat"\nseed = 3\n[camera]\nwidth = 1280\ndevice = "1"')
    settings = load(path, {"avatar": "dog", "camera.device": "0", "view.zoom": 2})
    assert (settings.avatar, settings.seed) == ("dog", 3)
    assert (settings.camera.device, settings.camera.width) == ("0", 1280)
    assert settings.view.zoom == 2.0


@pytest.mark.parametrize(
    ("size", "px"),
    [("1280x720", (1280, 720)), ("640X480", (640, 480)), ([64, 4096], (64, 4096))],
)
def test_a_size_has_two_forms(size, px):
    assert load(None, {"size": size}).size == px


@pytest.mark.parametrize(
    "size", ["1280", "1280x", "x720", "1280x720x3", "63x64", "64x4097", "big", 720, True, [1.5, ""]]
)
def test_a_size_that_is_none_is_refused(size):
    with pytest.raises(UserError, match=r"size.*give WIDTHxHEIGHT such as 1280x720, 64 to 4096 px"):
        load(None, {"size": size})


@given(st.integers(64, 4096), st.integers(64, 4096))
def test_every_size_in_bounds_is_read(width, height):
    assert Settings(size=f"{width}x{height}").size == (width, height)


@pytest.mark.parametrize(("fps", "number"), [("auto", "auto"), ("60", 60.0), (29.97, 29.97)])
def test_the_rate_is_auto_or_a_number(fps, number):
    assert load(None, {"fps": fps}).fps == number


@pytest.mark.parametrize("fps", ["0", "241", "fast", "nan", "inf", True, []])
def test_a_rate_that_is_none_is_refused(fps):
    with pytest.raises(UserError, match=r"flag --fps is .*: give auto, or 1 to 240"):
        load(None, {"fps": fps})


def test_a_camera_may_be_a_number(write):
    assert load(write("[camera]\ndevice = 2"), {}).camera.device == "2"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("colour = 1", "setting colour is 1: no such setting"),
        ("avater = 'cat'", "no such setting; did you mean avatar"),
        (
            "[camera]\ndevise = '0'",
            "camera.devise is '0': no such setting; did you mean camera.dev",
        ),
        ("[camera]\nwidth = 3", "setting camera.width is 3: input should be greater than"),
        ("camera = 3", "setting camera is 3: input should be a valid"),
        ("[view]\nzoom = inf", "setting view.zoom is inf: input should be a finite number"),
        ("lost = 'cry'", "setting lost is 'cry': input should be 'idle', 'hold', 'rest' or 'hide'"),
        ("warper = 'magic'", "setting warper is 'magic': input should be 'rig'"),
        ("mirror = 'maybe'", "setting mirror is 'maybe'"),
        ("outputs = 'web'", "setting outputs is 'web'"),
        ("[keys]\nj = 'dance'", "setting keys: key j: no command called 'dance'"),
        ("[keys]\nF5 = 'hide'", "setting keys: no key 'F5'; give one character, or up, down"),
        ("[keys]\nj = 5", "setting keys.j is 5"),
        ("seed = 1\navatar = = 2", "are not TOML: .*line 2"),
        ("x = " + "[" * 20_000, "are not TOML"),
    ],
)
def test_each_fault_says_where_it_is(write, text, says):
    with pytest.raises(UserError, match=says):
        load(write(text), {})


def test_every_fault_is_said_at_once_and_flags_are_called_flags(write):
    path = write("seed = 'x'\n[keys]\nj = 'dance'\nup = 'zoom big'\n[camera]\nfps = 0")
    with pytest.raises(UserError) as caught:
        load(path, {"size": "big", "camera.device": []})
    faults = str(caught.value)
    for part in (
        "setting seed",
        "key j:",
        "key up:",
        "camera.fps is 0",
        "flag --size",
        "flag --camera",
    ):
        assert part in faults
    assert "setting size" not in faults
    assert f"{path} has 3 faults:\n  setting" in faults


def test_a_single_fault_says_in_which_file(write):
    path = write("seed = 'x'")
    with pytest.raises(UserError, match=r"^[^\n]*$") as caught:
        load(path, {})
    assert str(caught.value).startswith(f"{path}: setting seed")


def test_a_flag_does_not_hide_that_the_file_is_wrong_there(write):
    with pytest.raises(UserError, match="camera is 3"):
        load(write("camera = 3"), {"camera.device": "0"})


@pytest.mark.parametrize("make", ["bytes", "huge", "folder"])
def test_a_file_that_is_no_text_is_refused_in_words(tmp_path, make):
    path = tmp_path / "show.toml"
    if make == "folder":
        path.mkdir()
    else:
        path.write_bytes(b"\xff\xfe" if make == "bytes" else b"#" * 1_000_001)
    with pytest.raises(UserError, match=r"settings .*show.toml"):
        load(path, {})


def test_a_file_that_notepad_wrote_is_read(tmp_path):
    path = tmp_path / "show.toml"
    path.write_bytes(b"\xef\xbb\xbfseed = 7\r\nmirror = false\r\n")
    assert load(path, {}).seed == 7


def test_arrows_and_characters_can_be_keys(write):
    path = write('[keys]\nup = "zoom 1.1"\n"+" = "hide"\n"é" = "mirror"')
    assert set(load(path, {}).keys) == {"up", "+", "é"}


def test_a_change_of_the_file_is_told_once_and_flags_stay_over_it(write):
    file = SettingsFile(write("seed = 1"), {"avatar": "dog"})
    assert file.changed() is None
    write('seed = 2\navatar = "cat"')
    changed = file.changed()
    assert (changed.seed, changed.avatar) == (2, "dog")
    assert file.changed() is None


def test_a_file_that_is_saved_while_it_is_read_is_read_again(write):
    path = write("seed = 1\navatar = 'cat'")
    saves = ["seed = 2\navatar = 'catfish'"]
    file = SettingsFile(path, {}, {"avatar": lambda _: saves and write(saves.pop())})
    assert file.read().seed == 1
    assert file.changed().seed == 2
    assert file.changed() is None


def test_a_broken_file_is_told_once_and_a_mended_one_counts_again(write):
    file = SettingsFile(write("seed = 1"), {})
    write("seed = ")
    with pytest.raises(UserError, match="not TOML"):
        file.changed()
    assert file.changed() is None
    write("seed = 3")
    assert file.changed().seed == 3


def test_a_file_that_is_away_for_a_moment_changes_nothing(write):
    path = write("seed = 1")
    file = SettingsFile(path, {})
    path.unlink()
    assert file.changed() is None
    write("seed = 2")
    assert file.changed().seed == 2


def test_a_pipe_in_its_place_does_not_stop_the_beat(write):
    path = write("seed = 1")
    file = SettingsFile(path, {})
    path.unlink()
    os.mkfifo(path)
    look = threading.Thread(target=file.changed, daemon=True)
    look.start()
    look.join(2.0)
    assert not look.is_alive()


def test_a_settings_file_may_appear_while_the_show_runs(tmp_path, monkeypatch):
    path = tmp_path / "settings.toml"
    monkeypatch.setattr(module, "default_path", lambda: path)
    file = SettingsFile(None, {})
    assert file.changed() is None
    path.write_text("seed = 5")
    assert file.changed().seed == 5


def test_what_changes_live_are_settings():
    assert set(Settings.model_fields) >= LIVE


def test_colours_of_the_look_are_checked_in_words():
    for name in ("tint", "outline", "shadow_colour"):
        assert getattr(load(None, {f"look.{name}": "navy"}).look, name) == "navy"
        with pytest.raises(UserError, match=rf"look\.{name}: .*'redd' is no colour; write red"):
            load(None, {f"look.{name}": "redd"})
    assert load(None, {"look.outline": "off"}).look.outline == "off"
    with pytest.raises(UserError, match="'off' is no colour"):
        load(None, {"look.tint": "off"})


def test_what_is_behind_everybody_is_checked_by_who_knows_it():
    with pytest.raises(UserError, match="flag --background: no room"):
        load(None, {"background": "room.png"}, {"background": _no_room})
    assert load(None, {"background": "room.png"}).background == "room.png"


def _no_room(what):
    raise UserError(f"no {what.removesuffix('.png')}")
