"""The form of a script: what each line says, and every fault at once with its place."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vtuber.script import statements as records
from vtuber.script.parse import MAX_DEPTH, parse
from vtuber.script.write import write

WHOLE = """\
# every statement of the language
@title Weekly news: part 2
@cast Mika avatar=default voice=bundled
@cast 美佳 avatar=rowan voice="my voice" x=0.3
@seed 7
Mika (happy 0.8, fast): Hello [nod] and welcome! [look left] <0.4> [wink right]
Mika (sound "take 2.wav", happy): 1 <2> \\<3> 4
美佳（开心 0.5，fast）：你好【nod】大家好＜0.4＞
@expression blush on fade 0.3
@camera zoom 1.4 over 1.0 ease
@camera move 0.1 -0.2 rotate 3
@camera reset over 2
@set headYaw=10 over 0.5 hold 1
＠Mika set headYaw＝10 jawOpen=0.2
@Mika set headYaw 10 over 1
@wait 1.5
@wait voice
@wait key F2
@wait event "head pat"
@par
  Mika: I <3 you \\[really\\] 5 < 6
  @seq
    @wait 1
  @end
@end
loop 3
  loop
  end
end
label intro:
goto intro
if plays > 10: goto intro
if plays intro > 3 and not (chance < 0.5 or seconds >= 10):
  Mika: yes
else:
  Mika: no
end
on event "headpat": if plays > 2: Mika: Hehe! [blush]
on key F3:
  @expression joy
