"""Conduct rules at every door: lines of a live show, of commands, of films, of `vtuber say`."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from tests.shows.film.films import decoded, film
from tests.shows.live.test_show import NoKeys
from tests.shows.talk.speaking import Show
from vtuber.core.command import parse_command
from vtuber.core.errors import UserError
from vtuber.core.speech import Line
from vtuber.runtime.clock import SystemClock
from vtuber.script.statements import Script
from vtuber.settings import ConductSettings, Settings, VoiceSettings
from vtuber.shows.film.captions import captions
from vtuber.shows.film.render import Wish, rehearsed
from vtuber.shows.live.direction import Direction
from vtuber.shows.plays.casting import play_of
from vtuber.shows.talk.conduct import check_conduct, warnings, wish_of
from vtuber.shows.talk.saying import Spoken, gathered, pieces, write_sound
from vtuber.shows.talk.speech import Speech
from vtuber.voice.conduct.gate import ConductWish, Gate

RULES = """\
policy = "bleep"
[[rule]]
name = "oaths"
words = ["heck", "darn"]
[[rule]]
name = "rivals"
policy = "replace"
with = "another show"
words = ["Gazette"]
[[rule]]
name = "never"
policy = "block"
words = ["slur"]
"""
TEXT = """\
@cast Mika avatar="{0}" voice=silent
Mika (happy): The Gazette says darn [nod] you
Mika (sad): a slur [bow]
Mika: good [shake] bye
"""


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    path = tmp_path / "conduct.toml"
    path.write_text(RULES, "utf-8")
    return path


def test_a_film_shows_and_says_what_conduct_lets_through(bundle, rules):
    said: list[str] = []
    play = play_of(Script.from_text(TEXT.format(bundle)))
    wish = Wish(Path("film.mp4"), conduct=ConductWish(rules))
    found = rehearsed(play, wish, said.append)
    lines = captions(found.cued, found.seconds)
    assert [c.text for c in lines] == ["The another show says **** you", "good bye"]
    assert [c.what for c in found.cued if c.kind == "gesture"] == ["nod", "shake"]
    words = {word.text: word for word in found.speech.lines[0].words}
    assert list(words) == ["The", "another", "show", "says", "****", "you"]
    start_ns = found.speech.lines[0].start_ns
    (nod,) = (c.at_ns for c in found.cued if c.what == "nod")
    assert nod == start_ns + round(words["you"].t_s * 1e9), "the gesture stays at its word"
    heard = found.speech.sound(found.seconds)
    tone = slice(*(round((start_ns / 1e9 + t_s) * 48_000)
                   for t_s in (words["****"].t_s, words["****"].end_s)))  # fmt: skip
    assert np.abs(heard[tone]).max() > 0.15
    assert np.abs(np.delete(heard, np.r_[tone])).max() == 0, "the silent voice is silent"
    assert "conduct: never blocks a line of Mika: 'a slur '" in said
    assert "conduct: rivals replaces 'Gazette', oaths bleeps 'darn' of Mika" in said


def test_other_rules_make_another_film_and_the_same_ones_the_same(tmp_path, bundle, rules):
    text = f'@cast Mika avatar="{bundle}" voice=silent\nMika: Oh darn it'
    films = []
    for name, path in (("a", rules), ("c", None)):
        made = film(text, tmp_path / f"{name}.mp4", jobs=0, conduct=ConductWish(path))
        films.append(decoded(made))
    assert films[0].samples != films[1].samples
    assert films[0].pictures != films[1].pictures, "the mouth is shut"
    play, wish = play_of(Script.from_text(text)), Wish(Path("a.mp4"), conduct=ConductWish(rules))
    sounds = [rehearsed(play, wish).speech.sound(1.0) for _ in range(2)]
    assert np.array_equal(*sounds)
    assert "Oh **** it" in (tmp_path / "a.srt").read_text()
    assert "Oh darn it" in (tmp_path / "c.srt").read_text()


def test_a_check_warns_of_lines_that_would_be_changed(bundle, rules):
    script = Script.from_text(TEXT.format(bundle), "a.puppet")
    assert [str(warning) for warning in warnings(script, ConductWish(rules))] == [
        "a.puppet:2:1: warning: conduct: rivals replaces 'Gazette', oaths bleeps 'darn' of Mika",
        "a.puppet:3:1: warning: conduct: never blocks a line of Mika: 'a slur '",
    ]
    quiet = [str(w) for w in warnings(script, ConductWish(rules, tells_words=False))]
    assert not any(word in " ".join(quiet) for word in ("darn", "slur", "Gazette"))


def test_a_voice_that_plays_files_cannot_be_bleeped_and_is_blocked(tmp_path, bundle, rules):
    write_sound(Spoken(np.full(24_000, 0.3, np.float32), (), ()), tmp_path / "so.wav")
    wish, said = f"wav:path={tmp_path / 'so.wav'}", []
    text = f'''@cast Mika avatar="{bundle}" voice="{wish}"
@cast Bo avatar="{bundle}" voice=silent
Mika: oh darn
Bo: darn
Mika: good
'''
    play = play_of(Script.from_text(text), folder=tmp_path)
    found = rehearsed(play, Wish(Path("film.mp4"), conduct=ConductWish(rules)), said.append)
    assert [c.text for c in captions(found.cued, found.seconds)] == ["****", "good"]
    assert "conduct: oaths blocks a line of Mika: 'oh darn'" in said
    first, second = map(str, warnings(play.script, ConductWish(rules)))
    assert "oaths blocks" in first
    assert "oaths bleeps" in second
    with pytest.raises(UserError, match="oaths blocks it"):
        list(pieces(Line("darn"), wish, said.append, Gate(ConductWish(rules), said.append)))
    voice = VoiceSettings(engine=wish, speaker="silent")
    speech = Speech(voice, SystemClock(), said.append, gate=Gate(ConductWish(rules)))
    try:
        assert speech.say(Line("oh darn"), ("performer",)).refused
    finally:
        speech.close()


def test_a_text_that_is_spoken_into_a_file_passes_the_same_door(rules):
    said: list[str] = []
    gate = Gate(ConductWish(rules), said.append)
    spoken = gathered(pieces(Line("Oh darn it"), "silent", said.append, gate))
    assert [word.text for word in spoken.words] == ["Oh", "****", "it"]
    with pytest.raises(UserError, match="never blocks it"):
        list(pieces(Line("a slur"), "silent", said.append, gate))


def test_rules_of_the_settings_are_checked_before_any_device_opens(tmp_path, rules):
    good = Settings(conduct=ConductSettings(file=str(rules)))
    check_conduct(good.conduct)
    assert wish_of(good.conduct) == ConductWish(rules)
    rules.write_text('[[rule]]\nwords = ["*"]\n', "utf-8")
    with pytest.raises(UserError, match="has no letter"):
        check_conduct(good.conduct)


class Gated(Show):
    """Speech with rules, and the words that its voice was given."""

    def __init__(self, folder: Path, rules: Path) -> None:
        super().__init__(folder)
        self.speech.gate = Gate(ConductWish(rules), self.said.append)


@pytest.fixture
def show(tmp_path: Path, rules: Path):
    made = Gated(tmp_path, rules)
    yield made
    made.speech.close()


def test_a_line_is_put_to_the_rules_when_it_is_queued_and_again_when_it_is_said(show, rules):
    first = show.speech.say(Line("one two three four five six seven eight"), ("bo",))
    blocked = show.speech.say(Line("a slur"), ("bo",))
    assert blocked.is_gone
    assert blocked.refused == "it is not said: never blocks it"
    later = show.speech.say(Line("what a darn fine fish"), ("bo",))
    assert not later.is_gone
    text = RULES.replace('"slur"', '"fish"')
    rules.write_text(text, "utf-8")
    os.utime(rules, ns=(1, 1))
    show.until(lambda: later.is_gone)
    assert later.ruling("what a darn fine fish").blocked_by == "never"
    assert not first.is_gone
    assert "conduct: never blocks a line of bo: 'a slur'" in show.said
    assert "conduct: never blocks a line of bo: 'what a darn fine fish'" in show.said


def test_the_voice_of_a_show_is_given_the_bleep_and_not_the_word(show):
    told = show.speech.say(Line("darn cat"), ("bo",))
    show.until(lambda: told.end is not None)
    # the counting voice of the tests says each word of what it was given, tags and all
    assert told.end - (told.first or 0) == 3 * 9_600
    assert told.ruling("darn cat").shown("darn cat") == "**** cat"


@pytest.mark.parametrize("way", ["ask", "offer"])
def test_a_line_of_a_hand_is_read_in_the_thread_of_who_asks(show, monkeypatch, way):
    read: list[str] = []
    monkeypatch.setattr(show.speech.gate, "foresee", read.append)
    direction = Direction(
        Settings(), None, NoKeys, show.said.append, lambda: None, speech=show.speech
    )
    if way == "ask":
        direction.ask("say Hello  there", lambda answer: None)
    else:
        direction.offer(parse_command("say Hello there"))
    assert read == ["Hello there"]


def test_a_sound_that_is_ready_cannot_be_bleeped_and_is_left_out(tmp_path, bundle, rules):
    write_sound(Spoken(np.full(24_000, 0.3, np.float32), (), ()), tmp_path / "so.wav")
    (tmp_path / "so.tsv").write_text("0.00\tX\n0.10\tD\n0.50\tX\n")
    text = f'''@cast Mika avatar="{bundle}" voice=silent
Mika (sound "so.wav"): oh darn
Mika (sound so.wav): good [nod] bye
'''
    play = play_of(Script.from_text(text), folder=tmp_path)
    found = rehearsed(play, Wish(Path("film.mp4"), conduct=ConductWish(rules)))
    assert [c.text for c in captions(found.cued, found.seconds)] == ["good bye"]
    (line,) = found.speech.lines
    (nod,) = (c.at_ns for c in found.cued if c.what == "nod")
    assert nod == line.start_ns + round(line.words[1].t_s * 1e9)
    assert 0.2 < line.words[1].t_s < 0.35, "four of seven letters into half a second"
    assert any("oaths blocks" in str(w) for w in warnings(play.script, ConductWish(rules)))
