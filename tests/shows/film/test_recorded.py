"""The voices of a film: one line after the other, the urgent ones first."""

from __future__ import annotations

import numpy as np
import pytest

from vtuber.core.speech import SAMPLE_RATE_HZ, URGENT, Line, Utterance, Viseme, Word
from vtuber.shows.film.recorded import FADE, RecordedSpeech

S = 1_000_000_000


def spoken(line: Line) -> tuple[Utterance, ...]:
    """Say each word in half a second, with open lips."""
    words = line.text.split()
    half = SAMPLE_RATE_HZ // 2
    return tuple(
        Utterance(
            np.full(half, 0.5, np.float32),
            i / 2,
            (Viseme(i / 2, "aa"),),
            (Word(i / 2, i / 2 + 0.5, word),),
            is_last=i == len(words) - 1,
        )
        for i, word in enumerate(words)
    )


def starts(speech: RecordedSpeech) -> list[tuple[str, float]]:
    return [(said.line.text, round(said.start_ns / S, 4)) for said in speech.lines]


def openings(speech: RecordedSpeech, who: str, until_s: float) -> list[float]:
    """Give the moments at which a mouth is open."""
    seen = []
    for beat in range(round(until_s * 50)):
        mouth = speech.mouths(beat * S // 50).get(who)
        if mouth is not None and float(mouth.pose.values.max()) > 0.1:
            seen.append(beat / 50)
    return seen


def test_lines_follow_each_other_after_a_breath():
    speech = RecordedSpeech(spoken)
    speech.say(Line("a b"), 0)
    speech.say(Line("c"), 0)
    assert starts(speech) == [("a b", 0.12), ("c", 1.24)]
    assert speech.quiet_ns(0) == pytest.approx(1.74 * S)


def test_a_line_of_a_higher_priority_goes_before_what_waits_and_lets_end_what_is_heard():
    speech = RecordedSpeech(spoken)
    speech.say(Line("a b"), 0)
    waits = speech.say(Line("c", performer="Juno"), 0)
    speech.say(Line("d", priority=1, performer="Mika"), S // 2)
    assert starts(speech) == [("a b", 0.12), ("d", 1.24), ("c", 1.86)]
    assert waits.start_ns == pytest.approx(1.86 * S)
    assert openings(speech, "Juno", 3.0)[0] > 1.8, "its mouth waits, too"


def test_an_urgent_line_breaks_off_what_is_heard_with_a_fade_and_its_mouth_is_released():
    speech = RecordedSpeech(spoken)
    heard = speech.say(Line("a b c d", performer="Mika"), 0)
    behind = speech.say(Line("e", performer="Mika"), 0)
    speech.say(Line("f", priority=URGENT, performer="Juno"), S)
    assert heard.is_gone
    assert heard.end_ns == pytest.approx(S + FADE / SAMPLE_RATE_HZ * S)
    assert [word.text for word in heard.words] == ["a", "b"]
    assert starts(speech)[1:] == [("f", 1.14), ("e", 1.76)]
    assert not behind.is_gone
    sound = speech.sound(3.0)
    assert sound[SAMPLE_RATE_HZ - 1] == 0.5
    assert 0 < sound[SAMPLE_RATE_HZ + FADE // 2] < 0.5
    assert not sound[SAMPLE_RATE_HZ + FADE : SAMPLE_RATE_HZ + 6700].any()
    moving = openings(speech, "Mika", 3.0)
    assert not [t_s for t_s in moving if 1.2 < t_s < 1.6]
    assert [t_s for t_s in moving if t_s > 1.8]


def test_what_is_as_urgent_is_not_broken_off():
    speech = RecordedSpeech(spoken)
    first = speech.say(Line("a b", priority=URGENT), 0)
    speech.say(Line("c", priority=URGENT), S // 2)
    assert not first.is_gone
    assert starts(speech) == [("a b", 0.12), ("c", 1.24)]


def test_a_line_that_is_dropped_is_broken_off_or_never_said_and_the_next_comes_sooner():
    speech = RecordedSpeech(spoken)
    heard, waits, last = (speech.say(Line(text), 0) for text in ("a b", "c", "d"))
    speech.drop(waits, S // 2)
    assert starts(speech) == [("a b", 0.12), ("d", 1.24)]
    speech.drop(heard, S // 2)
    assert starts(speech) == [("a b", 0.12), ("d", 0.64)]
    assert heard.is_gone
    assert waits.is_gone
    assert not last.is_gone
    speech.drop(last, 9 * S)
    assert not last.is_gone, "it was heard to its end"