end
@include other.puppet
@track show.faces.jsonl
@Mika track off
@wait until 12.5
@wait track
"""


def read(text: str) -> list[records.AnyStatement]:
    script, faults = parse(text)
    assert not faults, "\n".join(map(str, faults))
    return list(script.statements)


def faults_of(text: str) -> list[str]:
    return [str(fault) for fault in parse(text, "a.puppet")[1]]


def test_what_is_written_is_read_as_the_same_script():
    script, faults = parse(WHOLE)
    assert not faults
    again, faults = parse(write(script))
    assert not faults
    assert again.model_dump() == script.model_dump()


def test_the_json_twin_is_the_same_script():
    script, _ = parse(WHOLE)
    twin = records.Script.model_validate_json(script.model_dump_json())
    assert twin.model_dump() == script.model_dump()
    assert '"at":' not in script.model_dump_json()


def test_a_spoken_line_has_directions_text_pauses_and_cues():
    (say,) = read("Mika (very happy 0.8, fast): Hello [look  left] you <0.4> there")
    assert isinstance(say, records.Say)
    assert [(d.word, d.amount) for d in say.directions] == [("very happy", 0.8), ("fast", None)]
    assert [p if isinstance(p, str) else p.model_dump() for p in say.parts] == [
        "Hello ", {"cue": "look left"}, " you ", {"pause": 0.4}, " there"
    ]  # fmt: skip


def test_full_width_signs_mean_what_half_width_ones_mean():
    wide, narrow = (
        read("美佳（fast，happy ０.５）：你好【nod】＜0.4＞。"),
        read("美佳(fast,happy 0.5):你好[nod]<0.4>。"),
    )
    assert wide[0].model_dump() == narrow[0].model_dump()
    assert read("＠set headYaw＝10")[0].model_dump() == read("@set headYaw=10")[0].model_dump()


def test_brackets_that_are_written_with_a_backslash_are_said():
    (say,) = read(r"Mika: a \[b\] 1 < 2 <3")
    assert isinstance(say, records.Say)
    assert say.parts == ("a [b] 1 < 2 <3",)


def test_cues_know_their_column():
    (say,) = read("  Mika: Hello [nod]")
    assert isinstance(say, records.Say)
    assert isinstance(say.parts[1], records.Cue)
    assert (say.parts[1].at.line, say.parts[1].at.column) == (1, 15)


def test_a_statement_behind_a_colon_is_a_block_of_one():
    inline, block = read("if plays > 1: goto x"), read("if plays > 1:\ngoto x\nend")
    assert inline[0].model_dump() == block[0].model_dump()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Hello world", "a.puppet:1:7: neither a statement nor a spoken line; what is said is"),
        ("Mika:", "1:6: nothing is said; write: NAME: TEXT"),
        ("Mika: hi [nod", "1:10: [ has no other half; to have it said, write \\["),
        ("Mika: nod] hi", "1:10: ] has no other half"),
        ("Mika: a []", "1:9: nothing stands between the brackets; e.g. [nod]"),
        ("@wait one", "1:7: cannot read 'one'; write: @wait SECONDS"),
        ("@wait 1,5", "1:8: a number has a point, no comma: 1.5"),
        ("if plays > 3 goto a", "1:14: a colon is missing before 'goto'; write: if"),
        ("on event pat Mika: Hehe", "1:14: a colon is missing before 'Mika:'; write: on"),
        ("\n  @wait", "2:8: the line ends too early; write: @wait SECONDS"),
        ("@seed 1.5", "1:7: 1.5 is no whole number"),
        ("@seed -1", "1:1: seed: input should be greater than or equal to 0, not '-1'"),
        ("@Mika track", "1:12: the line ends too early; write: @track FILE"),
        ("Mika (sound 2.wav): Hi", '1:15: write a file that is no plain word in quotes: (sound "'),
        ("@camera zoom 99", "1:1: zoom: input should be less than or equal to 20"),
        ("lop 3", "did you mean loop?"),
        ("loop x\nend", "1:6: cannot read 'x'; write: loop TIMES"),
        ("@set headYaw=abc", "headYaw takes a number, not 'abc'"),
        ("end", "1:1: nothing is open that could end here"),
        ("else:", "1:1: there is no if before this else"),
        ("if plays > 1:\nelse:\nelse:\nend", "3:1: there is no if before this else"),
        ("loop\nMika: x", "1:1: this loop has no end; write end behind its lines"),
        ("if plays >: goto x", "1:11: cannot read ':'; write: if plays > NUMBER"),
        ("if plays > 1: loop", "a loop of several lines cannot stand behind a colon"),
        ("if plays > 1: end", "end stands on a line of its own"),
        ("Mika: " + "x" * 3000, "longer than 2000 characters"),
        ("loop\n" * (MAX_DEPTH + 1) + "end\n" * (MAX_DEPTH + 1), "more than 32 blocks in blocks"),
    ],
)  # fmt: skip
def test_a_fault_says_where_it_is_and_what_was_meant(text, said):
    assert any(said in fault for fault in faults_of(text)), faults_of(text)


def test_every_fault_is_said_at_once_in_the_order_of_the_text():
    found = faults_of("@wait x\nMika: fine\nloop\n@seed z\nMika:")
    assert [fault.split(":")[1] for fault in found] == ["1", "3", "4", "5"]


WORDS = (
    "Mika, loop 3,end,if plays > 1:,@wait,1.5,@par,on event x:,label a:,goto a,[nod],<0.4>,"
    "@set a=1,over,else:,@camera zoom 2,\u3000,é,\0,Mika (happy 1): hi"
)
SCRAPS = st.sampled_from([*'@:：()[]<>=,#\\"“”\n\n\n ', *WORDS.split(",")])


@settings(max_examples=300, deadline=None)
@given(st.lists(SCRAPS, max_size=30).map("".join))
def test_any_text_gives_a_script_or_faults_and_what_was_read_survives_writing(text):
    script, _ = parse(text)
    again, faults = parse(write(script))
    assert not faults, (write(script), [str(f) for f in faults])
    assert again.model_dump() == script.model_dump()


def test_a_sound_is_a_direction_with_a_file():
    (bare, quoted) = read('Mika (sound a/b.wav, happy): Hi\nMika (sound "2 takes, b.wav"): Hi')
    assert isinstance(bare, records.Say)
    assert isinstance(quoted, records.Say)
    assert [d.word for d in bare.directions] == ["sound a/b.wav", "happy"]
    assert [d.word for d in quoted.directions] == ["sound 2 takes, b.wav"]


@pytest.mark.parametrize("opening", ["loop x", "@par x", "if plaes > 3:", "on evnt b:"])
def test_a_block_that_begins_wrong_has_one_fault_and_not_another_at_its_end(opening: str):
    assert len(faults_of(f"{opening}\n@wait 1\nend\n@wait 2")) == 1
