"""The meaning of a script: unknown names and scripts without an end are found before the show."""

import pytest

from vtuber.core.command import SetExpression, SetParameter
from vtuber.script.catalogue import Catalogue, Role
from vtuber.script.check import cast_of, check
from vtuber.script.ending import may_not_end
from vtuber.script.gestures import FILE, read_gestures
from vtuber.script.load import load
from vtuber.script.parse import parse

MIKA = Role("Miro", ("joy", "laugh"), ("school", "home"), ("hat",))
CATALOGUE = Catalogue(
    {"Mika": MIKA, "Ren": Role("Rowan")}, read_gestures(FILE), {"happy": "joy", "calm": ""}
)


def faults_of(text: str) -> list[str]:
    script, faults = parse(text, "a.puppet")
    assert not faults, [str(fault) for fault in faults]
    return [str(fault) for fault in check(script, CATALOGUE)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Mka: Hi", "a.puppet:1:1: nobody is called 'Mka'; did you mean Mika?"),
        ("Title: My show", "1:1: nobody is called 'Title'; did you mean @title TEXT?"),
        ("Mika: Hi [nodd]", "a.puppet:1:10: no gesture 'nodd'; did you mean 'nod'?"),
        ("Mika: Hi [joi]", "1:10: no gesture 'joi'; did you mean 'joy'?"),
        ("Mika (hapy): Hi", "1:7: no direction 'hapy'; did you mean 'happy'?"),
        ("Mika (happy 8): Hi", "1:7: happy takes an amount from 0 to 1, not 8"),
        ("Mika (speed): Hi", "speed takes a factor from 0.5 to 2: speed 1.2"),
        ("@outfit scool", "Miro has no outfit called 'scool'; did you mean school?"),
        ("@Ren outfit school", "Rowan has no outfit called 'school'"),
        ("@toggle cap", "Miro has no toggle called 'cap'"),
        ("@expression joi", "Miro has no expression called 'joi'; did you mean joy?"),
        ("@expression blushes on", "Miro has no expression called 'blushes'"),
        ("@set headYa=3", "no pose parameter called 'headYa'; did you mean headYaw?"),
        ("@set headYa 3", "no pose parameter called 'headYa'; did you mean headYaw?"),
        ("@Nobody set headYaw 3", "no command called 'Nobody'"),
        (
            "@dance",
            "no command called 'dance'; did you mean range? Else choose one of: avatar",
        ),
        ("@quit", "a script ends at its last line"),
        ("@say hello", "what is said is written: NAME: hello"),
        ("goto intro", "no label 'intro'; there is: none"),
        ("label intro:\ngoto intra", "2:1: no label 'intra'; did you mean 'intro'?"),
        ("label a:\nlabel a:", "2:1: there is a label 'a' in line 1 already"),
        ("@par\nlabel a:\n@end", "2:1: a label stands outside of all blocks"),
        ("if plays intro > 1: @outfit home", "1:1: no label 'intro'"),
        ("@cast Mika\n@cast Mika", "2:1: 'Mika' is cast already; choose another name"),
        ("@cast end", "'end' is a word of the language; choose another name"),
        ("@cast Mika avatr=default", "@cast has no option 'avatr'; did you mean avatar?"),
        ("@cast Mika x=left", "x takes a number from -2 to 2, not 'left'"),
        ("@cast Mika zoom=nan", "zoom takes a number from 0.1 to 10, not 'nan'"),
        ("@all expression jo on", "Miro has no expression called 'jo'"),
        ("loop\n@outfit home\nend", "1:1: this loop never ends and takes no time"),
        ("loop\nMika: [nod] <0>\nend", "1:1: this loop never ends and takes no time"),
    ],
)
def test_a_fault_is_said_with_its_place_and_what_was_meant(text, said):
    assert any(said in fault for fault in faults_of(text)), faults_of(text)


def test_every_fault_is_said_at_once():
    found = faults_of("Mka: Hi\nMika (hapy): a [nodd] b [joi]\n@outfit scool")
    assert [fault.split(":")[1:3] for fault in found] == [
        ["1", "1"], ["2", "7"], ["2", "16"], ["2", "25"], ["3", "1"]
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Mika (happy 0.8, fast): Hello [nod] you [joy] there [laugh 0.5] <0.2> [outfit home]",
        "@Ren set headYaw=3 over 1 hold 1",
        "on event go: @key F2\nMika (urgent): Look [event go] out [background black] there",
        "@all hide on",
        "@all expression blush on",
        "@expression blush on fade 0.3\n@expression joy on\n@expression joy off over 1",
        "label a:\nif plays a < 3: goto a",
        "loop\nMika: a\nend",
        "loop\nMika: [nod] <0.1>\nend",
        "@cast Mika avatar=default voice=bundled x=0.3",
    ],
)
def test_what_is_right_has_no_fault(text):
    assert faults_of(text) == []


