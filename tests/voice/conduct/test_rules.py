"""Files of conduct rules: what they may say, and every fault at once."""

import re
import textwrap
from pathlib import Path

import pytest

from vtuber.core.errors import UserError
from vtuber.voice.conduct import rules
from vtuber.voice.conduct.rules import Rule, read_rules

GOOD = """\
policy = "bleep"
allow = ["heckler"]
[[rule]]
name = "oaths"
words = ["heck*", "笨蛋"]
[[rule]]
name = "rivals"
policy = "replace"
with = "the others"
words = ["Gazette"]
[[rule]]
words = ["kill yourself"]
policy = "block"
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "conduct.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_file_is_read_and_the_shows_policy_goes_before_its_own(tmp_path):
    path = written(tmp_path, GOOD)
    found = read_rules(path)
    assert found.rules == (
        Rule("oaths", "bleep", ("heck*", "笨蛋")),
        Rule("rivals", "replace", ("Gazette",), "the others"),
        Rule("rule 3", "block", ("kill yourself",)),
    )
    assert found.allow == ("heckler",)
    assert [rule.policy for rule in read_rules(path, "block").rules] == [
        "block",
        "replace",
        "block",
    ]


def test_every_fault_is_told_at_once(tmp_path):
    path = written(
        tmp_path,
        """\
polciy = "bleep"
[[rule]]
name = "one"
policy = "beep"
words = ["*", "", "a*b*c*d*", 7, "---", "・", "･*", "$$", "c++", "go *"]
[[rule]]
name = "two"
policy = "replace"
words = "heck"
""",
    )
    with pytest.raises(UserError) as error:
        read_rules(path)
    said = str(error.value)
    for part in (
        "did you mean policy?", "one: policy is block, bleep or replace, not 'beep'",
        "one, word 1: '*' has no letter", "one, word 2: '' has no letter",
        "one, word 3: at most 3 stars", "one, word 4: 7 is no text",
        "one, word 5: '---' has no letter", "one, word 6: '・' has no letter",
        "one, word 7: '･*' has no letter", "one, word 8: '$$' has no letter",
        "one, word 9: 'c++' would find every 'c'", "one, word 10: 'go *' has no letter",
        "two: replace needs what is said instead", "two: words stand in a list",
    ):  # fmt: skip
        assert part in said, part


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("rule = 3", r"write each rule as \[\[rule\]\]"),
        ("[[rule]]\nname = 3", "name is a text"),
        ('[[rule]]\nwords = ["a"]\nwith = "[nod]"', "with is a text"),
        ("words = [", "are not TOML"),
        ('[[rule]]\nwords = ["' + "a" * 70 + '"]', "longer than 64 letters"),
        ("[[rule]]\nwords = [" + '"a",' * (rules.MOST_WORDS + 1) + "]", "at most 10,000 words"),
        ("#" * (rules.MOST_BYTES + 1), "larger than"),
    ],
)
def test_what_is_no_file_of_rules_is_refused(tmp_path, text, why):
    with pytest.raises(UserError, match=why):
        read_rules(written(tmp_path, text))


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UserError, match="cannot read the conduct rules"):
        read_rules(tmp_path / "none.toml")


def test_the_example_of_the_page_is_read(tmp_path):
    page = (Path(__file__).parents[3] / "docs" / "conduct.md").read_text("utf-8")
    (example,) = (block for block in re.findall(r"(?:^(?:    .*)?\n)+", page, re.MULTILINE)
                  if "# conduct.toml" in block)  # fmt: skip
    found = read_rules(written(tmp_path, textwrap.dedent(example)))
    assert [rule.policy for rule in found.rules] == ["bleep", "replace"]
    for bound in (f"{rules.MOST_WORDS:,} words", f"{rules.LONGEST_WORD} letters"):
        assert bound in page
