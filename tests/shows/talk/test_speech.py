"""Speech by a real process and a speaker without a device. Each process costs about 0.4 s."""

import multiprocessing
import os

import numpy as np
import pytest

from tests.shows.talk.candidates import WORD, Candidate
from tests.shows.talk.speaking import US, Show
from vtuber.core.command import parse_command
from vtuber.core.errors import UserError
from vtuber.core.speech import URGENT, Line
from vtuber.runtime.clock import ManualClock, SystemClock
from vtuber.settings import Settings, VoiceSettings
from vtuber.shows.talk import speech
from vtuber.shows.talk.liveline import LiveLine
from vtuber.shows.talk.speech import Speech


@pytest.fixture
def show(tmp_path, monkeypatch):
    """Give what makes a show; all are closed afterwards."""
    monkeypatch.setattr(speech, "LATE_S", 60.0)  # a busy machine loads for more than 2 s
    made = []

    def make(**settings):
        made.append(Show(tmp_path, **settings))
        return made[-1]

    yield make
    for each in made:
        each.speech.close()
    assert not multiprocessing.active_children()


def test_a_line_is_heard_to_its_end_and_moves_the_mouth_of_its_performer(show):
    show = show()
    assert show.speech.mouths(show.clock.now_ns()) == {}
    show.say("one two three", names=("bo",))
    show.until(lambda: show.is_moving("bo"))
    assert not show.is_moving("performer")
    assert show.said == ["the voice is counting"]
    show.until(lambda: show.heard() == 3 * WORD)
    assert show.speech.lines == 1
    show.until(lambda: not show.speech.mouths(show.clock.now_ns()))  # it is let go


def test_a_line_that_waits_for_a_slow_voice_is_spoken_of_once(show, tmp_path):
    os.mkfifo(tmp_path / "loading")
    clock = ManualClock()
    show = show(clock=clock)
    show.say("one")
    clock.advance(61.0)
    show.until_said("is being loaded")
    with (tmp_path / "loading").open("wb"):
        (tmp_path / "loading").unlink()
    show.until_said("the voice is counting")
    assert show.said == [
        "the voice is being loaded; the first line waits for it",
        "the voice is counting",
    ]


def test_each_performer_speaks_by_a_voice_of_their_own_from_one_process(show, tmp_path):
    show = show(
        others={"ann": (Candidate(str(tmp_path)),), "bo": (Candidate(str(tmp_path), "low"),)}
    )
    show.say("one", names=("ann",))
    show.say("two two", names=("bo",))
    show.until(lambda: show.speech.lines == 2)
    assert show.said == ["ann: the voice is counting; bo: the voice is low"]
    assert len(multiprocessing.active_children()) == 1
    show.until(lambda: show.heard() == 3 * WORD)
    heard = np.concatenate([s.samples for s in show.speech.played(show.clock.now_ns())])
    assert np.array_equal(heard, np.repeat(np.float32([0.25, 0.125, 0.125]), WORD))


def test_a_style_brings_its_face_as_long_as_it_is_heard(show):
    show = show()
    show.say("one two", style="happy")
    show.until(lambda: show.is_moving())
    assert show.speech.mouths(show.clock.now_ns())["performer"].expression == "joy"
    show.until(lambda: show.heard() == 2 * WORD)
    mouth = show.speech.mouths(show.clock.now_ns()).get("performer")
    assert mouth is None or mouth.expression == ""


def test_lines_are_said_one_after_the_other_the_urgent_first(show):
    show = show()
    show.say("a b c d e f g h")
    show.until(lambda: show.speaker.put_count > 0)
    show.say("low")
    show.say("high high high", priority=1)
    show.until(lambda: show.speech.lines >= 2)
    assert show.speaker.put_count == 11 * WORD
    show.until(lambda: show.speech.lines == 3)


def test_an_urgent_line_breaks_off_who_is_heard_and_who_waits_comes_after_it(show):
    show = show()
    words = " ".join(["long"] * 20)
    heard = show.speech.say(Line(words, performer="ann"), ("ann",))
    behind = show.speech.say(Line("behind", performer="bo"), ("bo",))
    show.until(lambda: show.is_moving("ann"))
    urgent = show.speech.say(Line("now", priority=URGENT, performer="cy"), ("cy",))
    assert heard.is_gone
    assert show.speaker.silenced == 1
    show.until(lambda: show.is_moving("cy"))
    show.until(lambda: show.is_moving("bo"))
    assert not show.is_moving("ann"), "its mouth was let go"
    show.until(lambda: behind.end is not None and show.heard() >= behind.end)
    assert urgent.end <= behind.first
    assert show.heard() < 20 * WORD