def test_an_effect_comes_and_goes_beside_the_expression():
    assert CATALOGUE.order("expression blush on fade 0.3") == SetParameter(
        "blush", 1.0, 0.3, performer="Mika"
    )
    assert CATALOGUE.order("Ren expression blush off") == SetParameter("blush", performer="Ren")
    assert CATALOGUE.order("Mika expression joy off") == SetExpression("neutral", performer="Mika")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("loop 3\n@wait 1\nend", ""),
        ("goto b\nlabel b:", ""),
        ("\nloop\n@wait 1\nend", "the loop of line 2 has no end"),
        ("label a:\nif chance < 0.3: goto a", "the goto of line 2 goes back"),
        ("label a:\nif plays < 3: goto a", ""),
        ("label a:\n@wait 1\nif plays a <= 3 and seconds < 9:\n@par\ngoto a\n@end\nend", ""),
        ("label a:\nlabel b:\nif plays < 3: goto a", "the goto of line 3 goes back"),
        ("label a:\nif plays a < 3 or plays > 5: goto a", "the goto of line 2 goes back"),
        ("label a:\nif not plays a < 3: goto a", "the goto of line 2 goes back"),
        ("label a:\non event b: if plays < 3: goto a\n@event b", "the goto of line 2 goes back"),
        ("on key F2: @wait key F3", ""),
        ("on key F2: @wait key F3\n@key F2", "line 1 waits for the key 'F3'"),
        ("@par\n@wait event go\nMika: a [event go] b\n@end", ""),
        ("on event a: @event b\non event b: @event a", ""),
        ("on event a: @event b\non event b: @event a\n@event a", "on event 'a', line 1, brings"),
        ("on event x: goto b\nlabel b:\n@event x", "the goto of line 1 goes back"),
        ("on event x: goto b\n@event x\nlabel b:", ""),
        ("on event x: goto b\non event y: @event x\nlabel b:\n@event y", "the goto of line 1"),
        ("on event a: on event b: @event a\n@event a", ""),
        ("on event a:\non event b: @event a\n@event b\nend\n@event a", "on event 'a', line 1"),
        ("@par\n@wait key F2\n@key f2\n@end", ""),
        ("@par\n@wait event go\n@end", "line 2 waits for the event 'go'"),
    ],
)
def test_a_script_that_may_not_end_is_known(text, why):
    assert may_not_end(parse(text)[0]).startswith(why)
    assert bool(why) == bool(may_not_end(parse(text)[0]))


def test_how_long_reactions_bring_each_other_about_is_found_out_at_once():
    lines = [f"on event e{n}: Mika: [event e{n + 1}]" for n in range(600) for _ in "ab"]
    text = "\n".join([*lines, "@event e0"])
    assert may_not_end(parse(text)[0]) == ""
    assert "brings itself about" in may_not_end(parse(f"{text}\non event e600: @event e0")[0])


def test_who_speaks_first_plays_when_nobody_is_cast():
    assert cast_of(parse("Ren: Hi\nMika: Hi")[0]) == {"Ren": {}}
    assert cast_of(parse("@cast Mika voice=silent\nRen: Hi")[0]) == {"Mika": {"voice": "silent"}}


def test_an_included_file_stands_where_it_is_included(tmp_path):
    (tmp_path / "more").mkdir()
    (tmp_path / "a.puppet").write_text("@wait 1\nloop 2\n@include more/b.puppet\nend\n@wait 3")
    (tmp_path / "more" / "b.puppet").write_text("@wait 2\n@wait x")
    script, faults = load(tmp_path / "a.puppet")
    assert [s.seconds for s in script.walk() if hasattr(s, "seconds")] == [1, 2, 3]
    assert [str(f).endswith("more/b.puppet:2:7: " + f.what) for f in faults] == [True]


def test_files_include_neither_themselves_nor_what_lies_elsewhere(tmp_path):
    (tmp_path / "a.puppet").write_text("@include b.puppet\n@include ../c.puppet\n@include d.puppet")
    (tmp_path / "b.puppet").write_text("@include a.puppet")
    said = [str(fault) for fault in load(tmp_path / "a.puppet")[1]]
    assert any("a.puppet includes itself" in s for s in said)
    assert any("../c.puppet lies outside of the script's folder" in s for s in said)
    assert any("d.puppet: No such file" in s for s in said)


def test_the_json_twin_loads_too(tmp_path):
    script, _ = parse("Mika: Hello [nod]\nloop 2\n@wait 1\nend")
    (tmp_path / "a.json").write_text(script.model_dump_json())
    assert load(tmp_path / "a.json")[0].model_dump() == script.model_dump()
