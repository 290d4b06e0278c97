"""The door for lines: rules that change meanwhile, and what is told of them."""

import os

import pytest

from vtuber.core.errors import UserError
from vtuber.core.speech import Line
from vtuber.voice.conduct.gate import ConductWish, Gate

WRITTEN = [0]


def write(path, words, policy="bleep"):
    path.write_text(f'policy = "{policy}"\n[[rule]]\nname = "oaths"\nwords = {words}\n', "utf-8")
    WRITTEN[0] += 1
    os.utime(path, ns=(WRITTEN[0], WRITTEN[0]))  # however coarse the disk's clock is


def test_rules_that_change_hold_from_the_next_look_on(tmp_path):
    path, said = tmp_path / "conduct.toml", []
    write(path, ["heck"])
    gate = Gate(ConductWish(path), said.append)
    line = Line("Oh, darn heck", performer="Mika")
    assert gate.judged(line, "Mika")[0].shown(line.text) == "Oh, darn ****"
    write(path, ["darn"])
    assert gate.judged(line, "Mika")[0].shown(line.text) == "Oh, darn ****"
    gate.look()
    gate.look()
    assert gate.judged(line, "Mika")[0].shown(line.text) == "Oh, **** heck"
    assert said.count("the conduct rules were read again") == 1
    gate.heed(ConductWish(path, "block"))
    gate.look()
    assert gate.judged(line, "Mika")[0].blocked_by == "oaths", "the settings' policy goes first"
    gate.heed(ConductWish(None))
    gate.look()
    assert not gate.judged(line, "Mika")[0].rules


def test_new_rules_have_read_what_waits_before_they_hold(tmp_path):
    path, asked = tmp_path / "conduct.toml", []
    write(path, ["heck"])
    gate = Gate(ConductWish(path))
    write(path, ["darn"])

    def waiting():
        asked.append(gate.judged(Line("heck"), "Mika")[0].rules)
        return ["Oh darn it"]

    gate.look(waiting)
    gate.look(waiting)
    assert asked == [("oaths",)], "the old ones still held"
    assert gate.judged(Line("Oh darn it"), "Mika")[0].rules


def test_a_file_with_a_fault_or_gone_for_a_moment_changes_nothing(tmp_path):
    path, said = tmp_path / "conduct.toml", []
    write(path, ["heck"], "block")
    gate = Gate(ConductWish(path), said.append)
    write(path, ["*"])
    gate.look()
    gate.look()
    assert [s for s in said if "have a fault, the old ones stay" in s] == said
    assert len(said) == 1
    path.unlink()
    gate.look()
    assert gate.judged(Line("heck"), "Mika")[0].blocked_by


def test_what_is_told_names_who_and_the_rule_and_the_word_only_if_wished(tmp_path):
    path = tmp_path / "conduct.toml"
    write(path, ["heck"])
    for tells, sentence in (
        (True, "conduct: oaths bleeps 'heck' of Mika"),
        (False, "conduct: oaths bleeps a word of Mika"),
    ):
        said = []
        Gate(ConductWish(path, tells_words=tells), said.append).judged(Line("Heck, heck"), "Mika")
        assert said == [sentence if not tells else sentence.replace("'heck'", "'Heck'")
                        .replace(" of", ", oaths bleeps 'heck' of")]  # fmt: skip
    write(path, ["heck"], "block")
    for tells in (True, False):
        said = []
        gate = Gate(ConductWish(path, tells_words=tells), said.append)
        assert gate.judged(Line("Oh heck"), "Mika", waits=True)[0].blocked_by
        assert said == ["conduct: oaths blocks a line of Mika" + (": 'Oh heck'" if tells else "")]


def test_faulty_rules_are_refused_at_the_start(tmp_path):
    write(tmp_path / "conduct.toml", ["*"])
    with pytest.raises(UserError, match="has no letter"):
        Gate(ConductWish(tmp_path / "conduct.toml"))
