"""The JSON twin: what a program writes is the same script as text, and comes back from both."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from vtuber.script import statements as records
from vtuber.script.parse import parse
from vtuber.script.statements import Script

NAMES = st.sampled_from(["Mika", "美佳", "Juno-2", "loop", "end", "label_1"])
WHO = st.one_of(st.just(""), st.sampled_from(["Mika", "Juno"]))
SIGNS = ["<3>", "＜0.5＞", "\\", "[", "]", "【", "(", ")", ":", "：", ",", '"', "#", "@", "=", "!"]
TEXT = st.lists(st.sampled_from(["a", "b ", " é", "笨", *SIGNS]), min_size=1, max_size=8).map(
    "".join
)
LINE = TEXT.map(lambda text: " ".join(text.split())).filter(bool)
NUMBER = st.floats(-1e6, 1e6, allow_nan=False).map(lambda x: round(x, 6) + 0.0)
SECONDS = st.floats(0, 1e4).map(lambda x: round(x, 6) + 0.0)
FILES = st.sampled_from(["a.png", "sub/take 2.wav", "笨.jsonl", "C:\\me\\a.b"])

CUES = st.builds(records.Cue, cue=st.sampled_from(["nod", "look left", "outfit hoodie over 0.4"]))
PAUSES = st.builds(records.Pause, pause=st.floats(0, 10).map(lambda x: round(x, 3)))
DIRECTIONS = st.one_of(
    st.builds(
        records.Direction,
        word=st.sampled_from(["happy", "very happy", "fast"]),
        amount=st.one_of(st.none(), NUMBER.map(abs)),
    ),
    st.builds(records.Direction, word=FILES.map(lambda file: f"sound {file}")),
)


def is_plain(parts: tuple) -> bool:
    """Tell whether no two texts stand beside each other, which a line cannot tell from one."""
    return not any(isinstance(a, str) and isinstance(b, str) for a, b in itertools.pairwise(parts))


PARTS = st.lists(st.one_of(LINE, PAUSES, CUES), min_size=1, max_size=5).map(tuple).filter(is_plain)
SIMPLE = st.one_of(
    st.builds(records.Title, text=LINE),
    st.builds(records.Cast, name=NAMES, options=st.dictionaries(
        st.sampled_from(["avatar", "voice", "x", "seed"]), FILES, max_size=2)),
    st.builds(records.Seed, seed=st.integers(0, 2**32 - 1)),
    st.builds(records.Track, who=WHO, path=FILES),
    st.builds(records.Track, path=st.just("off")),
    st.builds(records.Say, who=st.sampled_from(["Mika", "美佳"]), parts=PARTS,
              directions=st.lists(DIRECTIONS, max_size=2).map(tuple)),
    st.builds(records.Order, command=st.sampled_from(
        ["outfit school", "Mika zoom to 1.2 over 0.5", "background a b.png", "key F2"])),
    st.builds(records.SetPose, who=WHO, over_s=SECONDS, hold_s=st.one_of(st.none(), SECONDS),
              values=st.dictionaries(st.sampled_from(["headYaw", "jawOpen"]), NUMBER, min_size=1)),
    st.builds(records.Camera, zoom=st.floats(0.1, 20).map(lambda x: round(x, 4)),
              move=st.one_of(st.none(), st.tuples(NUMBER, NUMBER)),
              rotate=st.one_of(st.none(), NUMBER),
              resets=st.booleans(), over_s=st.one_of(st.none(), SECONDS)),
    st.builds(records.Wait, until=st.sampled_from(["seconds", "time"]), seconds=SECONDS),
    st.builds(records.Wait, until=st.sampled_from(["voice", "track"])),
    st.builds(records.Wait, until=st.just("event"), name=st.sampled_from(["go", "head pat"])),
    st.builds(records.Wait, until=st.just("key"), name=st.sampled_from(["F2", "a"])),
    st.builds(records.Label, name=NAMES),
    st.builds(records.Goto, label=NAMES),
)  # fmt: skip


def blocks(inner: st.SearchStrategy) -> st.SearchStrategy:
    body = st.lists(inner, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.builds(records.Par, body=body),
        st.builds(records.Seq, body=body),
        st.builds(records.Loop, times=st.one_of(st.none(), st.integers(0, 9)), body=body),
        st.builds(records.If, condition=st.just("plays > 3 and not chance < 0.5"), then=body,
                  otherwise=st.one_of(st.just(()), body)),
        st.builds(records.On, what=st.just("event"), name=st.just("head pat"), body=body),
    )  # fmt: skip


SCRIPTS = st.builds(
    Script,
    statements=st.lists(st.recursive(SIMPLE, blocks, max_leaves=4), max_size=5).map(tuple),
)


@settings(max_examples=50, deadline=None)
@given(SCRIPTS)
def test_every_script_comes_back_from_its_text_and_from_its_json(script: Script):
    again, faults = parse(script.to_text())
    assert not faults, (script.to_text(), [str(fault) for fault in faults])
    assert again.model_dump() == script.model_dump(), script.to_text()
    assert Script.model_validate_json(script.to_json()).model_dump() == script.model_dump()


PLACES = [
    lambda text: {"do": "title", "text": text},
    lambda text: {"do": "cast", "name": "Mika", "options": {"voice": text}},
    lambda text: {"do": "set", "who": text, "values": {"headYaw": 1}},
    lambda text: {"do": "say", "who": "Mika", "parts": [text]},
    lambda text: {"do": "say", "who": "Mika", "parts": [{"cue": text}]},
    lambda text: {"do": "say", "who": "Mika", "directions": [{"word": f"sound {text}"}],
                  "parts": ["a"]},
    lambda text: {"do": "wait", "until": "event", "name": text},
    lambda text: {"do": "on", "what": "key", "name": text, "body": [{"do": "label", "name": "a"}]},
]  # fmt: skip
ENDS = ("\n", "\r", "\v", "\f", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("end", [*ENDS, '"', "]"])
def test_what_no_line_can_hold_is_refused_or_written_so_that_it_comes_back(place, end: str):
    try:
        script = Script.model_validate({"statements": [place(f"a{end}label x:")]})
    except ValidationError:
        return
    assert end not in ENDS
    again, faults = parse(script.to_text())
    assert not faults, [str(fault) for fault in faults]
    assert again.model_dump() == script.model_dump(), script.to_text()


def test_what_no_line_can_hold_is_said_in_words():
    _, faults = parse('on event “a"b”: @outfit x', "a.puppet")
    said = "a.puppet:1:1: name: holds a sign that no script can have there, not 'a\"b'"
    assert [str(fault) for fault in faults] == [said]


def test_the_schema_has_every_statement_with_its_docs_and_its_word():
    schema = Script.json_schema()
    found = schema["$defs"]
    words = {
        kind["properties"]["do"]["const"]
        for kind in found.values()
        if "do" in kind.get("properties", {})
    }
    assert {"track", "wait", "say", "set", "if", "on"} <= words
    assert "recording of faces" in found["Track"]["description"]
    assert set(found["Wait"]["properties"]["until"]["enum"]) >= {"time", "track"}
