"""The demo script uses all of the language, and no change of its text gives a traceback."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vtuber.core.errors import UserError
from vtuber.script import statements as records
from vtuber.script.catalogue import Catalogue, Role
from vtuber.script.check import check
from vtuber.script.ending import may_not_end
from vtuber.script.gestures import FILE, read_gestures
from vtuber.script.parse import parse
from vtuber.script.statements import Cue, Pause, Script

DEMO = Path(__file__).with_name("demo") / "demo.puppet"
LINES = DEMO.read_text("utf-8").splitlines()
CATALOGUE = Catalogue(
    dict.fromkeys(("Mika", "Juno"), Role("default", ("joy",), ("hoodie",), ("glasses",))),
    read_gestures(FILE),
)


def test_the_demo_has_every_statement_of_the_language():
    raw, faults = parse(DEMO.read_text("utf-8"))
    assert not faults
    used = {type(s) for s in raw.walk()} | {type(s) for s in Script.load(DEMO).walk()}
    assert used == set(get_args(get_args(records.AnyStatement)[0]))
    waits = {s.until for s in raw.walk() if isinstance(s, records.Wait)}
    assert waits >= {"seconds", "voice", "key", "event"}
    assert {s.what for s in raw.walk() if isinstance(s, records.On)} == {"key", "event"}
    ordered = " ".join(s.command for s in raw.walk() if isinstance(s, records.Order))
    assert all(word in ordered for word in ("item ", "outfit ", "background ", "expression "))
    whole = Script.load(DEMO)
    said = [s for s in whole.walk() if isinstance(s, records.Say)]
    cues = {part.cue for s in said for part in s.parts if isinstance(part, Cue)}
    assert set(read_gestures(FILE)) <= cues, "and every gesture"
    assert len({s.who for s in said}) > 1
    assert not may_not_end(whole), "its film needs no --seconds"
    parts = {type(part) for s in raw.walk() if isinstance(s, records.Say) for part in s.parts}
    assert parts == {str, Cue, Pause}


def test_a_script_is_the_same_from_its_text_and_from_its_json_twin(tmp_path: Path):
    script = Script.load(DEMO)
    twin = tmp_path / "demo.json"
    twin.write_text(script.to_json(), "utf-8")
    assert Script.load(twin).to_text() == script.to_text()
    assert Script.from_text(script.to_text()).to_json() == script.to_json()


@pytest.mark.parametrize("line", ['@wait key "F3<"', '@wait event "a b"', '@key "a b"'])
def test_a_name_of_any_signs_is_quoted(line: str):
    assert Script.from_text(line).to_text() == f"{line}\n"


def test_a_faulty_script_is_told_whole():
    with pytest.raises(UserError, match=r"news:1:5: .*\nnews:2:6: "):
        Script.from_text("goto\nloop x", "news")


def test_the_schema_names_every_statement():
    assert {"Say", "Wait", "Camera", "If"} <= set(Script.json_schema()["$defs"])


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_two_hundred_mutated_scripts_give_faults_and_no_traceback(data: st.DataObject):
    lines = list(LINES)
    places = st.integers(0, len(lines) - 1)
    for _ in range(data.draw(st.integers(1, 6))):
        one, other = data.draw(places), data.draw(places)
        match data.draw(st.sampled_from(["cut", "swap", "double", "change", "tear"])):
            case "cut":
                lines[one] = ""
            case "swap":
                lines[one], lines[other] = lines[other], lines[one]
            case "double":
                lines[one] += lines[other]
            case "tear":
                lines[one] = lines[one][: data.draw(st.integers(0, 40))]
            case "change":
                at = data.draw(st.integers(0, 60))
                lines[one] = lines[one][:at] + data.draw(st.text(max_size=3)) + lines[one][at + 1 :]
    script, faults = parse("\n".join(lines), "demo.puppet")
    for fault in [*faults, *check(script, CATALOGUE)]:
        assert str(fault).startswith("demo.puppet:")
        assert "\n" not in str(fault)
    assert "\n" not in may_not_end(script)
