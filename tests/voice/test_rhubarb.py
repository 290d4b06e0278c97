"""Mouths of Rhubarb Lip Sync. The files are ours, written as its README describes the formats."""

import json
import re
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from vtuber.animate.lipsync import MOUTH
from vtuber.animate.lipsync import SHAPES as LIPS
from vtuber.core.errors import UserError
from vtuber.core.ports import VoiceContext
from vtuber.core.speech import Line, Viseme, VisemeName
from vtuber.voice.chain import Voices
from vtuber.voice.ready import spread
from vtuber.voice.rhubarb import SHAPES, of_json, of_tsv

TSV = "0.00\tX\n0.10\tB\n0.18\tE\n0.30\tF\n0.42\tX\n0.50\tX\n"
CUES = [
    {"start": 0.00, "end": 0.10, "value": "X"},
    {"start": 0.10, "end": 0.18, "value": "B"},
    {"start": 0.18, "end": 0.30, "value": "E"},
    {"start": 0.30, "end": 0.42, "value": "F"},
    {"start": 0.42, "end": 0.50, "value": "X"},
]
JSON = {"metadata": {"soundFile": "so.wav", "duration": 0.5}, "mouthCues": CUES}


def test_both_formats_say_the_same():
    found = of_tsv(TSV, "so.tsv")
    assert found == of_json(JSON, "so.json")
    assert found[2] == Viseme(0.18, "oh", 0.75)
    assert found[-1] == Viseme(0.5, "sil", 0.0)


def test_mouths_are_as_far_open_beside_each_other_as_rhubarb_wants_them():
    assert set(SHAPES) == set("ABCDEFGHX")
    assert {viseme for viseme, _ in SHAPES.values()} <= set(get_args(VisemeName))
    jaw = MOUTH.index("jawOpen")
    opened = {m: float(LIPS[viseme][jaw]) * weight for m, (viseme, weight) in SHAPES.items()}
    assert opened["X"] == opened["A"] == 0
    assert opened["B"] < opened["E"] <= opened["C"] < opened["H"] < opened["D"]
    assert opened["F"] < opened["C"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("0.00\tX\n0.05 D\n", "so.tsv:2: a line is a time, a tab and a mouth"),
        ("0.00\tX\n\n0.05\tQ\n", "so.tsv:3: no mouth 'Q'; there is: A, B, C, D, E, F, G, H, X"),
        ("0.10\tX\n0.05\tD\n", "so.tsv:2: 0.05 s comes before the 0.1 s above it"),
        ("late\tX\n", "so.tsv:1: 'late' is no time from 0 to 3600 seconds"),
        ("nan\tX\n", "so.tsv:1: 'nan' is no time"),
        ("-1\tX\n", "so.tsv:1: '-1' is no time"),
        ("", "so.tsv holds no mouths"),
    ],
)
def test_a_fault_of_a_tsv_names_its_line(text, why):
    with pytest.raises(UserError) as error:
        of_tsv(text, "so.tsv")
    assert str(error.value).startswith(why)


@pytest.mark.parametrize(
    ("table", "why"),
    [
        ({"mouthCues": 3}, "so.json: mouthCues is no list"),
        ({"mouthCues": [3]}, "so.json: mouthCues is no list"),
        ({"mouthCues": []}, "so.json holds no mouths"),
        ({"mouthCues": [{"start": 0}]}, "so.json, mouth 1: no mouth None"),
        ({"mouthCues": [{"start": True, "value": "A"}]}, "so.json, mouth 1: True is no time"),
        ({"mouthCues": [{"start": 10**400, "value": "A"}]}, "so.json, mouth 1: 1000"),
        ({"mouthCues": [CUES[1], CUES[0]]}, "so.json, mouth 2: 0 s comes before the 0.1 s"),
    ],
)
def test_a_fault_of_a_json_names_its_mouth(table, why):
    with pytest.raises(UserError) as error:
        of_json(table, "so.json")
    assert str(error.value).startswith(why)


@pytest.mark.parametrize(("name", "text"), [("so.tsv", TSV), ("so.json", json.dumps(JSON))])
def test_a_line_with_a_sound_is_played_with_the_mouth_and_the_words_of_its_text(
    tmp_path, sound, name, text
):
    (tmp_path / name).write_text(text)
    voices = Voices({}, VoiceContext())
    line = Line("So,[pause 0.2]you", sound=str(sound(tmp_path / "so.wav")))
    (piece,) = voices.speak(line)
    assert [v.viseme for v in piece.visemes] == ["sil", "SS", "oh", "ou", "sil", "sil"]
    assert [w.text for w in piece.words] == ["So,", "you"]
    assert 0.09 < piece.words[0].t_s < piece.words[1].t_s < piece.words[1].end_s < 0.45
    assert len(piece.samples) == 24_000


@pytest.fixture
def sound():
    """Write half a second of which the middle is loud; give where."""
    import wave

    def write(path):
        samples = np.zeros(8_000, "<i2")
        samples[1_600:6_720] = 8_000
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(16_000)
            file.writeframes(samples.tobytes())
        return path

    return write


def test_words_are_spread_over_what_is_loud():
    assert spread("one two", np.zeros(480, np.float32)) == ()
    assert spread("  ", np.ones(480, np.float32)) == ()


def test_the_page_has_the_table():
    page = (Path(__file__).parents[2] / "docs" / "voice.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| `([A-HX])` \|.*\| `(\w+)`.* \|$", page, re.MULTILINE))
    assert rows == {mouth: viseme for mouth, (viseme, _) in SHAPES.items()}
