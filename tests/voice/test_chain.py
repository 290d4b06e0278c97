from dataclasses import dataclass

import pytest

from vtuber.core.errors import UserError
from vtuber.core.ports import VoiceContext
from vtuber.voice.chain import Voices, open_first


@dataclass(frozen=True)
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


def test_each_performer_has_a_voice_of_their_own_and_the_others_the_usual_one():
    chains = {"": [Engine("a")], "Mika": [Engine("b")], "Rin": [Engine("c", "no"), Engine("a")]}
    voices = Voices(chains, VoiceContext())
    assert [voices.of(name).voice.name for name in ("Mika", "Rin", "Bo")] == ["b", "a", "a"]
    assert voices.introduced() == (
        "Mika: the voice is b; Rin: the voice is a, because c cannot speak: no"
    )


def test_performers_with_one_voice_share_it():
    voices = Voices(
        {"": [Engine("a")], "Mika": [Engine("b")], "Rin": [Engine("b")]}, VoiceContext()
    )
    assert voices.of("Mika") is voices.of("Rin")
    assert voices.introduced() == "the voice is b"
