from dataclasses import dataclass

import pytest

from vtuber.core.errors import UserError
from vtuber.core.ports import VoiceContext
from vtuber.voice.chain import open_first


@dataclass
class Engine:
    name: str
    fault: str = ""
    odd: str = ""

    def make(self, *context):
        if self.odd:
            raise UserError(self.odd)
        return self

    def open(self):
        if self.fault:
            raise UserError(self.fault)


def test_the_first_that_works_speaks_and_one_sentence_says_why():
    chain = [Engine("a", "no model"), Engine("b", odd="rate=0"), Engine("c"), Engine("d")]
    opened = open_first(chain, VoiceContext())
    assert opened.voice.name == "c"
    assert opened.why == (
        "the voice is c, because a cannot speak: no model; b cannot speak: rate=0"
    )


def test_who_was_asked_for_and_works_needs_no_reason():
    assert open_first([Engine("a"), Engine("b")], VoiceContext()).why == "the voice is a"


def test_where_none_works_all_reasons_are_said():
    with pytest.raises(UserError, match="a cannot speak: no; b cannot speak: nor I"):
        open_first([Engine("a", "no"), Engine("b", "nor I")], VoiceContext())
