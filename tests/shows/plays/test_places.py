"""Files that a script names lie in its folder, wherever the program was started."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from vtuber.core.errors import UserError
from vtuber.core.look import SetBackground
from vtuber.shows.plays.casting import FaultyScript, read_play
from vtuber.shows.plays.places import Places

FACE = '{"frame":0,"t_s":0.0,"found":true,"pose":{"jawOpen":0.5}}\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a script's folder with one file of each kind; the program was started elsewhere."""
    place = tmp_path / "show"
    (place / "parts").mkdir(parents=True)
    Image.new("RGB", (64, 36), (200, 30, 30)).save(place / "studio.png")
    Image.new("RGBA", (32, 32), (30, 30, 200, 255)).save(place / "mug.png")
    (place / "take.jsonl").write_text(FACE)
    (place / "parts" / "more.puppet").write_text("@background studio.png\n")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    monkeypatch.setenv("VTUBER_ITEMS", str(elsewhere))
    return place


def faults(folder: Path, bundle: Path, text: str) -> list[str]:
    """Give the faults of a script whose second line is the text's first."""
    path = folder / "a.puppet"
    path.write_text(f'@cast Mika avatar="{bundle}" voice=wav:parts\n{text}', "utf-8")
    try:
        read_play(path)
    except FaultyScript as error:
        return [str(fault).removeprefix(f"{path}:") for fault in error.faults]
    return []


def test_every_kind_of_file_is_found_beside_the_script(folder: Path, bundle: Path):
    text = """\
@background studio.png
@item mug show mug.png at hand
@track take.jsonl
@include parts/more.puppet
Mika: [background studio.png] <0.1> [item mug show mug.png]
"""
    assert faults(folder, bundle, text) == []
    play = read_play(folder / "a.puppet")
    assert play.catalogue.order("background studio.png") == SetBackground(
        str(folder / "studio.png")
    )
    assert play.parts[0].voice == f"wav:path={folder / 'parts'}"
    assert [face.sequence for face in play.catalogue.faces("take.jsonl", 1)] == [0]


def test_the_working_directory_does_not_count_and_names_and_colours_are_no_paths(
    folder: Path, bundle: Path
):
    Image.new("RGB", (8, 8)).save("here.png")
    (fault,) = faults(folder, bundle, "@background here.png")
    assert fault.startswith("2:1: the background ")
    assert "is not there" in fault
    assert faults(folder, bundle, "@background navy\n@background transparent\n@avatar juno") == []
    Image.new("RGBA", (8, 8)).save("hat.png")  # the user's folder of items, in these tests
    assert faults(folder, bundle, "@item hat show hat.png") == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("@item mug show broken.png", "2:1: the picture"),
        ("@background broken.png", "2:1: "),
        ("@avatar ./nobody", "2:1: no avatar called"),
        ("@track broken.png", "2:1: "),
        ("@track none.jsonl", "2:1: no recording of faces at"),
        ("@track killed.jsonl", "killed.jsonl.part is: its show was killed; rename it"),
        ('Mika (sound "none.wav"): Hi', "2:7: no sound at"),
        ('Mika (sound "/dev/zero"): Hi', "2:7: no sound at /dev/zero"),
        ("Mika (sound broken.png): Hi", "2:7: "),
        ("Mika (sound): Hi", '2:7: name the file: (sound "hello.wav")'),
        ("@cast Bo avatar=BUNDLE voice=wav:nowhere", "2:1: no folder or sound at"),
        ("@cast Bo avatar=BUNDLE voice=loud", "2:1: no voice called 'loud'"),
    ],
)
def test_a_check_opens_what_a_script_names(folder: Path, bundle: Path, text: str, why: str):
    (folder / "broken.png").write_bytes(b"no picture")
    (folder / "killed.jsonl.part").write_text(FACE)
    (fault,) = faults(folder, bundle, text.replace("BUNDLE", f'"{bundle}"'))
    assert why in fault


def test_a_script_without_a_file_counts_from_the_working_directory():
    assert Places().path("a.png") == "a.png"
    with pytest.raises(UserError, match="no recording of faces at none"):
        Places().check_track("none.jsonl")


def test_what_a_script_names_a_thousand_times_is_opened_once(folder: Path, bundle: Path):
    places = Places(folder)
    places.check_track("take.jsonl")
    places.check(SetBackground(str(folder / "studio.png")))
    (folder / "take.jsonl").unlink()
    (folder / "studio.png").unlink()
    places.check_track("take.jsonl")
    places.check(SetBackground(str(folder / "studio.png")))


def test_the_files_of_a_play_are_known_with_their_states(folder: Path, bundle: Path):
    text = "@background studio.png\n@track take.jsonl\n@item mug show mug.png\n@background navy"
    assert faults(folder, bundle, text) == []
    before = read_play(folder / "a.puppet").files
    assert [Path(name).name for name, _, _ in before] == ["mug.png", "studio.png", "take.jsonl"]
    (folder / "take.jsonl").write_text(FACE * 2)
    after = read_play(folder / "a.puppet").files
    assert before[:2] == after[:2]
    assert before[2] != after[2], "a film that was killed begins again"


@pytest.mark.parametrize("seed", ["1e999", "nan", "x"])
def test_a_seed_that_is_no_number_of_a_seed_is_a_fault(folder: Path, bundle: Path, seed: str):
    (folder / "a.puppet").write_text(f'@cast Mika avatar="{bundle}" seed={seed}\nMika: Hi')
    with pytest.raises(FaultyScript, match="seed takes a number from 0 to 1"):
        read_play(folder / "a.puppet")
