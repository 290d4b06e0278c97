from __future__ import annotations

import time

import numpy as np
import pytest

from vtuber.core.errors import UserError
from vtuber.voice.bundled import read, spelling, weights
from vtuber.voice.bundled.phonemes import (
    ENDS,
    LETTERS,
    SILENCE,
    SOUND_OF,
    VOCABULARY,
    Phoneme,
    parse,
    spell,
)


@pytest.fixture(scope="module")
def reader() -> read.Reader:
    return read.shipped()


def said(reader: read.Reader, text: str) -> list[str]:
    """Give each word's phonemes without stress."""
    return [
        "".join(sound.ipa for sound in word.sounds)
        for clause in reader.read(text)
        for word in clause.words
    ]


def test_every_sound_has_a_letter_of_its_own():
    assert len(set(VOCABULARY)) == len(VOCABULARY) == len(LETTERS) + len(ENDS) + 2
    assert all(SOUND_OF[letter] == sound for sound, letter in LETTERS.items())


def test_phonemes_are_read_as_they_are_written():
    sounds = parse("h_ə_l_ˈoʊ k_ˌæ_t")
    assert parse(spell(sounds)) == sounds
    assert sounds[3] == Phoneme("oʊ", 1)
    assert parse("ɬ_ɑ̃") == (Phoneme("l"), Phoneme("ɑː"))  # the nearest sounds of English


def test_words_that_no_list_has_are_spelled_out_by_the_network(reader):
    made_up = {"plimming": "plɪmɪŋ", "zantic": "zæntɪk", "splick": "splɪk", "grundle": "ɡɹʌndəl"}
    assert {word: said(reader, word)[0] for word in made_up} == made_up


def test_common_words_that_the_network_misses_are_listed(reader):
    assert said(reader, "two women once thought enough") == [
        "tuː", "wɪmɪn", "wʌns", "θɔːt", "ɪnʌf",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "place", "sound"),
    [
        ("the dog", 0, "ðə"),
        ("the apple", 0, "ðɪ"),
        ("I live here", 1, "lɪv"),
        ("We are live now", 2, "laɪv"),
        ("live music", 0, "laɪv"),
        ("I have read it", 2, "ɹɛd"),
        ("to read it", 1, "ɹiːd"),
        ("to record it", 1, "ɹᵻkoːɹd"),
        ("the record is here", 1, "ɹɛkɚd"),
        ("a cat", 0, "ɐ"),
    ],
)
def test_a_word_sounds_as_its_neighbours_ask_for(reader, text, place, sound):
    assert said(reader, text)[place] == sound


def test_an_s_after_an_apostrophe_sounds_like_what_is_before_it(reader):
    assert said(reader, "Blick's") == ["blɪks"]
    assert said(reader, "Zomb's")[0].endswith("z")
    assert said(reader, "Blish's") == ["blɪʃᵻz"]


def test_letters_are_named(reader):
    assert said(reader, "OBS") == ["oʊbiːɛs"]


def test_a_word_has_one_main_stress(reader):
    for word in ("imagination", "opportunity", "microphone", "blorfington", "zantication"):
        (clause,) = reader.read(word)
        assert [sound.stress for sound in clause.words[0].sounds].count(1) == 1, word


def test_a_clause_ends_where_the_text_pauses(reader):
    first, second = reader.read("Well, who is it?")
    assert (first.mark, second.mark) == (",", "?")
    assert [word.text for word in second.words] == ["who", "is", "it"]
    assert second.tokens[-1] == "?"


def test_what_has_no_mark_for_very_long_is_cut_between_words(reader):
    clauses = reader.read("we go on " * 80)
    assert len(clauses) > 2
    assert all(len(clause.tokens) <= read.LONGEST + 20 for clause in clauses)
    assert sum(len(clause.words) for clause in clauses) == 240


def test_the_letters_of_a_short_text_are_enough_for_coqui():
    letters = read.letters("Hi!")
    assert len(letters) >= read.SHORTEST
    assert letters[0] == SILENCE
    assert set(letters) <= set(VOCABULARY)


def test_the_network_computes_what_torch_does():
    torch = pytest.importorskip("torch", reason="training needs torch")
    from vtuber.voice.bundled import train_spelling

    torch.manual_seed(0)
    model = train_spelling._net(8).eval()
    words = [spelling.encode(word) for word in ("a", "squibble", "owl")]  # are read side by side
    found = spelling.scores(train_spelling._weights(model), words)
    for letters, score in zip(words, found, strict=True):
        with torch.inference_mode():
            states, _ = model["gru"](model["letters"](torch.from_numpy(letters)[None]))
            wanted = model["head"](states)[0].reshape(-1, spelling.BLANK + 1).numpy()
        np.testing.assert_allclose(score, wanted, atol=1e-5)


def test_a_long_word_is_spelled_before_anybody_waits_for_it():
    speller = spelling.Speller()
    speller.pronounce("warm")
    began = time.process_time()
    for number in range(100):
        speller.pronounce("extraordinary" + "abcdefghij"[number % 10] + "klmnopqrst"[number // 10])
    assert (time.process_time() - began) / 100 < 0.03  # 2 ms; 6 where others compute, too


def test_weights_that_are_none_are_named(tmp_path):
    (tmp_path / "spelling.safetensors").write_bytes(b"not weights at all")
    with pytest.raises(UserError, match="no weights of the bundled voice"):
        weights.load(tmp_path / "spelling.safetensors")
    with pytest.raises(UserError, match="no weights at"):
        weights.load(tmp_path / "none.safetensors")