def test_what_is_as_urgent_waits_for_its_turn(show):
    show = show()
    first = show.speech.say(Line("one two three four", priority=URGENT), US)
    show.until(lambda: show.is_moving())
    show.say("five", priority=URGENT)
    assert not first.is_gone
    show.until(lambda: show.heard() == 5 * WORD)


def test_skip_of_one_performer_breaks_off_nobody_else(show):
    show = show()
    ann = show.speech.say(Line("one two three four five", performer="ann"), ("ann",))
    bo = show.speech.say(Line("six", performer="bo"), ("bo",))
    show.until(lambda: show.is_moving("ann"))
    show.speech.skip(("bo",))
    assert not ann.is_gone
    assert not bo.is_gone
    show.speech.skip(("ann",))
    assert ann.is_gone
    show.until(lambda: show.is_moving("bo"))


def test_a_line_that_is_dropped_is_broken_off_or_forgotten_and_may_be_said_again(show):
    show = show()
    lines = [show.speech.say(Line(text), US) for text in ("one two three four", "five", "six")]
    show.until(lambda: show.is_moving())
    show.speech.drop(lines[1])
    show.speech.drop(lines[0])
    assert [line.is_gone for line in lines] == [True, True, False]
    again = show.speech.say(Line("five"), US)
    assert not again.is_gone
    show.until(lambda: again.end is not None and show.heard() >= again.end)
    assert lines[2].end <= again.first


def test_skip_breaks_off_what_is_heard_and_what_waits_is_said(show):
    show = show()
    show.say("a " * 40)
    show.say("b b")
    show.until(lambda: show.heard() > WORD)
    show.speech.skip(("somebody else",))
    assert not show.speaker.silenced
    show.speech.skip(US)
    assert show.speaker.silenced == 1
    end = show.heard() + 960 + 1  # 20 ms of fade
    show.until(lambda: show.speech.lines == 1)
    show.until(lambda: show.heard() >= end + 2 * WORD - 960)
    assert show.heard() <= end + 2 * WORD + 960


def test_skip_in_the_tail_of_a_line_says_the_next_one_from_its_beginning(show):
    show = show()
    show.say("a a a a")
    show.until(lambda: show.speaker.put_count == 4 * WORD)
    show.say("b b")  # is made while the last second of a is heard
    show.until(lambda: show.speaker.put_count == 6 * WORD)
    show.speech.skip(US)
    show.until(lambda: show.speech.lines >= 2 and show.speaker.put_count == 8 * WORD)


def test_hush_forgets_what_waits_and_later_lines_are_whole(show):
    show = show()
    show.say("a " * 40)
    show.say("b b")
    show.until(lambda: show.heard() > WORD)
    show.speech.hush(US)
    show.until(lambda: not show.is_moving())
    before = show.heard()
    show.say("c c")
    show.until(lambda: show.is_moving())
    show.until(lambda: show.speech.lines == 1)
    show.until(lambda: show.heard() >= before + 2 * WORD)
    assert show.speaker.put_count < 40 * WORD


def test_hush_of_who_comes_next_leaves_who_is_heard(show):
    show = show(clock=ManualClock())
    show.say("a a a a", names=("ann",))
    show.until(lambda: show.speaker.put_count == 4 * WORD)
    show.say("b b b b b b", names=("bo",))
    show.until(lambda: show.speaker.put_count > 5 * WORD)  # before the end of a is heard
    show.speech.hush(("bo",))
    before = show.speaker.put_count
    show.say("c c", names=("cy",))
    show.until(lambda: show.speaker.put_count == before + 2 * WORD)
    moved = set()
    for _ in range(100):
        show.clock.advance(0.02)
        moved |= {name for name in ("ann", "bo", "cy") if show.is_moving(name)}
    assert moved == {"ann", "cy"}
    assert show.heard() == 6 * WORD  # all of ann and cy, and nothing of bo


