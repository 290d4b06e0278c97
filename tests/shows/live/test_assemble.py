"""Everything that is wrong is told at once, before anything opens; at a start and while it runs."""

import os
from pathlib import Path

import pytest

from vtuber.core.errors import UserError
from vtuber.settings import SettingsFile
from vtuber.shows.live.assemble import CHECKS, Wishes, assemble
from vtuber.shows.plays.casting import Play, read_play


def refusal(wishes: Wishes, play: Play | None = None) -> str:
    with pytest.raises(UserError) as caught:
        assemble(wishes, pytest.fail, pytest.fail, play=play)
    return str(caught.value)


BROKEN = """
avatar = "nobody"
size = "big"
background = "redd"
outputs = ["web:prot=1", "null:fps=0", "record", "web:port=70000", "{x}"]
[camera]
device = "webcam"
fourcc = "MJPEG"
"""
FAULTS = (
    "setting avatar: no avatar called 'nobody'",
    "setting size is 'big': give",
    "setting background: the background 'redd' is not there",
    "setting outputs: output web: no option 'prot'; did you mean port?",
    "output null: fps=0; give 1 to 240",
    "output record: the recorder has no file",
    "output web: port=70000 does not exist",
    "no output called '{x}'",
    "setting camera.device: no camera called 'webcam'",
    "setting camera.fourcc: fourcc is 'MJPEG'; give four letters",
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "settings.toml"
    path.write_text(BROKEN)
    return path


def test_every_fault_of_a_settings_file_and_of_the_flags_is_told_at_once(path: Path) -> None:
    flags = {"fps": "x"}
    said = refusal(Wishes(flags, path, video="a.mp4:lop=1", record="film.avi"))
    for part in (
        *FAULTS,
        "flag --fps is 'x'",
        "output record: cannot record to film.avi",
        "capture video: no option 'lop'",
    ):
        assert part in said


def test_what_flags_ask_for_is_called_by_the_flag(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("")
    flags = {"outputs": ("nul", "web:prot=1"), "camera.device": "webcam", "avatar": "nobody"}
    said = refusal(Wishes(flags, path))
    assert "flag --output: no output called 'nul'; did you mean null?; output web: no op" in said
    assert "flag --camera: no camera called 'webcam'; give" in said
    assert "flag --avatar: no avatar called 'nobody'" in said


@pytest.mark.parametrize("line", ["outputs = ['nul']", "outputs = ['record']", "avatar = 'nobody'"])
def test_a_running_show_refuses_the_settings_that_a_start_refuses(
    line: str, tmp_path: Path
) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("mirror = true")
    os.utime(path, ns=(1, 1))
    file = SettingsFile(path, {}, CHECKS)
    path.write_text(line)
    with pytest.raises(UserError) as live:
        file.changed()
    assert str(live.value) == refusal(Wishes({}, path))


def test_faces_are_not_recorded_over_the_film_that_they_come_from(tmp_path: Path) -> None:
    film, link = tmp_path / "me.mp4", tmp_path / "link"
    film.write_bytes(b"a film")
    link.symlink_to(film)
    for name in (film, link):
        wishes = Wishes({}, video=f"{film}:loop=1", record_faces=name)
        assert f"{film} is the video; name another file" in refusal(wishes)


def test_the_film_and_the_faces_of_a_show_are_two_files(tmp_path: Path) -> None:
    film = tmp_path / "me.mp4"
    wishes = Wishes({}, record=str(film), record_faces=tmp_path / "." / "x" / ".." / "me.mp4")
    assert f"both name {film}; give each its own file" in refusal(wishes)


def test_a_script_is_not_recorded_over_what_the_show_plays(tmp_path: Path, bundle: Path) -> None:
    show, intro, faces = (tmp_path / name for name in ("a.puppet", "b.puppet", "c.faces.jsonl"))
    show.write_text('@include "b.puppet"')
    intro.write_text(f'@cast Bo avatar="{bundle}"\nBo: Hi.')
    faces.write_text("")
    play = read_play(show)
    for path in (show, intro):
        wishes = Wishes({}, record_script=tmp_path / "x" / ".." / path.name)
        (tmp_path / "x").mkdir(exist_ok=True)
        assert f"{path.name} is what the show plays; name another file" in refusal(wishes, play)
    wishes = Wishes({}, replay=str(faces), record_script=tmp_path / "c.puppet")
    assert f"{faces} is what the show plays; name another file" in refusal(wishes)


def test_the_faces_beside_a_script_and_those_of_a_recording_are_two_files(tmp_path: Path) -> None:
    faces = tmp_path / "me.faces.jsonl"
    wishes = Wishes({}, record_faces=faces, record_script=tmp_path / "." / "me.puppet")
    assert f"--record-script writes {faces}, too; name another file" in refusal(wishes)


def test_what_a_killed_show_has_left_of_a_recording_is_named(tmp_path: Path) -> None:
    (tmp_path / "me.jsonl.part").write_text("")
    said = refusal(Wishes({}, replay=str(tmp_path / "me.jsonl")))
    assert f"{tmp_path}/me.jsonl.part is there: its show was killed; --replay that one" in said
