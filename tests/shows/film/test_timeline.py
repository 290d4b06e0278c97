"""When everything of a film happens, as data and as a picture; and a film by one call."""

from __future__ import annotations

import json
import warnings
from dataclasses import replace
from fractions import Fraction
from math import nan
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import vtuber
from tests.shows.film.films import FPS, SMALL, decoded, script
from vtuber.core.errors import UserError
from vtuber.shows.film.render import rehearsed, render
from vtuber.shows.film.timeline import write_timeline
from vtuber.shows.plays.casting import read_play

TEXT = '@cast Mika avatar="{}" voice=silent\nlabel one:\nMika: Hello [nod] you\n@camera zoom 1.2'


def test_every_cue_and_every_word_has_its_time(bundle: Path, tmp_path: Path):
    rehearsal = rehearsed(read_play(script(tmp_path, TEXT.format(bundle))), SMALL)
    write_timeline(rehearsal, tmp_path / "a.json")
    told = json.loads((tmp_path / "a.json").read_text("utf-8"))
    words = {word["word"]: word["from_s"] for word in told["words"]}
    cues = {cue["what"]: cue["at_s"] for cue in told["cues"]}
    assert words["Hello"] == pytest.approx(0.12, abs=0.001)
    assert cues["nod"] == pytest.approx(words["you"], abs=0.001)
    assert list(cues) == ["one", "nod", "@camera zoom to 1.2"]
    assert told["lines"][0]["text"] == "Hello you"
    assert told["cues"][1]["place"].endswith("show.puppet:3:13")
    write_timeline(rehearsal, tmp_path / "a.svg")
    assert {"Hello", "you", "nod", "Mika", "one"} <= shown(tmp_path / "a.svg")
    with pytest.raises(UserError, match=r"must end in \.json or \.svg"):
        write_timeline(rehearsal, tmp_path / "a.txt")


def shown(path: Path) -> set[str]:
    """Give the texts of a picture."""
    texts = ET.parse(path).iter("{http://www.w3.org/2000/svg}text")
    return {"".join(text.itertext()) for text in texts}


def test_the_picture_shows_every_text_as_it_is_written(bundle: Path, tmp_path: Path):
    text = f'@cast 美佳 avatar="{bundle}" voice=silent\n@event "$^$"\n美佳: 大家好 [event 早上_好]'
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        rehearsal = rehearsed(read_play(script(tmp_path, text)), SMALL)
        write_timeline(rehearsal, tmp_path / "a.svg")
    said = {"美佳", "大家好", "event $^$", "event 早上_好"}
    assert said <= shown(tmp_path / "a.svg"), shown(tmp_path / "a.svg")


@pytest.mark.parametrize("wish", [{"fps": Fraction(1, 2)}, {"seconds": 1e9}, {"seconds": nan}])
def test_a_timeline_has_the_limits_of_a_film(bundle: Path, tmp_path: Path, wish: dict):
    play = read_play(script(tmp_path, TEXT.format(bundle)))
    with pytest.raises(UserError, match="a film"):
        rehearsed(play, replace(SMALL, **wish))


def test_a_film_and_its_timeline_are_rehearsed_once(bundle: Path, tmp_path: Path):
    told = []
    play = read_play(script(tmp_path, TEXT.format(bundle)))
    film = render(play, replace(SMALL, path=tmp_path / "a.mp4"), known=told.append)
    assert film.is_file()
    assert [cued.what for cued in told[0].cued if cued.kind == "gesture"] == ["nod"]


def test_a_program_renders_a_clip_without_a_guard_and_it_is_the_same(bundle: Path, tmp_path: Path):
    text = TEXT.format(bundle)
    made = vtuber.Script.from_text(text)
    first = vtuber.perform(made, tmp_path / "a.mp4", (160, 90), fps=FPS)
    again = vtuber.perform(script(tmp_path, text), tmp_path / "b.mp4", (160, 90), fps=FPS)
    assert first == tmp_path / "a.mp4"
    assert decoded(first) == decoded(again)