def test_of_a_line_that_was_hushed_nothing_is_kept(show):
    show = show()
    show.say("a a a a")
    for number in range(3):
        show.say(f"b {number}")
    show.speech.hush(US)
    assert show.speech._names == {}


def test_a_bad_line_is_said_so_and_the_next_is_spoken(show):
    show = show()
    for text in ("this is bad", "strange", "noted", "good"):
        show.say(text)
    show.until(lambda: show.speech.lines >= 3)  # a refusal is an end, too
    assert "the voice failed at 'this is bad': ValueError: cannot say bad" in show.said
    assert "the voice counting cannot read strange" in show.said
    assert "a note" in show.said


def test_a_line_whose_process_dies_is_said_again_once(show):
    show = show()
    show.say("say once more")
    show.until(lambda: show.speech.lines == 1)
    assert show.speaker.put_count == 4 * WORD  # "say", then all of it
    assert not any("left out" in sentence for sentence in show.said)


def test_a_line_that_kills_twice_is_left_out_and_the_next_is_spoken(show):
    show = show()
    show.say("please die")
    show.say("good")
    show.until(lambda: show.speech.lines == 1)
    assert "the voice died at 'please die', which is left out" in show.said


def test_a_lost_line_is_dropped_where_the_settings_say_so(show):
    show = show(lost="drop")
    show.say("say once more")
    show.until_said("the voice died at 'say once more'")
    show.say("good")
    show.until(lambda: show.speech.lines == 1)
    assert show.speaker.put_count == 2 * WORD


def test_where_too_many_wait_the_last_is_left_out_and_said(show):
    show = show(most_waiting=1)
    show.say("a " * 10)
    show.until(lambda: show.speaker.put_count > 0)
    show.say("b b b b b")
    show.say("b b b b b")
    show.say("c")
    assert "'b b b b b' is not said: it waits already" in show.said
    assert "'c' is not said: 1 lines wait already" in show.said
    show.speech.skip(US)
    show.until(lambda: show.speech.lines == 1)
    show.until(lambda: show.is_moving())  # b has kept its mouth


def test_what_sinks_are_given_is_what_was_put(show):
    show = show()
    show.say("one two")
    show.until(lambda: show.heard() == 2 * WORD)
    sounds = show.speech.played(show.clock.now_ns())
    assert np.array_equal(
        np.concatenate([s.samples for s in sounds]), np.full(2 * WORD, 0.25, np.float32)
    )


class Asked:
    """What a direction asks of speech."""

    watched = ()

    def __init__(self):
        self.asked = []

    def begin(self):
        self.asked.append("begin")

    def say(self, line, names):
        self.asked.append((line, names))
        return LiveLine(line.performer)

    def skip(self, names):
        self.asked.append(("skip", names))

    def hush(self, names):
        self.asked.append(("hush", names))

    def close(self):
        """There is nothing to close."""


class NobodyElse:
    """A stage with one performer, of which a direction asks only who is meant."""

    size_px = (64, 64)

    def named(self, performer):
        if performer not in ("", "all", "performer"):
            raise UserError(f"nobody is called {performer!r}; there is: performer")
        return US


def test_commands_reach_the_voice_with_what_the_settings_say():
    from vtuber.control.keys import Hands
    from vtuber.shows.live.direction import Direction

    said, asked = [], Asked()
    voice = VoiceSettings(style="happy", speed=1.2, engine="espeak")
    direction = Direction(
        Settings(voice=voice),
        None,
        lambda keys, emit: Hands(keys, emit, said.append),
        said.append,
        lambda: None,
        speech=asked,
    )
    for text in ("say Hello, 'Bob'!", "@performer skip", "@all hush", "@bob say Hi"):
        direction.commands.put(parse_command(text))
    direction.follow(NobodyElse(), 0)
    assert asked.asked == [
        (Line("Hello, 'Bob'!", "happy", 1.2), US),
        ("skip", US),
        ("hush", US),
    ]
    assert said == ["nobody is called 'bob'; there is: performer"]
    direction.follow(NobodyElse(), 1)
    assert asked.asked[-1] == "begin"  # the first picture is there


def test_a_voice_that_nobody_has_is_refused_before_anything_starts(tmp_path):
    with pytest.raises(UserError, match="no voice called 'cokwi'; did you mean coqui"):
        Speech(VoiceSettings(engine="cokwi"), SystemClock(), print)
    assert not multiprocessing.active_children()
